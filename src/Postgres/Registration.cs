using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Books;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Payments;
using JikoXpress.Postgres.Reads;
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
        services.AddSingleton(_ => new JikoDatabase(connectionString));
        services.AddHostedService<SchemaUpdate>();
        services.AddHostedService<DurabilityCheck>();
        services.TryAddSingleton<WorkSignals>();
        services.AddSingleton<ICommitCalls, CommitCalls>();
        services.AddSingleton<CommitWriters>();
        services.AddSingleton<ICommits>(provider => provider.GetRequiredService<CommitWriters>());
        services.AddSingleton<StateReads>();
        services.AddSingleton<IStateReads>(provider => provider.GetRequiredService<StateReads>());
        services.AddSingleton<IStockReads, StockReads>();
        services.AddSingleton<IWalletReads, WalletReads>();
        services.AddSingleton<IDeadlines, Deadlines>();
        services.AddSingleton<ISessionReads, SessionReads>();
        services.AddSingleton<IBillReads, BillReads>();
        services.AddSingleton<IOrderReads, OrderReads>();
        services.AddSingleton<ITicketReads, TicketReads>();
        services.AddSingleton<IReadiness, Readiness>();
        services.AddSingleton<IBooks, LedgerBooks>();
        services.AddSingleton<IAttempts, Attempts>();
        services.AddSingleton<IRefunds, Refunds>();
        services.AddSingleton<ISuspensePayments, SuspensePayments>();
        services.AddSingleton<IPaymentInbox, PaymentInbox>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<IReceipts>(provider => provider.GetRequiredService<Receipts>());
        services.AddSingleton<IPaymentConflicts>(provider => provider.GetRequiredService<Receipts>());
        services.AddSingleton<EventFeed>();
        services.AddSingleton<IEventFeed>(provider => provider.GetRequiredService<EventFeed>());
        services.AddHostedService<EventPublisher>();
        services.AddHostedService<EventListener>();
        services.AddHostedService<BacklogWatch>();
        return services;
    }

    /// <summary>Registers what a cluster keeps in the same database, and the commits of its grains.</summary>
    public static IServiceCollection AddJikoCluster(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new ClusterDatabase(connectionString));
        services.AddHostedService<ClusterStatements>();
        services.AddSingleton<StorageCommits>();
        return services;
    }
}
