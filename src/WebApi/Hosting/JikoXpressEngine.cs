using JikoXpress.Payments;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Payments;
using JikoXpress.WebApi.Payments;
using JikoXpress.Webhooks;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Registers all that is behind the web API: store, catalogue, grains, mobile money.</summary>
public static class JikoXpressEngine
{
    /// <summary>The simulator's name, whether there is one or not.</summary>
    private const string SimulatorName = "simulator";

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
        builder.Services.AddSingleton(UnclaimedMoneyOptions.From(configuration));
        var simulator = SimulatorOptions.From(configuration, builder.Environment);
        var accounts = AggregatorOptions.From(configuration, builder.Environment, simulator);
        // Before the grains: a host whose accounts cannot be used takes no part in a cluster.
        builder.Services.AddJikoPaymentAccounts(
            SecretsOptions.From(configuration),
            new PaymentAccountSettingsOfHost(
                simulator?.Address,
                [
                    new InstallationAccount(SimulatorName, Vendor: null, LiveMode: false),
                    .. accounts.Select(account =>
                        new InstallationAccount(account.Name, account.Vendor, account.LiveMode)),
                ]));
        builder.Services.AddKitchenAccounts();
        builder.Services.AddJikoWebhooks();
        grains(options);
        builder.Services.AddMobileMoney(simulator, accounts, TillOptions.From(configuration));
        builder.Services.AddWebhooks(WebhookOptions.From(configuration));
        builder.Services.AddSingleton<AccountReadiness>();
        if (isLive) builder.Services.AddHostedService<AccountReadinessNote>();
        return options;
    }
}
