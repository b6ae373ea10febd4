using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

/// <summary>
/// Sends the batches of the commit writers. It is an interface so that batching, retries and answers can be tested
/// with rows in memory.
/// </summary>
internal interface ICommitCalls
{
    /// <summary>Opens a connection for commits.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database cannot be reached.</exception>
    Task<ICommitCall> Prepare();
}

internal interface ICommitCall : IAsyncDisposable
{
    /// <summary>Whether the connection is open; a call on a broken connection cannot be used again.</summary>
    bool IsUsable { get; }

    /// <summary>Commits the valid commits of a batch, and returns one answer for each, in their order.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The connection broke: it is unknown what was committed.</exception>
    /// <exception cref="Npgsql.PostgresException">The server refused the batch as a whole.</exception>
    Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch);
}

internal sealed class CommitCalls(JikoDatabase database) : ICommitCalls
{
    public async Task<ICommitCall> Prepare() => await CommitCall.Prepare(database.Source);
}
