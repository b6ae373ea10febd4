using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Testing.Memory;
using Npgsql;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>The tables that the memory store has, each row as one line of text, on either side.</summary>
internal static class Tables
{
    private static readonly Table[] All =
    [
        new("checkout_session",
            "id, version, state, kitchen_id, status, channel, session_type, table_number, client_reference, opened_at,"
            + "business_date::text, number, slip_code, total, live_mode, opened_by, deadline",
            rows => rows.Sessions.Select(session => Row(
                session.Id, session.Version, session.State, session.KitchenId, session.Row.Status.WireName,
                session.Row.Channel.WireName, session.Row.SessionType.WireName, session.Row.TableNumber,
                session.Row.ClientReference, session.Row.OpenedAt,
                session.Row.BusinessDate.ToString("O", CultureInfo.InvariantCulture), session.Row.Number,
                session.Row.SlipCode, session.Row.Total.Shillings, session.Row.LiveMode, session.Row.OpenedBy,
                session.Row.Deadline))),
        new("kitchen_inventory", "id, version, state",
            rows => rows.Inventories.Select(row => Row(row.Key, row.Value.Version, row.Value.State))),
        new("operation", "id, fingerprint, grain_kind, grain_key, version, state",
            rows => rows.Operations.Select(kept => Row(
                kept.Id, kept.Fingerprint, kept.Kind.WireName, kept.Key, kept.Version, kept.State))),
        new("stock_item", "kitchen_id, menu_id, on_hand, reserved, sold, wasted, received",
            rows => rows.Stock.Select(row => Row(
                row.Key.KitchenId, row.Key.MenuId, row.Value.OnHand, row.Value.Reserved, row.Value.Sold,
                row.Value.Wasted, row.Value.Received))),
        new("session_plates", "session_id, kitchen_id, menu_id, quantity, returned, state, lapses_at",
            rows => rows.Items.Select(items => Row(
                items.SessionId, items.KitchenId, items.MenuId, items.Quantity, items.Returned, items.State.WireName,
                items.ExpiresAt))),
        new("stock_journal", "id, kitchen_id, menu_id, kind, quantity, difference, reason, by_whom, at",
            rows => rows.Journal.Select(row => Row(
                row.Adjustment.Id, row.KitchenId, row.Adjustment.MenuId, row.Adjustment.Kind.WireName,
                row.Adjustment.Quantity, row.Difference, row.Adjustment.Reason, row.Adjustment.By, row.Adjustment.At))),
        new("customer_order", "id, session_id, kitchen_id, placed_at, status, payment_state, ticket",
            rows => rows.Orders.Select(row => Row(
                row.Order.Id, row.Order.SessionId, row.Order.KitchenId, row.Order.PlacedAt, row.Order.Status.WireName,
                row.Order.PaymentState.WireName, row.Ticket?.WireName))),
        new("ledger_transfer",
            "leg_id, step, part, session_id, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner,"
            + "amount, operation_id, till_id, at",
            rows => rows.Postings.Select(row => Row(
                row.Transfer.PaymentId, row.Transfer.Step.WireName, row.Transfer.Part, row.SessionId,
                    row.Transfer.KitchenId,
                row.Transfer.Method.WireName, row.Transfer.Debit.Kind.WireName, row.Transfer.Debit.Owner,
                row.Transfer.Credit.Kind.WireName, row.Transfer.Credit.Owner, row.Transfer.Amount.Shillings,
                row.OperationId, row.Transfer.TillId, row.At))),
        new("wallet", "owner, kind, kitchen_id, available, held",
            rows => rows.Wallets.Select(wallet => Row(
                wallet.Owner, wallet.KitchenId is null ? "PLATFORM" : "KITCHEN", wallet.KitchenId, wallet.Available,
                wallet.Held))),
        new("event", "row_number() OVER (ORDER BY position), kitchen_id, payload, at",
            rows => rows.Events.Select((row, place) => Row(
                place + 1, row.KitchenId, StateJson.Write(row.Event), row.At))),
        new("payment_attempt",
            "reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by, pushed,"
            + "next_look_at, looked_at, parked, parked_amount, paid_by, parked_at",
            rows => rows.Attempts.Select(row => Row(
                row.Work.Reference, row.Id, row.Work.SessionId, row.PaymentId, row.KitchenId, row.Work.Adapter,
                row.Work.PhoneNumber, row.Work.Amount.Shillings, row.State.WireName, row.Work.StartedAt, row.Work.AskBy,
                row.Work.Pushed, row.NextLookAt, row.LookedAt, row.Suspense?.Why.WireName,
                    row.Suspense?.Amount.Shillings,
                row.Suspense?.PaidBy, row.Suspense?.At))),
        new("payment_refund",
            "reference, attempt_reference, session_id, kitchen_id, adapter, phone, amount, part, done, tries,"
            + "next_try_at",
            rows => rows.Refunds.Select(row => Row(
                row.Work.Reference, row.Work.AttemptReference, row.Work.SessionId, row.KitchenId, row.Work.Adapter,
                row.Work.PhoneNumber, row.Work.Amount.Shillings, row.Part, row.Done, row.Work.Tries, row.NextTryAt))),
        new("payment_inbox NATURAL LEFT JOIN jiko.payment_inbox_waiting",
            "adapter, event_id, body, received_at, next_look_at",
            rows => rows.Inbox.Select(row => Row(
                row.Work.Adapter, row.EventId, row.Work.Body, row.Work.ReceivedAt, row.NextLookAt))),
        new("payment_receipt", "adapter, receipt, reference",
            rows => rows.Receipts.Select(row => Row(row.Key.Adapter, row.Key.Receipt, row.Value))),
        new("wallet_authorization_spent", "authorization_id, 1",
            rows => rows.Uses.Select(row => Row(row.Key, row.Value))),
        new("bill", "id, version, state, kitchen_id, status, table_number, opened_at, total, balance, order_ids",
            rows => rows.Bills.Select(row => Row(
                row.Bill.Id, row.Version, row.State, row.Bill.Opening.KitchenId, row.Bill.Status.WireName,
                row.Bill.TableNumber, row.Bill.Opening.OpenedAt, row.Bill.Total.Shillings, row.Bill.Balance.Shillings,
                row.Bill.Orders.ToArray()))),
        new("subscription", "id, merchant_id, kitchen_id, live_mode, status, state, version, phone, due_at, ended_at",
            rows => rows.Subscriptions.Select(row => Row(
                row.Subscription.Id, row.Subscription.MerchantId, row.Subscription.StoreId, row.Subscription.LiveMode,
                row.Subscription.Status.WireName, StateJson.Write(row.Subscription), row.Version,
                row.Subscription.Phone, row.DueAt, row.Subscription.EndedAt))),
        new("payment_link NATURAL JOIN (SELECT link_id AS id, most, open, paid FROM jiko.payment_link_use) AS use",
            "id, active, most, open, paid",
            rows => rows.Links.Values.Select(link => Row(
                link.Id, link.Active, link.Terms.MostPayments, link.Use.Open, link.Use.Paid))),
        new("payment_link_session", "session_id, link_id, state",
            rows => rows.LinkSessions.Select(row => Row(row.Key, row.Value.LinkId, row.Value.State.WireName))),
        new("cart", "id, version, state, group_id",
            rows => rows.Carts.Select(row => Row(row.AccountId, row.Version, row.State, row.Cart.Pending?.GroupId))),
    ];

