using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Demo;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Puts the product together: configuration, store, grains, edge, paths.</summary>
public static class JikoXpressWeb
{
    /// <summary>How long commands under way may take when the host is asked to stop.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);

    /// <summary>The web front end with PostgreSQL, and grains wherever they are.</summary>
    /// <param name="grains">Registers the way to the grains, and their host where it is this one.</param>
    /// <param name="risks">What live mode must not start on because of that way.</param>
    public static WebApplication Build(
        string[] args, Action<WebApplicationBuilder, JikoXpressOptions> grains,
        Action<WebApplicationBuilder>? adjust = null,
        Func<IConfiguration, IEnumerable<string>>? risks = null) => BuildOver(
        args,
        builder =>
        {
            adjust?.Invoke(builder);
            var options = builder.AddEngine(options => grains(builder, options), risks);
            if (options.Demo) builder.AddDemo();
        });

    /// <summary>A host of grains without the API, which only says how it is.</summary>
    /// <param name="grains">Registers the host of the grains.</param>
    /// <param name="risks">What live mode must not start on because of it.</param>
    public static WebApplication BuildWithoutApi(
        string[] args, Action<WebApplicationBuilder, JikoXpressOptions> grains,
        Action<WebApplicationBuilder>? adjust = null, Func<IConfiguration, IEnumerable<string>>? risks = null)
    {
        var app = BuildEdge(args, builder =>
        {
            adjust?.Invoke(builder);
            builder.AddEngine(options => grains(builder, options), risks);
        });
        app.MapHealth();
        return app;
    }

    /// <summary>The front end over whatever store and grains <paramref name="engine"/> brings.</summary>
    internal static WebApplication BuildOver(string[] args, Action<WebApplicationBuilder> engine)
    {
        var app = BuildEdge(args, engine);
        app.MapJikoXpress();
        if (app.Services.GetService<DemoTokens>() is not null) app.MapDemo();
        app.MapHealth();
        app.MapApiDocument();
        app.MapDocs();
        app.MapProblemPages();
        app.PrepareBodies();
        if (app.Services.GetService<JikoXpressOptions>() is { Demo: false, Credentials.OperatorKey: null })
            app.Logger.NoOperatorKey();
        return app;
    }

    private static WebApplication BuildEdge(string[] args, Action<WebApplicationBuilder> engine)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(Edge.Limit);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            // Scopes hold the request's path, which at webhooks ends in a secret.
            console.IncludeScopes = false;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Its page is never shown: faults are answered, and those that somebody has to see are logged there.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.DeveloperExceptionPageMiddleware", LogLevel.None);
        // A wrong JIKO_SECRETS_KEY_FILE ends the start with a line of its own; this would be eleven with stack traces.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.None);
        // A probe every few seconds would repeat what its answer says.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        engine(builder);
        builder.AddTelemetry();
        builder.Services.AddEdge();
        builder.Services.AddSingleton(new PublicAddress(PublicAddress.From(builder.Configuration)));
        builder.Services.AddHealth();
        builder.Services.AddApiDocument();

        var app = builder.Build();
        if (Proxies.From(app.Configuration) is { } proxies) app.UseForwardedHeaders(proxies);
        app.UseEdge();
        return app;
    }
}
