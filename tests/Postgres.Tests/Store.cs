using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Books;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Wallets;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>One host's store on a test's database.</summary>
internal sealed class Store : IAsyncDisposable
{
    /// <summary>A busy machine must not fail a test, so this store waits longer for a lock than a till's would.</summary>
    public Store(TestDatabase database, CommitSettings? settings = null, CommittingMember? member = null)
        : this(Patient(database.ConnectionString), settings, member)
    {
    }

    public Store(string connectionString, CommitSettings? settings = null, CommittingMember? member = null)
    {
        Database = new JikoDatabase(connectionString, member);
        Commits = new CommitWriters(
            new CommitCalls(Database), Options.Create(settings ?? new CommitSettings()), WorkSignals,
            TimeProvider.System, NullLogger<CommitWriters>.Instance);
        States = new StateReads(Database);
        Stock = new StockReads(Database);
        Wallets = new WalletReads(Database, TimeProvider.System);
        Deadlines = new Deadlines(Database);
        Sessions = new SessionReads(Database);
        Orders = new OrderReads(Database);
        Tickets = new TicketReads(Database);
        Books = new LedgerBooks(Database);
        Feed = new EventFeed(Database);
        Publisher = new EventPublisher(Database, WorkSignals, Feed, NullLogger<EventPublisher>.Instance);
    }

    public JikoDatabase Database { get; }
    public WorkSignals WorkSignals { get; } = new();
    public CommitWriters Commits { get; }
    public StateReads States { get; }
    public StockReads Stock { get; }
    public WalletReads Wallets { get; }
    public Deadlines Deadlines { get; }
    public SessionReads Sessions { get; }
    public OrderReads Orders { get; }
    public TicketReads Tickets { get; }
    public LedgerBooks Books { get; }
    public EventFeed Feed { get; }
    public EventPublisher Publisher { get; }

    /// <summary>Commits one after the other; all of them must win.</summary>
    public async Task Commit(params IEnumerable<GrainCommit> commits)
    {
        foreach (var commit in commits) Assert.Equal(new CommitAnswer.Committed(), await Commits.Commit(commit));
    }

    /// <summary>Commits that are sent together.</summary>
    public Task<CommitAnswer[]> CommitTogether(params IEnumerable<GrainCommit> commits) =>
        Task.WhenAll(commits.Select(Commits.Commit).ToArray());

    /// <summary>Nothing breaks a law of conservation.</summary>
    public async Task MustBalance() => Assert.Empty(await Books.Conservation());

    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        Publisher.Dispose();
        await Database.DisposeAsync();
    }

    private static string Patient(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c lock_timeout=60s -c statement_timeout=60s",
    }.ConnectionString;
}
