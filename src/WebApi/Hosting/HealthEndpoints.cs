using System.Data.Common;
using System.Reflection;
using System.Text.Json.Serialization;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Health checks for monitoring: liveness, and readiness to take requests.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string Version = typeof(HealthEndpoints).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

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
            .Describe("getReadiness", "Can it take requests", "The database answers, and its schema is up to date.")
            .NeverShed()
            .Gives<HealthView>(200).Refuses("not-ready");
    }

    private static async Task<IResult> Ready(HttpContext http, IReadiness readiness, TimeProvider clock)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        try
        {
            await readiness.Probe(either.Token);
            return Answer("ready");
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or OperationCanceledException)
        {
            return FrameworkProblems.StoreUnreachable;
        }
        catch (NotReadyException)
        {
            return FrameworkProblems.ClusterUnreachable;
        }
    }

    private static Answer<HealthView> Answer(string status) =>
        new(StatusCodes.Status200OK, new HealthView(status, Version), HealthJson.Default.HealthView);
}

/// <param name="Version">The version of the build.</param>
internal sealed record HealthView(string Status, string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
