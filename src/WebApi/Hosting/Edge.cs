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
    /// The largest part of a request that is kept in memory before it is read: a body, or the head, which Kestrel may
    /// not cut shorter.
    /// </summary>
    private const int LargestBuffer = 128 * 1024;

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
        limits.MaxRequestBufferSize = LargestBuffer;
        limits.Http2.InitialConnectionWindowSize = LargestBuffer;
        limits.Http2.InitialStreamWindowSize = LargestBuffer;
        limits.MaxConcurrentUpgradedConnections = 0;

        var services = kestrel.ApplicationServices;
        limits.MaxConcurrentConnections = services.GetRequiredService<LoadOptions>().Connections.OfAll;
        var connections = services.GetRequiredService<ConnectionLimit>();
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Use(next => connection => connections.Serve(connection, next));
            endpoint.EndAfterHang();
        });
    }

    public static void AddEdge(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddCors();
        Compression.Register(services);
        services.AddSingleton<WrongCodes>();
        services.TryAddSingleton(provider => LoadOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Buckets>();
        services.AddSingleton<TableRates>();
        services.AddSingleton<SignInRates>();
        services.AddSingleton<LinkVisits>();
        services.AddSingleton<LaneGates>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<UnfinishedBodies>();
        services.AddSingleton<WaitingRequests>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<HangWatch>();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<UuidConstraint>(UuidConstraint.Name));
    }

    /// <summary>
    /// The middleware before the endpoints, in the order of the checks. The outermost compresses; the next tells
    /// browsers which pages may call; the next answers refusals of the framework; then come sizes, the path, load
    /// limits, and the caller. Endpoints parse the request and check its rules.
    /// </summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseBrowserOrigins();
        app.UseMiddleware<Faults>();
        app.UseMiddleware<TransportLimits>();
        app.UseMiddleware<Heads>();
        app.UseRouting();
        app.UseMiddleware<RequestSpan>();
        app.UseMiddleware<CanonicalPath>();
        app.UseMiddleware<LoadLimits>();
        app.UseMiddleware<CallerCheck>();
    }
}
