using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>What PostgreSQL itself holds against a batch: one row too many, and the whole batch fails.</summary>
internal static class Constraints
{
    public static void Check(MemoryDatabase database, IReadOnlyList<GrainCommit> winners, MovingPlates plates)
    {
        var effects = winners.SelectMany(commit => commit.Effects).ToList();
        Once(Journal(effects), database.JournalRows.ContainsKey, "stock_journal", "stock_journal_pkey");
        Once(Plates(effects, plates), database.PlatesRows.ContainsKey, "stock_reservation", "stock_reservation_pkey");
        Once(Orders(effects).Select(order => order.Id), database.OrderRows.ContainsKey,
            "customer_order", "customer_order_pkey");
        if (database.Keeps(Guard.OneOrder))
            Once(Orders(effects).Select(order => order.SessionId), database.OrderedSessions.Contains,
                "customer_order", "customer_order_session");
        if (database.Keeps(Guard.OnePosting))
            Once(Postings(effects), database.Posted.Contains, "ledger_transfer", "ledger_transfer_once");
        Once(effects.OfType<Effect.StartAttempt>().Select(start => start.Attempt.Reference),
            database.AttemptRows.ContainsKey, "payment_attempt", "payment_attempt_pkey");
        Once(effects.OfType<Effect.StartRefund>().Select(start => start.Refund.Reference),
            database.RefundRows.ContainsKey, "payment_refund", "payment_refund_pkey");
        if (database.Keeps(Guard.OneUse))
            Once(effects.OfType<Effect.SpendAuthorization>().Select(spend => spend.AuthorizationId),
                database.SpentCodes.ContainsKey, "wallet_authorization_spent", "wallet_authorization_spent_once");
        if (effects.OfType<Effect.Transfer>().Any(transfer => transfer.Movement.Amount <= Money.Zero))
            throw Broken(PostgresErrorCodes.CheckViolation, "ledger_transfer", "ledger_transfer_amount_check");
        if (effects.OfType<Effect.KeepBill>().Any(keep => !IsTrue(keep.Bill)))
            throw Broken(PostgresErrorCodes.CheckViolation, "bill", "bill_paid");
        if (Returned(effects).Any(back => back.Quantity > Sold(database, back)))
            throw Broken(PostgresErrorCodes.CheckViolation, "stock_reservation", "stock_reservation_returned");
    }

    private static bool IsTrue(Bill.Opened bill) =>
        bill.Total >= Money.Zero && bill.Balance >= Money.Zero
        && (bill.Status is not (BillStatus.Paid or BillStatus.Void or BillStatus.Merged) || bill.Balance == Money.Zero);

    /// <summary>Plates that are to come back, all at once for each dish of a session.</summary>
    private static IEnumerable<(Guid SessionId, Guid MenuId, int Quantity)> Returned(IEnumerable<Effect> effects) =>
        from back in effects.OfType<Effect.ReturnStock>()
        from line in back.Lines
        group line.Quantity by (back.SessionId, line.MenuId) into plates
        select (plates.Key.SessionId, plates.Key.MenuId, plates.Sum());

    /// <summary>Of plates that nobody counts any number may come back.</summary>
    private static int Sold(MemoryDatabase database, (Guid SessionId, Guid MenuId, int Quantity) back) =>
        database.PlatesRows.TryGetValue((back.SessionId, back.MenuId), out var row)
            ? row.Quantity - row.Returned
            : int.MaxValue;

    private static IEnumerable<Guid> Journal(IEnumerable<Effect> effects) =>
        effects.OfType<Effect.AdjustStock>().Select(adjust => adjust.Adjustment.Id);

    private static IEnumerable<Domain.Orders.Order> Orders(IEnumerable<Effect> effects) =>
        effects.OfType<Effect.PlaceOrder>().Select(place => place.Order);

    private static IEnumerable<PostingKey> Postings(IEnumerable<Effect> effects) => effects
        .OfType<Effect.Transfer>()
        .Select(effect => new PostingKey(effect.Movement.LegId, effect.Movement.Step, effect.Movement.Part));

    private static IEnumerable<(Guid, Guid)> Plates(IEnumerable<Effect> effects, MovingPlates plates) => effects
        .SelectMany(effect => effect switch
        {
            Effect.ReserveStock reserve =>
                reserve.Lines.Select(line => (reserve.SessionId, Shelf: new Shelf(reserve.KitchenId, line.MenuId))),
            Effect.SellStock sell =>
                sell.Lines.Select(line => (sell.SessionId, Shelf: new Shelf(sell.KitchenId, line.MenuId))),
            _ => [],
        })
        .Where(line => plates.IsTracked(line.Shelf))
        .Select(line => (line.SessionId, line.Shelf.MenuId));

    private static void Once<T>(IEnumerable<T> added, Func<T, bool> isThere, string table, string constraint)
    {
        var seen = new HashSet<T>();
        foreach (var key in added)
        {
            if (!seen.Add(key) || isThere(key)) throw Broken(PostgresErrorCodes.UniqueViolation, table, constraint);
        }
    }

    private static PostgresException Broken(string sqlState, string table, string constraint) => new(
        $"A row violates the constraint {constraint}.", "ERROR", "ERROR", sqlState,
        schemaName: "jiko", tableName: table, constraintName: constraint);
}
