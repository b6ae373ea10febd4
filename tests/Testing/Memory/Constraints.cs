using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>What PostgreSQL itself holds against a batch: one row too many, and the whole batch fails.</summary>
internal static class Constraints
{
    /// <summary>The sessions that are opened, in the order of their ids.</summary>
    public static void CheckOpened(
        MemoryDatabase database, IEnumerable<(Guid Id, Guid KitchenId, SessionRow Row)> opened)
    {
        var sessions = opened.OrderBy(session => session.Id).ToList();
        var once = new Once("checkout_session");
        foreach (var (id, kitchen, row) in sessions)
        {
            once.Add(id, database.SessionRows.ContainsKey, "checkout_session_pkey");
            if (!database.Keeps(Guard.Number)) continue;
            once.Add((kitchen, row.BusinessDate, row.Number), database.Numbers.Contains, "checkout_session_number");
            if (row.SlipCode is { } code)
                once.Add(code, database.SlipCodes.Contains, "checkout_session_slip_code");
        }
    }

    /// <summary>
    /// In the order of the statements: first those of jiko.commit, then those beside it, of which PostgreSQL runs the
    /// last one first.
    /// </summary>
    public static void Check(
        MemoryDatabase database, IReadOnlyList<GrainCommit> winners, MovingItems items, MovingWallets wallets)
    {
        var effects = winners.SelectMany(commit => commit.Effects).ToList();
        CheckJournal(database, effects);
        CheckOrders(database, effects);
        CheckPostings(database, effects);
        CheckItems(database, effects, items);
        wallets.Check();

        CheckSubscriptions(database, effects);
        CheckCarts(database, effects);
        CheckBills(database, effects);
        CheckCodes(database, effects);
        CheckClaims(database, effects);
        CheckReceipts(database, effects);
        CheckRefunds(database, effects);
        CheckAttempts(database, effects);
        // Triggers after the rows: they run when all of the statement is done.
        LinkPlaces.Check(database, winners);
        if (database.Keeps(Guard.OnePrompt)) Phones.Check(database, effects);
    }

    public static PostgresException Broken(
        string table, string? constraint, string sqlState = PostgresErrorCodes.CheckViolation,
        string? hint = null) => new(
        $"A row violates the constraint {constraint}.", "ERROR", "ERROR", sqlState, hint: hint,
        schemaName: "jiko", tableName: table, constraintName: constraint);

    private static void CheckJournal(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        var once = new Once("stock_journal");
        foreach (var adjust in effects.OfType<Effect.AdjustStock>())
            once.Add(adjust.Adjustment.Id, database.JournalRows.ContainsKey, "stock_journal_pkey");
    }

    private static void CheckOrders(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        var once = new Once("customer_order");
        foreach (var order in effects.OfType<Effect.PlaceOrder>().Select(place => place.Order))
        {
            once.Add(order.Id, database.OrderRows.ContainsKey, "customer_order_pkey");
            if (database.Keeps(Guard.OneOrder))
                once.Add(order.SessionId, database.OrderedSessions.Contains, "customer_order_session");
        }
    }

    private static void CheckPostings(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        var once = new Once("ledger_transfer");
        foreach (var transfer in effects.OfType<Effect.Transfer>().Select(effect => effect.Movement))
        {
            if (transfer.Amount <= Money.Zero) throw Broken("ledger_transfer", "ledger_transfer_amount_check");
            if (database.Keeps(Guard.OnePosting))
                once.Add(
                    new PostingKey(transfer.PaymentId, transfer.Step, transfer.Part), database.Posted.Contains,
                    "ledger_transfer_once");
        }
    }

    /// <summary>Nobody takes what is not there, and what comes back was sold.</summary>
    private static void CheckItems(MemoryDatabase database, IReadOnlyList<Effect> effects, MovingItems items)
    {
        if (!items.Fit) throw Broken("stock_item", "stock_item_available");
        if (Returned(effects).Any(back => back.Quantity > Sold(database, back)))
            throw Broken("checkout_session", "checkout_session_plates_returned");
    }

    private static void CheckSubscriptions(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        var once = new Once("subscription");
        foreach (var begin in effects.OfType<Effect.BeginSubscription>())
            once.Add(begin.Subscription.Id, database.SubscriptionRows.ContainsKey, "subscription_pkey");
    }

    private static void CheckCarts(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        if (!database.Keeps(Guard.Cart)) return;
        foreach (var keep in effects.OfType<Effect.KeepCart>())
        {
            if (database.Cart(keep.AccountId) is { } cart && cart.Version != keep.ExpectedVersion)
                throw Broken("cart", "cart_version", PostgresErrorCodes.UniqueViolation);
        }
    }

