using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Reads;

internal sealed class Deadlines(JikoDatabase database) : IDeadlines
{
    private const string Overdue =
        "SELECT id FROM jiko.checkout_session WHERE deadline <= $1 ORDER BY deadline LIMIT $2";

    public async Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) =>
        await database.Source.Rows(Overdue, row => row.GetGuid(0), Sql.Of(now), Sql.Of(limit));
}
