using System.Data;
using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Shifts;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>Reads the list of a business day from orders, the ledger, bills, and what became of sales.</summary>
internal sealed class SalesReports(JikoDatabase database) : ISalesReports
{
    /// <summary>Lines of orders placed since the last report. Reports at the same moment note them once.</summary>
    private const string Note = """
        INSERT INTO jiko.order_line SELECT * FROM jiko.unnoted_lines($1, $2, 'infinity') ON CONFLICT DO NOTHING
        """;

    /// <summary>A day is many rows: to look each of them up takes longer than to join all.</summary>
    private const string JoinAll = "SET LOCAL enable_hashjoin = on";

    /// <summary>
    /// The orders placed after the lines were noted are drawn out of their states here, so that none is missing. What
    /// web shops were paid is no order: it is a sale without an item, as what was refunded by its amount is.
    /// </summary>
    private const string Sales = """
        WITH sold AS (
            SELECT channel, seller, place, menu_id, name, quantity, unit_price, placed_at FROM jiko.order_line
            WHERE kitchen_id = $1 AND placed_at >= $2 AND placed_at < $3
            UNION ALL
            SELECT channel, seller, place, menu_id, name, quantity, unit_price, placed_at
            FROM jiko.unnoted_lines($1, $2, $3)
        ), entry AS (
            SELECT channel, seller, menu_id, name, placed_at AS at, (place = 1)::int AS orders, quantity AS sold,
                0 AS voided, 0 AS refunded, quantity * unit_price AS amount, 0::bigint AS void, 0::bigint AS refund
            FROM sold
            UNION ALL
            SELECT s.channel, s.opened_by, NULL, NULL, t.at, 0, 0, 0, 0, t.amount, 0, 0
            FROM jiko.ledger_transfer t
            JOIN jiko.checkout_session s ON s.id = t.session_id AND s.channel = 'HOSTED'
            WHERE t.kitchen_id = $1 AND t.at >= $2 AND t.at < $3
                AND t.credit_kind = 'SALES' AND t.step IN ('PAY', 'SETTLE')
            UNION ALL
            SELECT s.channel, s.opened_by, c.menu_id, c.name, c.at, 0, 0,
                CASE c.kind WHEN 'VOID' THEN c.quantity ELSE 0 END,
                CASE c.kind WHEN 'REFUND' THEN c.quantity ELSE 0 END,
                0, CASE c.kind WHEN 'VOID' THEN c.amount ELSE 0 END, CASE c.kind WHEN 'REFUND' THEN c.amount ELSE 0 END
            FROM jiko.sale_change c
            JOIN jiko.checkout_session s ON s.id = c.session_id
            WHERE c.kitchen_id = $1 AND c.at >= $2 AND c.at < $3
        ), seen AS (
            SELECT e.*, m.id AS member, m.name AS member_name,
                extract(hour FROM e.at AT TIME ZONE $4)::int AS hour
            FROM entry e
            LEFT JOIN jiko.staff m ON m.id = e.seller
        )
        SELECT CASE grouping(menu_id, channel, member, hour)
                WHEN 7 THEN 'ITEM' WHEN 11 THEN 'CHANNEL' WHEN 13 THEN 'STAFF' WHEN 14 THEN 'HOUR' ELSE 'TOTAL' END,
            coalesce(menu_id::text, channel, member::text, hour::text),
            CASE WHEN grouping(menu_id) = 0 THEN max(name) WHEN grouping(member) = 0 THEN max(member_name) END,
            CASE WHEN grouping(menu_id) = 0 THEN 0 ELSE sum(orders) END,
            sum(sold), sum(voided), sum(refunded), sum(amount)::bigint, sum(void)::bigint, sum(refund)::bigint
        FROM seen
        GROUP BY GROUPING SETS ((menu_id), (channel), (member), (hour), ())
        ORDER BY 1, sum(amount) DESC, 3, 2
        """;

    private const string Payments = """
        SELECT method, count(*) FILTER (WHERE step IN ('PAY', 'SETTLE')),
            coalesce(sum(amount) FILTER (WHERE step IN ('PAY', 'SETTLE')), 0)::bigint,
            coalesce(sum(amount) FILTER (WHERE step = 'REVERSE'), 0)::bigint,
            coalesce(sum(CASE WHEN credit_kind = 'SALES' THEN amount ELSE -amount END)
                FILTER (WHERE step = 'CORRECT'), 0)::bigint
        FROM jiko.ledger_transfer
        WHERE kitchen_id = $1 AND at >= $2 AND at < $3
            AND (credit_kind = 'SALES' AND step IN ('PAY', 'SETTLE') OR debit_kind = 'SALES' AND step = 'REVERSE'
                OR 'SALES' IN (debit_kind, credit_kind) AND step = 'CORRECT')
        GROUP BY method
        """;

    private const string PaymentCorrections = """
        SELECT id, session_id, leg_id, from_method, to_method, amount, reason, by_whom, at FROM jiko.payment_correction
        WHERE kitchen_id = $1 AND at >= $2 AND at < $3 ORDER BY at, id
        """;

