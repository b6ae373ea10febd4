using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Postgres.Reads;

internal sealed class Readiness(JikoDatabase database) : IReadiness
{
    public async Task Probe(CancellationToken cancellation)
    {
        await using var command = database.Background.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellation);
    }
}
