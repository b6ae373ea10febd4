namespace JikoXpress.Chaos.Checker;

/// <summary>What was acknowledged is there and nothing else; each confirmation has an order and nothing else.</summary>
internal static class SessionChecks
{
    public static IEnumerable<string> AcknowledgedIsThere(Evidence evidence)
    {
        var rows = evidence.Books.Sessions.ToDictionary(row => row.Id);
        foreach (var (id, sale) in evidence.Journal.Sales)
        {
            if (!rows.TryGetValue(id, out var row)) yield return $"session {id} was acknowledged and is gone";
            else if (sale.FinalStatus is { } told && told != row.Status)
                yield return $"session {id} was acknowledged as {told} and is {row.Status}";
            else if (row.Total != sale.Total || row.Kitchen != sale.Kitchen)
                yield return $"session {id} was agreed at {sale.Total} and stands at {row.Total}";
        }
    }

    /// <summary>Every request was asked for until it was known: there is no session that nobody was told of.</summary>
    public static IEnumerable<string> NothingUnheardOf(Evidence evidence) => evidence.Books.Sessions
        .Where(row => !evidence.Journal.Sales.ContainsKey(row.Id))
        .Select(row => $"session {row.Id} ({row.Status}) is there, and nobody was told of it");

    public static IEnumerable<string> OneOrderEach(Evidence evidence)
    {
        var books = evidence.Books;
        var orders = books.Orders.ToLookup(order => order.Session);
        var sessions = books.Sessions.Select(row => row.Id).ToHashSet();
        foreach (var session in books.Sessions)
        {
            var due = session.Status == "CONFIRMED" ? 1 : 0;
            var own = orders[session.Id].ToList();
            if (own.Count != due) yield return $"session {session.Id} is {session.Status} with {own.Count} orders";
            foreach (var order in own.Where(order => !order.HasTicket))
                yield return $"order {order.Id} has no ticket";
        }

        foreach (var order in books.Orders.Where(order => !sessions.Contains(order.Session)))
            yield return $"order {order.Id} belongs to no session";
    }

    /// <summary>Subscribers are told of every ending once.</summary>
    public static IEnumerable<string> ToldOnce(Evidence evidence)
    {
        var told = evidence.Books.Events.ToLookup(row => (row.Type, row.Subject));
        foreach (var session in evidence.Books.Sessions)
        {
            var confirmed = told[("checkout_session.confirmed", session.Id)].Count();
            var ended = told[("checkout_session.ended", session.Id)].Count();
            var due = session.Status switch
            {
                "CONFIRMED" => (1, 0),
                "PENDING_PAYMENT" => (0, 0),
                _ => (0, 1),
            };
            if ((confirmed, ended) != due)
                yield return $"session {session.Id} is {session.Status}; told {confirmed} x confirmed, {ended} x ended";
        }
    }

    public static IEnumerable<string> NothingOverdue(Evidence evidence) => evidence.Books.Sessions
        .Where(row => row.Status == "PENDING_PAYMENT" && row.Deadline + Settling < evidence.Books.ReadAt)
        .Select(row => $"session {row.Id} waits, though its time was over at {row.Deadline:O}");

    /// <summary>A session's time includes its last question to the aggregator; then somebody has to look.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
}
