namespace JikoXpress.Chaos.Checker;

/// <summary>Every item that came in is there, kept for somebody, sold or wasted.</summary>
internal static class ItemChecks
{
    public static IEnumerable<string> AddUp(Evidence evidence) => evidence.Books.Stock
        .Where(row => row.Received != row.OnHand - row.Reserved + row.Reserved + row.Sold + row.Wasted
            || row.OnHand < row.Reserved || row.Reserved < 0 || row.Sold < 0 || row.Wasted < 0)
        .Select(row => $"{row}");

    /// <summary>Sold, kept and received items are those that clients bought, wait for, and brought.</summary>
    public static IEnumerable<string> AsTold(Evidence evidence)
    {
        var tracked = evidence.Books.Stock.Select(row => row.Item).ToHashSet();
        var status = evidence.Books.Sessions.ToDictionary(row => row.Id, row => row.Status);
        Dictionary<Guid, long> Of(string wanted) => evidence.Journal.Sales.Values
            .Where(sale => status.GetValueOrDefault(sale.Session) == wanted)
            .SelectMany(sale => sale.Items)
            .Where(line => tracked.Contains(line.Key))
            .GroupBy(line => line.Key)
            .ToDictionary(group => group.Key, group => group.Sum(line => (long)line.Value));
        Dictionary<Guid, long> Booked(Func<StockRow, long> what) =>
            evidence.Books.Stock.Where(row => what(row) != 0).ToDictionary(row => row.Item, what);
        var received = evidence.Journal.Deliveries.Values
            .GroupBy(delivery => delivery.Item)
            .ToDictionary(group => group.Key, group => group.Sum(delivery => (long)delivery.Items));
        return MoneyChecks.Differences(Of("CONFIRMED"), Booked(row => row.Sold), "plates bought", "sold")
            .Concat(MoneyChecks.Differences(
                Of("PENDING_PAYMENT"), Booked(row => row.Reserved), "plates waited for", "reserved"))
            .Concat(MoneyChecks.Differences(received, Booked(row => row.Received), "plates brought", "received"));
    }

    /// <summary>A waiting session keeps its items, a confirmed one has bought them, one that ended has none.</summary>
    public static IEnumerable<string> OfSessions(Evidence evidence)
    {
        var tracked = evidence.Books.Stock.Select(row => row.Item).ToHashSet();
        var rows = evidence.Books.Items.ToLookup(row => row.Session);
        foreach (var session in evidence.Books.Sessions)
        {
            if (!evidence.Journal.Sales.TryGetValue(session.Id, out var sale)) continue;
            var due = session.Status switch
            {
                "CONFIRMED" => "SOLD",
                "PENDING_PAYMENT" => "RESERVED",
                _ => "RELEASED",
            };
            var wanted = sale.Items.Where(line => tracked.Contains(line.Key))
                .Select(line => new ItemsRow(session.Id, line.Key, line.Value, due)).ToHashSet();
            if (!wanted.SetEquals(rows[session.Id]))
                yield return $"session {session.Id} is {session.Status} and should have {due} "
                    + $"{string.Join(", ", wanted)}, and has {string.Join(", ", rows[session.Id])}";
        }
    }
}