    private static void CheckBills(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        foreach (var keep in effects.OfType<Effect.KeepBill>().OrderBy(keep => keep.Bill.Id))
        {
            var bill = keep.Bill;
            if (bill.Balance < Money.Zero) throw Broken("bill", "bill_balance_check");
            if (bill.Status is BillStatus.Paid or BillStatus.Void or BillStatus.Merged && bill.Balance != Money.Zero)
                throw Broken("bill", "bill_paid");
            if (bill.Total < Money.Zero) throw Broken("bill", "bill_total_check");
            if (database.Keeps(Guard.Bill) && database.Bill(bill.Id) is { } known
                && known.Version != keep.ExpectedVersion)
                throw Broken("bill", "bill_version", PostgresErrorCodes.UniqueViolation);
        }
    }

    private static void CheckCodes(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        if (!database.Keeps(Guard.OneUse)) return;
        var once = new Once("wallet_authorization_spent");
        foreach (var spend in effects.OfType<Effect.SpendAuthorization>())
            once.Add(spend.AuthorizationId, database.SpentCodes.ContainsKey, "wallet_authorization_spent_once");
    }

    /// <summary>A receipt never changes hands.</summary>
    private static void CheckClaims(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        if (!database.Keeps(Guard.Receipt)) return;
        var once = new Once("payment_receipt");
        foreach (var claim in effects.OfType<Effect.ClaimReceipts>())
        {
            foreach (var receipt in claim.Receipts)
                once.Add(
                    (claim.Adapter, receipt),
                    key => database.ReceiptRows.TryGetValue(key, out var owner) && owner != claim.Reference,
                    "payment_receipt_pkey");
        }
    }

    private static void CheckReceipts(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        if (!database.Keeps(Guard.OneUse)) return;
        var once = new Once("attested_receipt");
        foreach (var attest in effects.OfType<Effect.AttestReceipt>())
            once.Add(
                (TillNames.ReceiptsOf(attest.Attestation.Adapter), attest.Attestation.Receipt),
                database.Attested.Contains, "attested_receipt_pkey");
    }

    private static void CheckRefunds(MemoryDatabase database, IEnumerable<Effect> effects)
    {
        var once = new Once("payment_refund");
        foreach (var start in effects.OfType<Effect.StartRefund>())
        {
            if (start.Refund.Amount <= Money.Zero) throw Broken("payment_refund", "payment_refund_amount_check");
            once.Add(start.To?.Reference ?? start.Refund.Reference, database.RefundRows.ContainsKey, "payment_refund_pkey");
        }
    }

    /// <summary>Those that end come before those that begin.</summary>
    private static void CheckAttempts(MemoryDatabase database, IReadOnlyList<Effect> effects)
    {
        foreach (var close in effects.OfType<Effect.CloseAttempt>())
        {
            if (close.Suspense?.Amount <= Money.Zero && database.Attempt(close.Reference) is not null)
                throw Broken("payment_attempt", "payment_attempt_parked_amount_check");
        }

        var once = new Once("payment_attempt");
        foreach (var start in effects.OfType<Effect.StartAttempt>()
            .OrderBy(start => start.Attempt.PhoneNumber ?? "~", StringComparer.Ordinal)
            .ThenBy(start => start.Attempt.Adapter, StringComparer.Ordinal))
        {
            if (start.Amount <= Money.Zero) throw Broken("payment_attempt", "payment_attempt_amount_check");
            once.Add(start.Attempt.Reference, database.AttemptRows.ContainsKey, "payment_attempt_pkey");
        }
    }

    /// <summary>Items that are to come back, all at once for each dish of a session.</summary>
    private static IEnumerable<(Guid SessionId, Guid MenuId, int Quantity)> Returned(IEnumerable<Effect> effects) =>
        from back in effects.OfType<Effect.ReturnStock>()
        from line in back.Lines
        group line.Quantity by (back.SessionId, line.MenuId) into items
        select (items.Key.SessionId, items.Key.MenuId, items.Sum());

    /// <summary>Of items that nobody counts any number may come back.</summary>
    private static int Sold(MemoryDatabase database, (Guid SessionId, Guid MenuId, int Quantity) back) =>
        database.ItemsRows.TryGetValue((back.SessionId, back.MenuId), out var row)
            ? row.Quantity - row.Returned
            : int.MaxValue;

    /// <summary>Keys of one table: each may be there once.</summary>
    private sealed class Once(string table)
    {
        private readonly HashSet<(string, object)> added = [];

        public void Add<T>(T key, Func<T, bool> isThere, string constraint) where T : notnull
        {
            if (!added.Add((constraint, key)) || isThere(key))
                throw Broken(table, constraint, PostgresErrorCodes.UniqueViolation);
        }
    }
}
