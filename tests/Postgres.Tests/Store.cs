using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Reads;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JikoXpress.Postgres.Tests;

/// <summary>One host's store on a test's database.</summary>
internal sealed class Store : IAsyncDisposable
{
    public Store(TestDatabase database, CommitSettings? settings = null)
    {
        Database = new JikoDatabase(database.ConnectionString);
        Commits = new CommitWriters(
            Database, Options.Create(settings ?? new CommitSettings()), Published, NullLogger<CommitWriters>.Instance);
        States = new StateReads(Database);
        Stock = new StockReads(Database);
        Wallets = new WalletReads(Database);
        Deadlines = new Deadlines(Database);
    }

    public JikoDatabase Database { get; }
    public Bell Published { get; } = new();
    public CommitWriters Commits { get; }
    public StateReads States { get; }
    public StockReads Stock { get; }
    public WalletReads Wallets { get; }
    public Deadlines Deadlines { get; }

    /// <summary>Commits one after the other; all of them must win.</summary>
    public async Task Commit(params IEnumerable<GrainCommit> commits)
    {
        foreach (var commit in commits) Assert.Equal(new CommitAnswer.Committed(), await Commits.Commit(commit));
    }

    /// <summary>Commits that are sent together.</summary>
    public Task<CommitAnswer[]> CommitTogether(params IEnumerable<GrainCommit> commits) =>
        Task.WhenAll(commits.Select(Commits.Commit).ToArray());

    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Database.DisposeAsync();
    }
}
