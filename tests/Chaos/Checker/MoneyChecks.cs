namespace JikoXpress.Chaos.Checker;

/// <summary>Every shilling that came in is at a place where it belongs.</summary>
internal static class MoneyChecks
{
    private static readonly HashSet<string> Received =
        ["DRAWER", "CARD_TERMINAL", "KITCHEN_CHANNEL", "MOBILE_MONEY", "PLATFORM_RECEIVABLE", "PLATFORM_BANK"];

    private static readonly HashSet<string> Applied = ["SALES", "KITCHEN_PAYABLE"];

    private static readonly HashSet<string> OnWallets =
        ["KITCHEN_WALLET", "KITCHEN_WALLET_HOLD", "PLATFORM_WALLET", "PLATFORM_WALLET_HOLD"];

    private static readonly HashSet<string> Waiting = ["PENDING", "TO_RETURN", "SUSPENSE"];

    /// <summary>Received, less what went back, is applied, on wallets, or waits: by kitchen and method.</summary>
    public static IEnumerable<string> AllAccountedFor(Evidence evidence)
    {
        foreach (var group in evidence.Books.Transfers.GroupBy(row => (row.Kitchen, row.Method)))
        {
            long Debits(HashSet<string> kinds) => group.Sum(row => kinds.Contains(row.Debit.Kind) ? row.Amount : 0);
            long Credits(HashSet<string> kinds) => group.Sum(row => kinds.Contains(row.Credit.Kind) ? row.Amount : 0);
            long Owed(HashSet<string> kinds) => Credits(kinds) - Debits(kinds);
            var (came, left) = (Debits(Received), Credits(Received));
            if (came != left + Owed(Applied) + Owed(OnWallets) + Owed(Waiting) || Owed(Waiting) < 0)
                yield return $"{group.Key}: received {came}, returned {left}, applied {Owed(Applied)}, on wallets "
                    + $"{Owed(OnWallets)}, waiting {Owed(Waiting)}";
        }
    }

    /// <summary>A confirmed session was paid its total, no more and no less; another was paid nothing.</summary>
    public static IEnumerable<string> PaidIsTotal(Evidence evidence)
    {
        var sales = Net(evidence, "SALES").ToLookup(entry => entry.Row.Session, entry => -entry.Amount);
        foreach (var session in evidence.Books.Sessions)
        {
            var (paid, due) = (sales[session.Id].Sum(), session.Status == "CONFIRMED" ? session.Total : 0);
            if (paid != due)
                yield return $"session {session.Id} is {session.Status} at {session.Total}, and was paid {paid}";
        }
    }

    /// <summary>The takings are what the clients say that they paid, by kitchen and method.</summary>
    public static IEnumerable<string> TakingsAsTold(Evidence evidence)
    {
        var told = Confirmed(evidence)
            .SelectMany(sale => sale.Payments.Select(payment => (sale.Kitchen, payment.Method, payment.Amount)))
            .GroupBy(payment => (payment.Kitchen, payment.Method))
            .ToDictionary(group => group.Key, group => group.Sum(payment => payment.Amount));
        var booked = Net(evidence, "SALES")
            .GroupBy(entry => (entry.Row.Kitchen, entry.Row.Method))
            .ToDictionary(group => group.Key, group => -group.Sum(entry => entry.Amount));
        return Differences(told, booked, "clients paid", "booked");
    }

