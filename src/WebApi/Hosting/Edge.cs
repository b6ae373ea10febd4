using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.WebApi.Hosting;

/// <summary>What stands between the network and the endpoints, the same for all of them.</summary>
internal static class Edge
{
    /// <summary>
    /// Ten thousand kiosks that wait, each on a connection of its own, leave room for those who serve them. Each is an
    /// open file: docs/performance.md says what the system has to allow.
    /// </summary>
    private const int MostConnections = 20_000;

    /// <summary>The limits of the web server.</summary>
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = JsonBody.Longest;
        limits.MaxRequestLineSize = 2 * TransportLimits.LongestTarget;
        limits.MaxRequestHeadersTotalSize = 2 * TransportLimits.LargestHeaders;
        limits.MaxRequestHeaderCount = 2 * TransportLimits.MostHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
    }

    public static void AddEdge(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddSingleton<WrongCodes>();
        services.TryAddSingleton(provider => LoadOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Buckets>();
        services.AddSingleton<TableRates>();
        services.AddSingleton<LaneGates>();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<UuidConstraint>(UuidConstraint.Name));
    }

    /// <summary>
    /// The steps before an endpoint, in the order of the stages: what the framework refuses is answered outermost,
    /// then come sizes, the path, the load, and who calls. Parsing and rules are the endpoint's.
    /// </summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<Faults>();
        app.UseMiddleware<TransportLimits>();
        app.UseRouting();
        app.UseMiddleware<RequestSpan>();
        app.UseMiddleware<CanonicalPath>();
        app.UseMiddleware<LoadLimits>();
        app.UseMiddleware<CallerCheck>();
    }
}
