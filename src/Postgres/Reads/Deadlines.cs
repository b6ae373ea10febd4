using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Reads;

internal sealed class Deadlines(JikoDatabase database) : IDeadlines
{
    /// <summary>Reads kitchen by kitchen, as the index is ordered; most kitchens have nothing due.</summary>
    private const string Overdue = """
        SELECT due.id FROM jiko.kitchen kitchen CROSS JOIN LATERAL (
            SELECT session.id FROM jiko.checkout_session session
            WHERE session.kitchen_id = kitchen.id AND session.deadline <= $1
            ORDER BY session.deadline LIMIT $2) due
        LIMIT $2
        """;

    internal const string OverdueOfKitchen = """
        SELECT id FROM jiko.checkout_session WHERE kitchen_id = $1 AND deadline <= $2 ORDER BY deadline LIMIT $3
        """;

    internal const string OfKitchen = """
        SELECT deadline FROM jiko.checkout_session WHERE kitchen_id = $1 AND deadline IS NOT NULL
        """;

    public async Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) =>
        await Sql.ForGrains(database.Background.Rows(Overdue, row => row.GetGuid(0), Sql.Of(now), Sql.Of(limit)));

    public async Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit) =>
        await Sql.ForGrains(database.Background.Rows(
            OverdueOfKitchen, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(now), Sql.Of(limit)));

    public async Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId) =>
        await Sql.ForGrains(database.Background.Rows(
            OfKitchen, row => row.GetFieldValue<DateTimeOffset>(0), Sql.Of(kitchenId)));
}
