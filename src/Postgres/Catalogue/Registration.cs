using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Postgres.Catalogue;

public static class Registration
{
    /// <summary>
    /// Registers the catalogue, the credentials and their management. AddJikoPostgres must be called as well.
    /// </summary>
    public static IServiceCollection AddJikoCatalogue(this IServiceCollection services, CatalogueSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new Pins(settings.PinPepper ?? ""));
        services.AddSingleton<NewsLine>();
        services.AddSingleton<CatalogueMemory>();
        services.AddSingleton<ICatalogue>(provider => provider.GetRequiredService<CatalogueMemory>());
        services.AddSingleton<Credentials>();
        services.AddSingleton<ICredentials>(provider => provider.GetRequiredService<Credentials>());
        services.AddSingleton(provider => new CatalogueChanges(
            provider.GetRequiredService<CatalogueMemory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CatalogueNews>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueNews>());
        services.AddSingleton<CatalogueWrites>();
        services.AddSingleton<WalletTopUps>();
        services.AddSingleton<IKitchens, Kitchens>();
        services.AddSingleton<IMenus, Menus>();
        services.AddSingleton<IStaff, StaffMembers>();
        services.AddSingleton<IStaffSessions, StaffSessions>();
        services.AddSingleton<IDevices, Devices>();
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<ICustomers, Customers>();
        services.AddSingleton<IAccounts, Accounts>();
        services.AddSingleton<IBotKeys, BotKeys>();
        services.AddSingleton<IOperatorKeys, OperatorKeys>();
        services.AddSingleton<IShifts, Shifts>();
        services.AddSingleton<IStockJournal, StockJournal>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IDemoNotes, DemoNotes>();
        return services;
    }
}