    /// <summary>Drawers hold the cash sales, what was put on wallets, and what waits to be handed back.</summary>
    public static IEnumerable<string> DrawersAsTold(Evidence evidence)
    {
        var final = evidence.Books.Sessions.ToDictionary(row => row.Id, row => row.Status);
        var told = evidence.Journal.TopUps.Values.Select(topUp => (topUp.Kitchen, topUp.Amount))
            .Concat(evidence.Journal.Sales.Values
                .Where(sale => final.GetValueOrDefault(sale.Session) == "CONFIRMED" || IsKept(sale))
                .SelectMany(sale => sale.Payments
                    .Where(payment => payment.Method == "CASH")
                    .Select(payment => (sale.Kitchen, payment.Amount))))
            .GroupBy(cash => cash.Kitchen)
            .ToDictionary(group => group.Key, group => group.Sum(cash => cash.Amount));
        var booked = Net(evidence, "DRAWER")
            .GroupBy(entry => entry.Row.Kitchen)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Amount));
        return Differences(told, booked, "cash told of", "cash booked");
    }

    /// <summary>A balance is what was put on it less what was spent, and never below nothing.</summary>
    public static IEnumerable<string> WalletsAsTold(Evidence evidence)
    {
        var told = evidence.Journal.TopUps.Values.Select(topUp => (topUp.Customer, topUp.Amount))
            .Concat(Confirmed(evidence).SelectMany(sale => sale.Payments).Where(payment => payment.Customer is not null)
                .Select(payment => (Customer: payment.Customer!.Value, Amount: -payment.Amount)))
            .GroupBy(change => change.Customer)
            .ToDictionary(group => group.Key, group => group.Sum(change => change.Amount));
        foreach (var wallet in evidence.Books.Wallets.Where(wallet => wallet.Available < 0 || wallet.Held < 0))
            yield return $"wallet {wallet.Owner} has {wallet.Available}, and {wallet.Held} held";
        var booked = evidence.Books.Wallets.ToDictionary(row => row.Owner, row => row.Available + row.Held);
        foreach (var difference in Differences(told, booked, "put on less spent", "on the wallet"))
            yield return difference;
    }

    /// <summary>Nothing is held for a session that is over, and what fits nowhere has gone back.</summary>
    public static IEnumerable<string> NothingLeftBehind(Evidence evidence)
    {
        var pending = evidence.Books.Sessions
            .Where(row => row.Status == "PENDING_PAYMENT").Select(row => row.Id).ToHashSet();
        string[] places = ["PENDING", "KITCHEN_WALLET_HOLD", "SUSPENSE"];
        return places
            .SelectMany(place => Net(evidence, place)
                .Where(entry => entry.Row.Session is { } session && !pending.Contains(session))
                .GroupBy(entry => entry.Row.Session)
                .Select(group => (Session: group.Key, Place: place, Left: -group.Sum(entry => entry.Amount))))
            .Where(left => left.Left != 0)
            .Select(left => $"{left.Left} stand in {left.Place} for session {left.Session}, which is over");
    }

    /// <summary>The journal's sales whose sessions the rows call confirmed.</summary>
    private static IEnumerable<Clients.Sale> Confirmed(Evidence evidence) => evidence.Books.Sessions
        .Where(row => row.Status == "CONFIRMED" && evidence.Journal.Sales.ContainsKey(row.Id))
        .Select(row => evidence.Journal.Sales[row.Id]);

    /// <summary>Cash was taken while a phone rang in vain, and staff have not said that it went back.</summary>
    private static bool IsKept(Clients.Sale sale) =>
        !sale.IsReturned && sale.Payments.Any(payment => payment.Method == "MOBILE_MONEY");

    /// <summary>What each transfer changed on accounts of a kind; debits are positive.</summary>
    private static IEnumerable<(TransferRow Row, long Amount)> Net(Evidence evidence, string kind) =>
        evidence.Books.Transfers
            .Select(row => (
                Row: row,
                Amount: (row.Debit.Kind == kind ? row.Amount : 0) - (row.Credit.Kind == kind ? row.Amount : 0)))
            .Where(entry => entry.Amount != 0);

    internal static IEnumerable<string> Differences<TKey>(
        IReadOnlyDictionary<TKey, long> told, IReadOnlyDictionary<TKey, long> booked, string one, string other) =>
        told.Keys.Union(booked.Keys)
            .Select(key => (Key: key, Told: told.GetValueOrDefault(key), Booked: booked.GetValueOrDefault(key)))
            .Where(pair => pair.Told != pair.Booked)
            .Select(pair => $"{pair.Key}: {one} {pair.Told}, {other} {pair.Booked}");
}
