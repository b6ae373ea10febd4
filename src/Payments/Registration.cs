using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace JikoXpress.Payments;

public static class Registration
{
    internal const string Client = "aggregators";

    /// <summary>No answer of an aggregator is longer.</summary>
    private const int LongestAnswer = 256 * 1024;

    /// <summary>For one request. An operation with several has 4 seconds in all.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3.5);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Adds mobile money with these accounts, in order of preference, with the simulator, and with what forwards the
    /// notifications of kitchens' tills. Without an account, payments by phone are refused. Call it after the grains
    /// are added.
    /// </summary>
    public static IServiceCollection AddMobileMoney(
        this IServiceCollection services, SimulatorSettings? simulator,
        IReadOnlyList<AggregatorAccount>? accounts = null, IReadOnlyList<TillForwarder>? forwarders = null)
    {
        services.AddAggregatorClient();
        foreach (var account in accounts ?? [])
        {
            services.AddSingleton(provider => account.Adapter(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client),
                provider.GetRequiredService<TimeProvider>()));
        }

        if (simulator is not null)
        {
            var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
            services.AddSingleton<IMobileMoneyAdapter>(new SimulatorAdapter(simulator, http));
            services.AddSingleton<IMobileMoneyAdapter>(new SimulatedCardGateway(simulator, http));
        }

        services.AddSingleton<AccountHealth>();
        services.AddSingleton<ReceiptClaims>();
        services.AddSingleton<Aggregators>();
        services.AddSingleton<EarlyQueries>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<IAggregators>(provider => provider.GetRequiredService<Aggregators>());
        services.TryAddSingleton<WorkSignals>();
        services.AddSingleton<ForgedWebhookCounts>();
        services.AddSingleton<PaymentQuestions>();
        services.AddSingleton<PaymentExceptions>();
        services.AddSingleton<PaymentExceptionDecisions>();
        services.AddSingleton(new TillForwarders(forwarders ?? []));
        services.AddSingleton<TillRounds>();
        services.AddSingleton<PaymentRounds>();
        services.AddSingleton<SettledRefundRounds>();
        services.TryAddSingleton(UnclaimedMoneySettings.Usual);
        services.AddSingleton<UnclaimedMoneyRounds>();
        services.AddSingleton<ReconciliationRounds>();
        services.AddSingleton<SubscriptionRounds>();
        services.AddHostedService<PaymentWorker>();
        return services;
    }

    /// <summary>
    /// Adds the kitchens' own accounts, which the store must have. Call it before <see cref="AddMobileMoney"/>, so that
    /// they are there before the first payment is.
    /// </summary>
    public static IServiceCollection AddKitchenAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<AccountNews>();
        services.AddSingleton<KitchenAccounts>();
        services.AddHostedService<AccountWatch>();
        return services;
    }

    /// <summary>
    /// The client of all accounts. Only a question (GET) is asked a second time, and only when the first found no
    /// connection: what rings a phone or moves money is sent once.
    /// </summary>
    public static IServiceCollection AddAggregatorClient(this IServiceCollection services)
    {
        services
            .AddHttpClient(Client, client => client.MaxResponseContentBufferSize = LongestAnswer)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler(Client, pipeline => pipeline
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 1,
                    Delay = RetryDelay,
                    ShouldHandle = attempt => ValueTask.FromResult(
                        attempt.Outcome.Exception is HttpRequestException
                        && attempt.Context.GetRequestMessage()?.Method == HttpMethod.Get),
                })
                .AddTimeout(RequestTimeout));
        return services;
    }
}
