using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

/// <summary>
/// Where the writers' batches go. A port, so that all that happens above the wire, the groups, the retries and the
/// answers, can be run over rows in memory as well.
/// </summary>
internal interface ICommitCalls
{
    /// <summary>A connection of its own to commit on.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database cannot be reached.</exception>
    Task<ICommitCall> Prepare();
}

internal interface ICommitCall : IAsyncDisposable
{
    /// <summary>The connection still stands; a call on a broken one cannot be used again.</summary>
    bool IsUsable { get; }

    /// <summary>Commits the winners of a batch and answers every one of it, in its order.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The connection broke: it is unknown what was committed.</exception>
    /// <exception cref="Npgsql.PostgresException">The server refused the batch as a whole.</exception>
    Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch);
}

internal sealed class CommitCalls(JikoDatabase database) : ICommitCalls
{
    public async Task<ICommitCall> Prepare() => await CommitCall.Prepare(database.Source);
}
