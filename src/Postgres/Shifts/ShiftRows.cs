using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Shifts;

/// <summary>The rows of shifts, and the ledger postings that belong to shifts.</summary>
internal static class ShiftRows
{
    public const string Columns = """
        s.id, s.kitchen_id, s.till_id, s.kind, s.opened_by, s.opened_at, s.float, s.closed_by, s.closed_at, s.counted,
        s.expected, s.note
        """;

    public const string Movements = """
        SELECT id, shift_id, kind, amount, reason, by_whom, at, reverses FROM jiko.drawer_movement
        WHERE shift_id = $1 ORDER BY at, id
        """;

    /// <summary>
    /// What staff took and handed back at the till, and what corrections moved:
    /// (kind, method, taken, returned, payments, corrected).
    /// </summary>
    public const string Figures = """
        SELECT CASE WHEN t.step IN ('FLOAT', 'PAY_IN', 'PAY_OUT') THEN t.step ELSE 'TAKINGS' END AS kind, t.method,
            coalesce(sum(t.amount) FILTER (WHERE hand.into_it AND t.step <> 'CORRECT'), 0)::bigint,
            coalesce(sum(t.amount) FILTER (WHERE NOT hand.into_it AND t.step <> 'CORRECT'), 0)::bigint,
            count(*) FILTER (WHERE hand.into_it AND t.step <> 'CORRECT')::int,
            coalesce(sum(CASE WHEN hand.into_it THEN t.amount ELSE -t.amount END) FILTER (WHERE t.step = 'CORRECT'), 0)
                ::bigint
        FROM jiko.shift_transfer($1) t
        CROSS JOIN LATERAL (
            SELECT t.debit_kind IN ('DRAWER', 'CARD_TERMINAL', 'KITCHEN_CHANNEL') AS into_it) hand
        WHERE t.step NOT IN ('OVER_SHORT', 'DEPOSIT')
        GROUP BY 1, 2
        """;

    public const string Counts = """
        SELECT id, shift_id, before, counted, reason, by_whom, at, corrects FROM jiko.count_correction
        WHERE shift_id = $1 ORDER BY number
        """;

    /// <summary>Payments that were corrected after the shift was closed.</summary>
    public const string Late = """
        SELECT id, session_id, leg_id, from_method, to_method, amount, reason, by_whom, at FROM jiko.payment_correction
        WHERE shift_id = $1 AND after_closing ORDER BY at, id
        """;

    /// <summary>Receipts that were attested for what the shift answers for.</summary>
    public const string Attested = """
        SELECT a.session_id, a.leg_id, a.receipt, a.amount, a.attested_by, a.at, n.amount
        FROM jiko.attested_receipt a
        LEFT JOIN jiko.till_notice n ON n.receipts = a.receipts AND n.receipt = a.receipt
        WHERE a.leg_id IN (SELECT t.leg_id FROM jiko.shift_transfer($1) t WHERE t.method = 'KITCHEN_CHANNEL')
        ORDER BY a.at, a.receipt
        """;

