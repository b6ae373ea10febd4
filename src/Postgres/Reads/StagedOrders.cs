using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>
/// Pages of a kitchen's orders, in the order of their times and ids. An order's stage is its ticket's status, or its
/// own while it has no ticket.
/// </summary>
internal static class StagedOrders
{
    /// <summary>Of each order that was accepted.</summary>
    public static readonly IReadOnlyList<string> Placed =
        [.. WireNames.All<TicketStatus>(), OrderStatus.Placed.WireName];

    public static readonly IReadOnlyList<string> All =
        [.. WireNames.All<TicketStatus>(), .. WireNames.All<OrderStatus>()];

    /// <param name="columns">Of jiko.placed_order, as "o".</param>
    /// <param name="more">Columns of the order ("k.") with an operator, and the value of each.</param>
    public static async Task<Page<T>> Read<T>(
        JikoDatabase database, string columns, Guid kitchenId, IReadOnlyList<string> stages, SaleFilter? sale,
        IReadOnlyList<(string Condition, NpgsqlParameter Value)> more, PageRequest page, bool oldestFirst,
        Func<NpgsqlDataReader, T> read)
    {
        var ascending = oldestFirst != page.GoesBack;
        List<NpgsqlParameter> parameters =
            [Sql.Of(kitchenId), Sql.Of<string[]>([.. stages]), Sql.Of(page.RowsToRead)];
        List<(string Condition, NpgsqlParameter Value)> ofSession =
            [.. SaleConditions.Of(sale ?? SaleFilter.None, "s.")];
        var where = string.Concat(ofSession.Concat(more).Select(each => $" AND {each.Condition} {Place(each.Value)}"));
        if ((page.Before ?? page.After) is { } from)
        {
            where += $" AND (k.placed_at, k.id) {(ascending ? '>' : '<')} ({Place(Sql.Of(from.At))}, "
                + $"{Place(Sql.Of(from.Id))})";
        }

        var text = Text(columns, ofSession.Count > 0, where, ascending ? "ASC" : "DESC");
        return page.Of(await database.Source.Rows(text, read, [.. parameters]));

        string Place(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return $"${parameters.Count}";
        }
    }

    /// <summary>The next ones of each stage, as the index is ordered, and of those the next.</summary>
    internal static string Text(string columns, bool asksSession, string where, string direction) => $"""
        SELECT {columns}
        FROM (
            SELECT each.id, each.placed_at
            FROM unnest($2) AS wanted(stage)
            CROSS JOIN LATERAL (
                SELECT k.id, k.placed_at
                FROM jiko.customer_order k
                {(asksSession ? "JOIN jiko.checkout_session s ON s.id = k.session_id" : "")}
                WHERE k.kitchen_id = $1 AND coalesce(k.ticket, k.status) = wanted.stage{where}
                ORDER BY k.placed_at {direction}, k.id {direction} LIMIT $3) AS each
            ORDER BY each.placed_at {direction}, each.id {direction} LIMIT $3) AS next
        JOIN jiko.placed_order o ON o.id = next.id
        ORDER BY next.placed_at {direction}, next.id {direction}
        """;
}
