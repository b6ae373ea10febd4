using Npgsql;

namespace JikoXpress.Chaos.Checker;

/// <summary>The rows that the promises are about, all of one instant, read with the checker's own login.</summary>
internal sealed record Books(
    IReadOnlyList<SessionRow> Sessions, IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<TransferRow> Transfers, IReadOnlyList<WalletRow> Wallets, IReadOnlyList<StockRow> Stock,
    IReadOnlyList<ItemsRow> Items, IReadOnlyList<AttemptRow> Attempts, IReadOnlyList<RefundRow> Refunds,
    IReadOnlyList<InboxRow> Inbox, IReadOnlyList<EventRow> Events, DateTime ReadAt)
{
    /// <param name="connection">Open; with a transaction of its own where the caller has begun none.</param>
    public static async Task<Books> Read(NpgsqlConnection connection) => new(
        await Rows(connection, """
            SELECT id, kitchen_id, status, total, deadline FROM jiko.checkout_session
            """, row => new SessionRow(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3), Moment(row, 4))),
        await Rows(connection, "SELECT id, session_id, kitchen_id, ticket IS NOT NULL FROM jiko.customer_order", row =>
            new OrderRow(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetBoolean(3))),
        await Rows(connection, """
            SELECT leg_id, step, part, session_id, kitchen_id, method, debit_kind, debit_owner, credit_kind,
                credit_owner, amount
            FROM jiko.ledger_transfer
            """, row => new TransferRow(
                row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetGuid(3),
                row.GetGuid(4), row.GetString(5), new AccountName(row.GetString(6), row.GetGuid(7)),
                new AccountName(row.GetString(8), row.GetGuid(9)), row.GetInt64(10))),
        await Rows(connection, "SELECT owner, available, held FROM jiko.wallet", row =>
            new WalletRow(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2))),
        await Rows(connection, """
            SELECT kitchen_id, menu_id, on_hand, reserved, sold, wasted, received FROM jiko.stock_item
            """, row => new StockRow(
                row.GetGuid(0), row.GetGuid(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
                row.GetInt32(6))),
        await Rows(connection, "SELECT session_id, menu_id, quantity, state FROM jiko.session_plates", row =>
            new ItemsRow(row.GetGuid(0), row.GetGuid(1), row.GetInt32(2), row.GetString(3))),
        await Rows(connection, """
            SELECT reference, id, session_id, leg_id, amount, state, pushed FROM jiko.payment_attempt
            """, row => new AttemptRow(
                row.GetString(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetInt64(4), row.GetString(5),
                row.GetBoolean(6))),
        await Rows(connection, "SELECT reference, attempt_reference, amount, done FROM jiko.payment_refund", row =>
            new RefundRow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3))),
        await Rows(connection, """
            SELECT event_id, w.id IS NOT NULL FROM jiko.payment_inbox LEFT JOIN jiko.payment_inbox_waiting w USING (id)
            """, row =>
            new InboxRow(row.GetString(0), row.GetBoolean(1))),
        await Rows(connection, """
            SELECT event.payload ->> 'type', (event.payload ->> 'sessionId')::uuid
            FROM (SELECT payload::jsonb FROM jiko.event) AS event (payload)
            WHERE event.payload ->> 'sessionId' IS NOT NULL
            """, row => new EventRow(row.GetString(0), row.GetGuid(1))),
        (await Rows(connection, "SELECT clock_timestamp()", row => row.GetDateTime(0))).Single());

    private static async Task<IReadOnlyList<T>> Rows<T>(
        NpgsqlConnection connection, string text, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    private static DateTime? Moment(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDateTime(column);
}

internal sealed record SessionRow(Guid Id, Guid Kitchen, string Status, long Total, DateTime? Deadline);

internal sealed record OrderRow(Guid Id, Guid Session, Guid Kitchen, bool HasTicket);

internal sealed record AccountName(string Kind, Guid Owner);

/// <summary>The debited account receives what the credited one gives.</summary>
internal sealed record TransferRow(
    Guid Payment, string Step, int Part, Guid? Session, Guid Kitchen, string Method, AccountName Debit,
        AccountName Credit,
    long Amount);

internal sealed record WalletRow(Guid Owner, long Available, long Held);

internal sealed record StockRow(
    Guid Kitchen, Guid Item, int OnHand, int Reserved, int Sold, int Wasted, int Received);

internal sealed record ItemsRow(Guid Session, Guid Item, int Quantity, string State);

internal sealed record AttemptRow(
    string Reference, Guid Id, Guid Session, Guid Payment, long Amount, string State, bool IsPushed);

internal sealed record RefundRow(string Reference, string Attempt, long Amount, bool IsDone);

/// <param name="IsWaiting">Nobody has dealt with it yet.</param>
internal sealed record InboxRow(string EventId, bool IsWaiting);

internal sealed record EventRow(string Type, Guid Subject);
