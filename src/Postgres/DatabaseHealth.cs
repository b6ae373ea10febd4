using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace JikoXpress.Postgres;

/// <summary>
/// Healthy while the database answers and takes writes. Its schema is up to date before a process takes its first
/// request. A full disk is known from the first refused write; only read-only mode shows without one.
/// </summary>
internal sealed class DatabaseHealth(JikoDatabase database, StoreCondition condition) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.Background.CreateCommand("SELECT current_setting('transaction_read_only')");
        if (await command.ExecuteScalarAsync(cancellationToken) is "on" && condition.TakesWrites)
            condition.Refused("read-only");
        return condition.TakesWrites
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database takes no writes.");
    }
}
