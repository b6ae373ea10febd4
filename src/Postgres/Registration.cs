using System.Security.Cryptography.X509Certificates;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Audit;
using JikoXpress.Postgres.Books;
using JikoXpress.Postgres.Caches;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Customers;
using JikoXpress.Postgres.Demo;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Payments;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Retention;
using JikoXpress.Postgres.Secrets;
using JikoXpress.Postgres.Settlement;
using JikoXpress.Postgres.Shifts;
using JikoXpress.Postgres.Wallets;
using JikoXpress.Postgres.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.Postgres;

public static class Registration
{
    /// <summary>
    /// Registers the store. The schema is updated at start, before hosted services that are registered later.
    /// </summary>
    public static IServiceCollection AddJikoPostgres(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<CommitSettings>();
        services.AddSingleton(provider =>
            new JikoDatabase(connectionString, provider.GetService<CommittingMember>()));
        services.AddHostedService<SchemaUpdate>();
        services.AddHostedService<DurabilityCheck>();
        services.AddSingleton<StoreCondition>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.TryAddSingleton<WorkSignals>();
        services.AddSingleton<ICommitCalls, CommitCalls>();
        // A writer rests for milliseconds of the machine; the clock of the restaurants may stand still in a test.
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<CommitWriters>(provider, TimeProvider.System));
        services.AddSingleton<ICommits>(provider => provider.GetRequiredService<CommitWriters>());
        services.AddSingleton<StateReads>();
        services.AddSingleton<IStateReads>(provider => provider.GetRequiredService<StateReads>());
        services.AddSingleton<IStockReads, StockReads>();
        services.AddSingleton<IWalletReads, WalletReads>();
        services.AddSingleton<IPaymentShifts, PaymentShifts>();
        services.AddSingleton<IDeadlines, Deadlines>();
        services.AddSingleton<ISessionReads, SessionReads>();
        services.AddSingleton<IHostedReads, HostedReads>();
        services.AddSingleton<IBillReads, BillReads>();
        services.AddSingleton<IOrderReads, OrderReads>();
        services.AddSingleton<ITicketReads, TicketReads>();
        services.AddSingleton<IBooks, LedgerBooks>();
        services.AddSingleton<ISalesReports, SalesReports>();
        services.AddSingleton<IAttempts, Attempts>();
        services.AddSingleton<IUnclaimedMoney, UnclaimedPayments>();
        services.AddSingleton<Reconciliations>();
        services.AddSingleton<IReconciliations>(provider => provider.GetRequiredService<Reconciliations>());
        services.AddSingleton<IReconciliationReads>(provider => provider.GetRequiredService<Reconciliations>());
        services.AddSingleton<UnresolvedPayments>();
        services.AddSingleton<IUnresolvedPayments>(provider => provider.GetRequiredService<UnresolvedPayments>());
        services.AddSingleton<IForgedWebhooks>(provider => provider.GetRequiredService<UnresolvedPayments>());
        services.AddSingleton<Refunds>();
        services.AddSingleton<IRefunds>(provider => provider.GetRequiredService<Refunds>());
        services.AddSingleton<IRefundReads>(provider => provider.GetRequiredService<Refunds>());
        services.AddSingleton<ISettledRefunds>(provider => provider.GetRequiredService<Refunds>());
        services.AddSingleton<ISuspensePayments, SuspensePayments>();
        services.AddSingleton<IPaymentInbox, PaymentInbox>();
        services.AddSingleton<IPaymentExceptions, PaymentExceptions>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<Tills>();
        services.AddSingleton<ITillNotices>(provider => provider.GetRequiredService<Tills>());
        services.AddSingleton<IChannelReceipts>(provider => provider.GetRequiredService<Tills>());
        services.AddSingleton<IReceipts>(provider => provider.GetRequiredService<Receipts>());
        services.AddSingleton<EventFeed>();
        services.AddSingleton<IEventFeed>(provider => provider.GetRequiredService<EventFeed>());
        services.AddHostedService<EventPublisher>();
        services.AddHostedService<EventListener>();
        services.AddHostedService<BacklogWatch>();
        services.AddHostedService<StoreWatch>();
        services.TryAddSingleton(new RetentionSettings());
        services.AddHostedService<RetentionRounds>();
        return services;
    }

    /// <summary>
    /// Registers the catalogue and what is managed: staff, devices, credentials, shifts, wallets, customers.
    /// AddJikoPostgres must be called as well.
    /// </summary>
    public static IServiceCollection AddJikoManagement(this IServiceCollection services, CredentialSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new Pins(settings.PinPepper ?? ""));
        services.AddSingleton<NewsLine>();
        services.TryAddSingleton<AccountNews>();
        services.AddSingleton<CatalogueMemory>();
        services.AddSingleton<ICatalogue>(provider => provider.GetRequiredService<CatalogueMemory>());
        services.AddSingleton<Credentials>();
        services.AddSingleton<ICredentials>(provider => provider.GetRequiredService<Credentials>());
        services.AddSingleton<IStreamTickets, StreamTickets>();
        services.AddSingleton(provider => new CatalogueChanges(
            provider.GetRequiredService<CatalogueMemory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CacheInvalidation>();
        services.AddHostedService(provider => provider.GetRequiredService<CacheInvalidation>());
        services.AddSingleton<ManagementWrites>();
        services.AddSingleton<WalletTopUps>();
        services.AddSingleton<IKitchens, Kitchens>();
        services.AddSingleton<IMenus, Menus>();
        services.AddSingleton<IStaff, StaffMembers>();
        services.AddSingleton<IStaffSessions, StaffSessions>();
        services.AddSingleton<IDevices, Devices>();
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<ICustomers, KitchenCustomers>();
        services.AddSingleton<IAccounts, AppAccounts>();
        services.AddSingleton<IBotKeys, BotKeys>();
        services.AddSingleton<IMerchants, Merchants>();
        services.AddSingleton<ISettlementWallets, MerchantWallets>();
        services.AddSingleton<Registers>();
        services.AddSingleton<IRegisters>(provider => provider.GetRequiredService<Registers>());
        services.AddSingleton<IRegisterReads>(provider => provider.GetRequiredService<Registers>());
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<ISubscriptions>(provider => provider.GetRequiredService<Subscriptions>());
        services.AddSingleton<ISubscriptionWork>(provider => provider.GetRequiredService<Subscriptions>());
        services.AddSingleton<PaymentLinks>();
        services.AddSingleton<IPaymentLinks>(provider => provider.GetRequiredService<PaymentLinks>());
        services.AddSingleton<IPaymentLinkReads>(provider => provider.GetRequiredService<PaymentLinks>());
        services.AddSingleton<IOperatorKeys, OperatorKeys>();
        services.AddSingleton<IShifts, ShiftStore>();
        services.AddSingleton<IStockJournal, StockJournal>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IPaymentExceptionList, PaymentExceptionList>();
        services.AddSingleton<IPaymentConflicts, PaymentConflicts>();
        services.AddSingleton<IDemoNotes, DemoNotes>();
        return services;
    }

    /// <summary>
    /// Registers the kitchens' own accounts at aggregators. AddJikoManagement must be called as well.
    /// </summary>
    /// <param name="certificate">With its private key, to encrypt their secrets; null when none can be stored.</param>
    public static IServiceCollection AddJikoPaymentAccounts(
        this IServiceCollection services, X509Certificate2? certificate, PaymentAccountSettingsOfHost host)
    {
        services.AddSecrets(certificate);
        services.AddSingleton(host);
        services.AddHostedService<AccountNames>();
        services.AddSingleton<IStoredAccounts, StoredAccounts>();
        services.AddSingleton<IPaymentAccounts, PaymentAccounts>();
        services.AddSingleton<AccountConditions>();
        services.AddSingleton<IAccountConditions>(provider => provider.GetRequiredService<AccountConditions>());
        services.AddSingleton<IConditionNotes>(provider => provider.GetRequiredService<AccountConditions>());
        return services;
    }

    /// <summary>
    /// Registers merchants' webhooks. AddJikoPaymentAccounts must be called as well: it has the key that their secrets
    /// are encrypted with.
    /// </summary>
    public static IServiceCollection AddJikoWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IMerchantFeed>(provider => provider.GetRequiredService<EventFeed>());
        services.AddSingleton<IWebhooks, Webhooks.Webhooks>();
        services.AddSingleton<IWebhookLog, WebhookLog>();
        services.AddSingleton<IWebhookFanOut, WebhookFanOut>();
        services.AddSingleton<IWebhookDeliveries, WebhookDeliveries>();
        return services;
    }

    /// <summary>Registers what a cluster keeps in the same database, and the commits of its grains.</summary>
    public static IServiceCollection AddJikoCluster(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(provider =>
            new ClusterDatabase(connectionString, provider.GetService<CommittingMember>()));
        services.AddHostedService<ClusterStatements>();
        services.AddSingleton<StorageCommits>();
        return services;
    }
}
