using System.Security.Cryptography;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace JikoXpress.Grains;

public static class Registration
{
    /// <summary>The services of the grains, for a silo. The store's ports must be registered as well.</summary>
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.AddGrainClient();
        services.AddSingleton<SessionsAtRest>();
        services.AddSingleton<KitchenInventories>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<BillServices>();
        services.AddSingleton<CartServices>();
        services.AddSingleton<InventoryServices>();
        services.AddSingleton<DeadlineSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<DeadlineSweep>());
        return services;
    }

    /// <summary>The services that any process which calls grains needs.</summary>
    public static IServiceCollection AddGrainClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIds, RandomIds>();
        services.TryAddSingleton<IAggregators, NoAggregators>();
        services.TryAddSingleton<SessionFactsSource>();
        services.TryAddSingleton(provider =>
        {
            var wheel = new TimerWheel(provider.GetRequiredService<TimeProvider>());
            provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(wheel.Stop);
            return wheel;
        });
        services.TryAddSingleton<SessionsInMemory>();
        services.TryAddSingleton<ISessionPreview, SessionPreview>();
        return services;
    }

    private sealed class RandomIds(TimeProvider clock) : IIds
    {
        public Guid Next() => Guid.CreateVersion7(clock.GetUtcNow());

        public ulong Bits() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    }
}
