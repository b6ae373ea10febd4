using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace JikoXpress.Postgres;

/// <summary>
/// Healthy while the database answers. Its schema is up to date before a process takes its first request.
/// </summary>
internal sealed class DatabaseHealth(JikoDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.Background.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
