using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Reads;

internal sealed class SessionVersions(JikoDatabase database) : ISessionVersions
{
    private const string Changed = """
        SELECT known.id, known.version FROM unnest($1, $2) AS known (id, version)
        JOIN jiko.checkout_session session ON session.id = known.id
        WHERE session.version <> known.version
        """;

    public async Task<IReadOnlyList<SessionVersion>> Outdated(IReadOnlyList<SessionVersion> known) =>
        await database.Source.Rows(
            Changed, row => new SessionVersion(row.GetGuid(0), row.GetInt64(1)),
            Sql.Of(known.Select(session => session.SessionId).ToArray()),
            Sql.Of(known.Select(session => session.Version).ToArray()));
}
