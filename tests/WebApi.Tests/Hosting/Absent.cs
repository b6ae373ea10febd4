using System.Reflection;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>
/// Stands where the house has nobody: payments by phone need a database, and are tested over one. Their rounds begin all
/// the same, and never come, since the clock stands still.
/// </summary>
public class Absent : DispatchProxy
{
    public static void Register(IServiceCollection services)
    {
        Register<IAttempts>(services);
        Register<IRefunds>(services);
        Register<ISettledRefunds>(services);
        Register<ISubscriptionWork>(services);
        Register<IForgedWebhooks>(services);
        Register<IReconciliations>(services);
        Register<IUnclaimedMoney>(services);
        Register<IPaymentInbox>(services);
        Register<IReceipts>(services);
        Register<IPaymentExceptions>(services);
        Register<ITillNotices>(services);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new InvalidOperationException($"Nobody is there for {targetMethod}.");

    private static void Register<T>(IServiceCollection services) where T : class =>
        services.AddSingleton(Create<T, Absent>());
}
