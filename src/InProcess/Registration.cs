using System.Security.Cryptography;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.InProcess;

public static class Registration
{
    /// <summary>Runs the grains in this process. The store's ports must be registered as well.</summary>
    public static IServiceCollection AddInProcessGrains(this IServiceCollection services)
    {
        services.AddGrainServices();
        services.AddSingleton<InProcessGrains>();
        services.AddSingleton<IGrains>(provider => provider.GetRequiredService<InProcessGrains>());
        services.AddSingleton<MemoryCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<MemoryCheck>());
        services.AddHostedService<IdleCollection>();
        return services;
    }

    /// <summary>What grains need on any host, and what every host does beside them.</summary>
    public static IServiceCollection AddGrainServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIds, RandomIds>();
        services.TryAddSingleton<IAggregators, NoAggregators>();
        services.AddSingleton<Wheel>();
        services.AddSingleton<SessionFactsSource>();
        services.AddSingleton<ISessionPreview, SessionPreview>();
        services.AddSingleton<DeadlineSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<DeadlineSweep>());
        return services;
    }

    private sealed class RandomIds(TimeProvider clock) : IIds
    {
        public Guid Next() => Guid.CreateVersion7(clock.GetUtcNow());

        public ulong Bits() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    }
}
