using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.WebApi.Hosting;

/// <summary>The Kestrel limits and the middleware that all endpoints share.</summary>
internal static class Edge
{
    /// <summary>
    /// Leaves room for ten thousand kiosks that each wait on their own connection, and for all other clients. Each
    /// connection is an open file: docs/performance.md has the limits that the system must allow.
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
        Compression.Register(services);
        services.AddSingleton<WrongCodes>();
        services.TryAddSingleton(provider => LoadOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Buckets>();
        services.AddSingleton<TableRates>();
        services.AddSingleton<LaneGates>();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<UuidConstraint>(UuidConstraint.Name));
    }

    /// <summary>
    /// The middleware before the endpoints, in the order of the checks. The outermost compresses; the
    /// next answers refusals of the framework; then come sizes, the path, load limits, and the caller. Endpoints parse
    /// the request and check its rules.
    /// </summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseMiddleware<Faults>();
        app.UseMiddleware<TransportLimits>();
        app.UseRouting();
        app.UseMiddleware<RequestSpan>();
        app.UseMiddleware<CanonicalPath>();
        app.UseMiddleware<LoadLimits>();
        app.UseMiddleware<CallerCheck>();
    }
}