    private const string CountCorrections = """
        SELECT id, shift_id, before, counted, reason, by_whom, at, corrects FROM jiko.count_correction
        WHERE kitchen_id = $1 AND at >= $2 AND at < $3 ORDER BY at, shift_id, number
        """;

    private const string Commission = """
        SELECT coalesce(
            sum(CASE 'COMMISSION' WHEN debit_kind THEN amount WHEN credit_kind THEN -amount ELSE 0 END), 0)::bigint
        FROM jiko.ledger_transfer
        WHERE kitchen_id = $1 AND at >= $2 AND at < $3 AND step = 'COMMISSION'
        """;

    /// <summary>What bills owe now, less all that has changed it since the start, or the end, of the day.</summary>
    private const string Bills = """
        WITH moved AS (
            SELECT placed_at AS at, quantity * unit_price AS amount, 0::bigint AS written_off FROM jiko.order_line
            WHERE kitchen_id = $1 AND placed_at >= $2 AND on_bill
            UNION ALL
            SELECT placed_at, quantity * unit_price, 0 FROM jiko.unnoted_lines($1, $2, 'infinity') WHERE on_bill
            UNION ALL
            SELECT at, given_back - amount, CASE kind WHEN 'WRITE_OFF' THEN amount ELSE 0 END FROM jiko.sale_change
            WHERE kitchen_id = $1 AND at >= $2 AND kind IN ('VOID', 'WRITE_OFF')
            UNION ALL
            SELECT t.at, -t.amount, 0 FROM jiko.ledger_transfer t
            JOIN jiko.bill_payment p ON p.session_id = t.session_id
            WHERE t.kitchen_id = $1 AND t.at >= $2 AND t.step IN ('PAY', 'SETTLE') AND t.credit_kind = 'SALES'
        ), owed AS (
            SELECT coalesce(sum(balance), 0) AS amount FROM jiko.bill
            WHERE kitchen_id = $1 AND status IN ('OPEN', 'PAYMENT_PENDING')
        )
        SELECT (o.amount - coalesce(sum(m.amount), 0))::bigint,
            (o.amount - coalesce(sum(m.amount) FILTER (WHERE m.at >= $3), 0))::bigint,
            coalesce(sum(m.written_off) FILTER (WHERE m.at < $3), 0)::bigint
        FROM owed o
        LEFT JOIN moved m ON true
        GROUP BY o.amount
        """;

    public async Task<SalesReport> Of(Guid kitchenId, string timeZone, DateTimeOffset since, DateTimeOffset until)
    {
        await database.Source.Run(Note, Sql.Of(kitchenId), Sql.Of(since));
        await using var connection = await database.Source.OpenConnectionAsync();
        // Repeatable read: all figures are of one moment.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await connection.Run(JoinAll);
        var sales = (await connection.Rows(
            Sales, ReadSales, Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until), Sql.Of(timeZone)))
            .ToLookup(line => line.Section, line => line.Line);
        var payments = await connection.Rows(
            Payments, ReadPayments, Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until));
        var bills = await connection.Row(Bills, ReadBills, Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until))
            ?? throw new InvalidOperationException("A sum always has a row.");
        var firstHour = TimeZoneInfo.ConvertTime(since, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Hour;
        return new SalesReport(
            sales["TOTAL"].Single().Figures,
            sales["ITEM"].ToSequence(),
            sales["CHANNEL"].ToSequence(),
            sales["STAFF"].ToSequence(),
            sales["HOUR"].OrderBy(line => (HourOf(line) - firstHour + 24) % 24).ToSequence(),
            payments.OrderBy(method => method.PaymentMethod).ToSequence(),
            bills,
            (await connection.Rows(
                PaymentCorrections, ShiftRows.ReadLate, Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until))).ToSequence(),
            (await connection.Rows(
                CountCorrections, ShiftRows.ReadCount, Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until))).ToSequence(),
            (await connection.Rows(
                Commission, row => new Money(row.GetInt64(0)), Sql.Of(kitchenId), Sql.Of(since), Sql.Of(until)))[0]);
    }

    private static int HourOf(SalesLine line) => int.Parse(line.Key ?? "", CultureInfo.InvariantCulture);

    private static (string Section, SalesLine Line) ReadSales(NpgsqlDataReader row) => (
        row.GetString(0),
        new SalesLine(
            row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(4)
                ? SalesFigures.None
                : new SalesFigures(
                    row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), new Money(row.GetInt64(7)),
                    new Money(row.GetInt64(8)), new Money(row.GetInt64(9)))));

    private static MethodFigures ReadPayments(NpgsqlDataReader row) => new(
        row.WireName<PaymentMethod>(0), row.GetInt64(1), new Money(row.GetInt64(2)), new Money(row.GetInt64(3)),
        new Money(row.GetInt64(4)));

    private static BillFigures ReadBills(NpgsqlDataReader row) => new(
        new Money(row.GetInt64(0)), new Money(row.GetInt64(1)), new Money(row.GetInt64(2)));
}
