using JikoXpress.Payments;
using JikoXpress.WebApi.Load;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What a request finds at the edge, without a server.</summary>
internal static class EdgeServices
{
    public static IServiceProvider At(TimeProvider clock) => new ServiceCollection()
        .AddSingleton(clock)
        .AddSingleton(new LoadOptions())
        .AddSingleton(new Aggregators([], clock))
        .AddSingleton<UnfinishedBodies>()
        .AddSingleton<WaitingRequests>()
        .BuildServiceProvider();
}
