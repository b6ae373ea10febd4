using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.Payments;

public static class Registration
{
    /// <summary>
    /// Adds mobile money with the simulator, or without any aggregator when there are no settings. Call it after the
    /// grains are added.
    /// </summary>
    public static IServiceCollection AddMobileMoney(this IServiceCollection services, SimulatorSettings? simulator)
    {
        if (simulator is not null)
        {
            services.AddSingleton<IMobileMoneyAdapter>(
                new SimulatorAdapter(simulator, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })));
        }

        services.AddSingleton<Aggregators>();
        services.AddSingleton<EarlyQueries>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<IAggregators>(provider => provider.GetRequiredService<Aggregators>());
        services.TryAddSingleton<WorkSignals>();
        services.AddSingleton<PaymentRounds>();
        services.AddHostedService<PaymentWorker>();
        return services;
    }
}