    private const string Insert = """
        INSERT INTO jiko.shift (id, kitchen_id, till_id, kind, opened_by, opened_at, float)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string Post = """
        INSERT INTO jiko.ledger_transfer (
            leg_id, step, part, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner, amount, till_id,
            at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string ClaimOne =
        "INSERT INTO jiko.shift_entry (leg_id, step, part, shift_id) VALUES ($1, $2, $3, $4)";

    private const string Claim = """
        INSERT INTO jiko.shift_entry (leg_id, step, part, shift_id)
        SELECT t.leg_id, t.step, t.part, $1 FROM jiko.till_unclaimed($2, $3) t
        """;

    extension(ManagementWrite write)
    {
        public Task<int> Add(Shift shift) => write.Run(
            Insert, Sql.Of(shift.Id), Sql.Of(shift.KitchenId), Sql.Of(shift.TillId), Sql.Of(shift.Kind.WireName),
            Sql.Of(shift.OpenedBy), Sql.Of(shift.OpenedAt), Sql.Of(shift.Float.Shillings));

        /// <summary>Locks the till's row: changes of the till's shifts run one at a time.</summary>
        public Task<int> LockTill(Guid till) =>
            write.Run("SELECT FROM jiko.device WHERE id = $1 FOR NO KEY UPDATE", Sql.Of(till));

        /// <summary>Assigns to the shift all postings at its till that have no shift.</summary>
        public Task<int> ClaimFor(Shift shift) =>
            write.Run(Claim, Sql.Of(shift.Id), Sql.Of(shift.KitchenId), Sql.Of(shift.TillId));

        /// <summary>Ends the shift: later postings at the till belong to the next one.</summary>
        public Task<int> End(Shift shift) => write.Run(
            "UPDATE jiko.shift SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", Sql.Of(shift.Id),
            Sql.Of(write.At));

        /// <summary>Deletes a rescue shift without postings. Returns how many rows were deleted.</summary>
        public Task<int> RemoveIfEmpty(Shift shift) => write.Run(
            """
            DELETE FROM jiko.shift s
            WHERE s.id = $1 AND NOT EXISTS (SELECT FROM jiko.shift_entry e WHERE e.shift_id = s.id)
            """,
            Sql.Of(shift.Id));

        /// <summary>Posts a transfer that no shift answers for.</summary>
        public Task<int> Book(LedgerTransfer transfer) => write.Run(
            Post, Sql.Of(transfer.PaymentId), Sql.Of(transfer.Step.WireName), Sql.Of(transfer.Part),
            Sql.Of(transfer.KitchenId), Sql.Of(transfer.Method.WireName), Sql.Of(transfer.Debit.Kind.WireName),
            Sql.Of(transfer.Debit.Owner), Sql.Of(transfer.Credit.Kind.WireName), Sql.Of(transfer.Credit.Owner),
            Sql.Of(transfer.Amount.Shillings), Sql.Of(transfer.TillId), Sql.Of(write.At));

        /// <summary>Posts the shift's own transfers to the ledger, and assigns them to the shift.</summary>
        public async Task Book(Shift shift, Sequence<LedgerTransfer> transfers)
        {
            foreach (var transfer in transfers)
            {
                await write.Book(transfer);
                await write.Run(
                    ClaimOne, Sql.Of(transfer.PaymentId), Sql.Of(transfer.Step.WireName), Sql.Of(transfer.Part),
                    Sql.Of(shift.Id));
            }
        }
    }

    public static Shift Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.WireName<ShiftKind>(3), row.Optional<Guid>(4),
        row.GetFieldValue<DateTimeOffset>(5), new Money(row.GetInt64(6)),
        row.IsDBNull(8)
            ? null
            : new ShiftClosing(
                row.GetGuid(7), row.GetFieldValue<DateTimeOffset>(8), new Money(row.GetInt64(9)),
                new Money(row.GetInt64(10)), row.IsDBNull(11) ? null : row.GetString(11)));

    public static DrawerMovement ReadMovement(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.WireName<DrawerMovementKind>(2), new Money(row.GetInt64(3)),
        row.GetString(4), row.GetGuid(5), row.GetFieldValue<DateTimeOffset>(6), row.Optional<Guid>(7));

    public static (string Kind, Takings Takings) ReadFigure(NpgsqlDataReader row) => (
        row.GetString(0),
        new Takings(
            row.WireName<PaymentMethod>(1), new Money(row.GetInt64(2)), new Money(row.GetInt64(3)), row.GetInt32(4),
            new Money(row.GetInt64(5))));

    public static CountCorrection ReadCount(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), new Money(row.GetInt64(2)), new Money(row.GetInt64(3)), row.GetString(4),
        row.GetGuid(5), row.GetFieldValue<DateTimeOffset>(6), row.Optional<Guid>(7));

    public static LateCorrection ReadLate(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.WireName<PaymentMethod>(3), row.WireName<PaymentMethod>(4),
        new Money(row.GetInt64(5)), row.GetString(6), row.GetGuid(7), row.GetFieldValue<DateTimeOffset>(8));

    public static AttestedReceipt ReadAttested(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), new Money(row.GetInt64(3)), row.GetGuid(4),
        row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : new Money(row.GetInt64(6)));

    public static ShiftFigures FiguresOf(IReadOnlyList<(string Kind, Takings Takings)> figures)
    {
        var kinds = figures.ToLookup(figure => figure.Kind, figure => figure.Takings);
        return new ShiftFigures(
            kinds[LedgerStep.Float.WireName].Sum(takings => takings.Taken),
            kinds[LedgerStep.PayIn.WireName].Sum(takings => takings.Taken),
            kinds[LedgerStep.PayOut.WireName].Sum(takings => takings.Returned),
            kinds["TAKINGS"].OrderBy(takings => takings.PaymentMethod).ToSequence());
    }
}
