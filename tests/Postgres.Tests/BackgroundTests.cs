using JikoXpress.Postgres.Reads;
using JikoXpress.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>Callers have taken every connection that there is for them.</summary>
public sealed class BackgroundTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task What_runs_in_the_background_has_connections_that_callers_cannot_take()
    {
        await using var jiko = new JikoDatabase(database.ConnectionString);
        var taken = new List<NpgsqlConnection>();
        var most = new NpgsqlConnectionStringBuilder(jiko.Source.ConnectionString).MaxPoolSize;
        for (var count = 0; count < most; count++) taken.Add(await jiko.Source.OpenConnectionAsync());

        var health = await new DatabaseHealth(jiko, new StoreCondition()).CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Empty(await new Deadlines(jiko).Due(DateTimeOffset.UnixEpoch, limit: 1));

        foreach (var connection in taken) await connection.DisposeAsync();
    }
}
