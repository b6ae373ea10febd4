using System.Reflection;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>
/// Stands where the house has nobody: the kitchen's management needs a database, and is tested over one. Its endpoints
/// are there all the same, and described.
/// </summary>
public class Absent : DispatchProxy
{
    public static void Register(IServiceCollection services)
    {
        Register<IKitchens>(services);
        Register<IMenus>(services);
        Register<IStaff>(services);
        Register<IStaffSessions>(services);
        Register<IDevices>(services);
        Register<ICustomers>(services);
        Register<IAccounts>(services);
        Register<IOperatorKeys>(services);
        Register<IBooks>(services);
        Register<IStockJournal>(services);
        Register<IAttempts>(services);
        Register<IRefunds>(services);
        Register<IPaymentInbox>(services);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new InvalidOperationException($"Nobody is there for {targetMethod}.");

    private static void Register<T>(IServiceCollection services) where T : class =>
        services.AddSingleton(Create<T, Absent>());
}
