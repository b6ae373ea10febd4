using System.Reflection;
using System.Text.Json.Serialization;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Liveness, and readiness to take requests. Readiness runs the framework's health checks, which the store and the
/// cluster register. The endpoints are our own, since those of MapHealthChecks answer any method and are not in the API
/// document.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Of each check. Monitoring asks again after a few seconds, so a later answer is of no use.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string Version = typeof(HealthEndpoints).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var check in checks.Registrations) check.Timeout = Patience;
        });
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");

        health.MapGet("/live", () => Answer("live"))
            .AllowAnyone()
            .Describe("getLiveness", "Does the process live", "It answers as long as the process can answer at all.")
            .NeverShed()
            .Gives<HealthView>(200);

        health.MapGet("/ready", Ready)
            .AllowAnyone()
            .Describe(
                "getReadiness", "Can it take requests",
                "The database answers and takes writes, and its schema is up to date.")
            .NeverShed()
            .Gives<HealthView>(200).Refuses("not-ready");
    }

    private static async Task<IResult> Ready(HttpContext http, HealthCheckService checks)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        if (report.Status is HealthStatus.Healthy) return Answer("ready");
        report.Entries.TryGetValue("database", out var database);
        return database switch
        {
            { Status: HealthStatus.Healthy } => FrameworkProblems.ClusterUnreachable,
            // The check had its answer: the database is there.
            { Exception: null } => FrameworkProblems.NoWrites,
            _ => FrameworkProblems.StoreUnreachable,
        };
    }

    private static Answer<HealthView> Answer(string status) =>
        new(StatusCodes.Status200OK, new HealthView(status, Version), HealthJson.Default.HealthView);
}

/// <param name="Version">The version of the build.</param>
internal sealed record HealthView(string Status, string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