    /// <summary>Takes all of it away, for the next story; the audit trail stays.</summary>
    public static string Clearing { get; } = string.Join(
        ";\n",
        new[]
        {
            "checkout_session", "kitchen_inventory", "operation", "stock_item", "stock_journal",
            "customer_order", "ledger_transfer", "wallet", "event", "payment_attempt", "payment_refund",
            "payment_receipt", "payment_inbox", "payment_inbox_waiting", "wallet_authorization_spent", "bill",
            "bill_payment", "cart", "subscription", "payment_link_session", "payment_link_use", "payment_link",
        }.Select(table => $"DELETE FROM jiko.{table}"));

    public static IReadOnlyList<string> Of(MemoryDatabase rows) =>
        [.. All.SelectMany(table => Sorted(table, table.Rows(rows)))];

    public static async Task<IReadOnlyList<string>> Read(NpgsqlDataSource source)
    {
        await using var batch = source.CreateBatch();
        foreach (var table in All)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT {table.Columns} FROM jiko.{table.Name}"));

        await using var reader = await batch.ExecuteReaderAsync();
        var lines = new List<string>();
        foreach (var table in All)
        {
            var rows = new List<object?[]>();
            while (await reader.ReadAsync())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            lines.AddRange(Sorted(table, rows));
            await reader.NextResultAsync();
        }

        return lines;
    }

    private static object?[] Row(params object?[] cells) => cells;

    private static IEnumerable<string> Sorted(Table table, IEnumerable<object?[]> rows) => rows
        .Select(cells => $"{table.Name.Split(' ')[0]}: {string.Join(", ", cells.Select(Cell))}")
        .Order(StringComparer.Ordinal);

    private static string Cell(object? cell) => cell switch
    {
        null or DBNull => "-",
        DateTime time => time.ToString("dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        Guid[] ids => string.Join('+', ids),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "-",
    };

    /// <param name="Columns">In the order of the cells.</param>
    private sealed record Table(
        string Name, string Columns, Func<MemoryDatabase, IEnumerable<object?[]>> Rows);
}
