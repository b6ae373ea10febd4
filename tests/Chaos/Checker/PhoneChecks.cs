namespace JikoXpress.Chaos.Checker;

/// <summary>What the guests' phones know agrees: they paid once what counted, and got the rest back once.</summary>
internal static class PhoneChecks
{
    public static IEnumerable<string> ChargedAtMostOnce(Evidence evidence)
    {
        foreach (var push in evidence.Phones.GroupBy(movement => movement.Collection))
        {
            var charges = push.Count(movement => movement.Amount > 0);
            var refunds = push.Where(movement => movement.Amount < 0).ToList();
            if (charges > 1) yield return $"push {push.Key} was charged {charges} times";
            if (refunds.Select(refund => refund.Reference).Distinct().Count() != refunds.Count)
                yield return $"a refund of push {push.Key} was paid twice";
            if (push.Sum(movement => movement.Amount) < 0) yield return $"push {push.Key} got back more than it paid";
        }

        var known = evidence.Books.Attempts.Select(attempt => attempt.Reference).ToHashSet();
        foreach (var stranger in evidence.Phones.Where(movement => !known.Contains(movement.Collection)))
            yield return $"phone money of push {stranger.Collection}, which the product does not know";
    }

    /// <summary>A phone has paid what its payment brought to an order, and nothing where it brought nothing.</summary>
    public static IEnumerable<string> PaidWhatCounted(Evidence evidence)
    {
        var paid = evidence.Phones.ToLookup(movement => movement.Collection, movement => movement.Amount);
        var counted = evidence.Books.Transfers
            .Where(row => row.Method == "MOBILE_MONEY" && row.Credit.Kind == "SALES")
            .ToLookup(row => row.Payment, row => row.Amount);
        return evidence.Books.Attempts
            .Select(attempt => (attempt, Paid: paid[attempt.Reference].Sum(), Counted: counted[attempt.Payment].Sum()))
            .Where(payment => payment.Paid != payment.Counted)
            .Select(payment =>
                $"the phone of push {payment.attempt.Reference} (session {payment.attempt.Session}) has paid "
                + $"{payment.Paid} in all, of which {payment.Counted} counted");
    }

    public static IEnumerable<string> WebhooksKept(Evidence evidence)
    {
        var kept = evidence.Books.Inbox.Select(row => row.EventId).ToHashSet();
        return evidence.Webhooks.Where(id => !kept.Contains(id))
            .Select(id => $"webhook {id} was answered with 2xx and is not in the inbox");
    }

    public static IEnumerable<string> InboxDrained(Evidence evidence) => evidence.Books.Inbox
        .Where(row => row.IsWaiting).Select(row => $"webhook {row.EventId} was never dealt with");

    public static IEnumerable<string> RefundsDone(Evidence evidence) => evidence.Books.Refunds
        .Where(row => !row.IsDone).Select(row => $"refund {row.Reference} of {row.Amount} was never paid");
}
