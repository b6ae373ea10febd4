using JikoXpress.Payments;
using JikoXpress.Postgres;
using JikoXpress.WebApi.Payments;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Registers all that is behind the web API: store, catalogue, grains, mobile money.</summary>
public static class JikoXpressEngine
{
    /// <param name="grains">Registers the silo or the client; services that use grains start after it.</param>
    /// <param name="risks">The role's own risks, for which live mode must not start.</param>
    public static JikoXpressOptions AddEngine(
        this IHostApplicationBuilder builder, Action<JikoXpressOptions> grains,
        Func<IConfiguration, IEnumerable<string>>? risks = null)
    {
        var configuration = builder.Configuration;
        Secrets.ReadFrom(configuration);
        var isLive = LiveMode.IsAskedFor(configuration, builder.Environment, risks);
        var options = JikoXpressOptions.From(configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(RetentionOptions.From(configuration));
        builder.Services.AddJikoPostgres(options.Postgres);
        if (isLive) builder.Services.AddHostedService<LiveDatabaseCheck>();
        builder.Services.AddJikoManagement(options.Credentials);
        grains(options);
        builder.Services.AddSingleton(UnclaimedMoneyOptions.From(configuration));
        var simulator = SimulatorOptions.From(configuration, builder.Environment);
        builder.Services.AddMobileMoney(
            simulator, AggregatorOptions.From(configuration, builder.Environment, simulator));
        return options;
    }
}
