using System.Data.Common;
using System.Diagnostics;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// Commits one grain through the storage provider: makes the document, and reads the result. The database raises an
/// error for a refusal; this class returns it as an answer.
/// </summary>
public sealed class StorageCommits(WorkSignals signals, ILogger<StorageCommits> log)
{
    private const int MostTries = 2;

    /// <param name="write">
    /// Writes the document with the storage provider. Returns false if another commit of the grain came first.
    /// </param>
    /// <param name="asked">The span of the command that commits; default if there is no trace.</param>
    /// <exception cref="CommitUnknownException">The answer was lost; it may or may not be committed.</exception>
    /// <exception cref="StoreBusyException">Nothing was committed; the same commit may succeed later.</exception>
    /// <exception cref="StoreUnavailableException">The same, until somebody has mended the database.</exception>
    public async Task<CommitAnswer> Commit(
        GrainCommit commit, Func<byte[], Task<bool>> write, ActivityContext asked)
    {
        var since = Stopwatch.GetTimestamp();
        using var span = StoreMetrics.Batch(1, [asked]);
        var answer = await Ask(CommitDocument.Of(commit), write);
        StoreMetrics.Answered(answer, since);
        if (answer is CommitAnswer.Committed) signals.Raise(commit.Effects);
        return answer;
    }

    private async Task<CommitAnswer> Ask(byte[] document, Func<byte[], Task<bool>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write(document) ? new CommitAnswer.Committed() : new CommitAnswer.VersionConflict();
            }
            catch (DbException failure)
            {
                switch (failure)
                {
                    case PostgresException { SqlState: CommitDocument.Refused } refusal:
                        return CommitDocument.AnswerOf(refusal);
                    case PostgresException refusal when CommitAnswers.Of(refusal) is { } answer:
                        return answer;
                    case PostgresException fault when CommitAnswers.MayPass(fault) && attempt < MostTries:
                        Log.CommitTriedAgain(log, fault.SqlState, attempt);
                        break;
                    case PostgresException { SqlState: CommittingMember.Dead } dead:
                        throw new StoreBusyException(dead.MessageText, dead);
                    case PostgresException fault when CommitAnswers.IsOverload(fault):
                        throw new StoreBusyException("The database is too busy for this commit.", fault);
                    case NpgsqlException lost when CommitAnswers.LeavesUnknown(lost):
                        throw new CommitUnknownException("The database did not say what became of the commit.", lost);
                    case not null when StoreFaults.RefusesWrites(failure):
                        throw StoreFaults.AsWrite(failure);
                    case { IsTransient: true }:
                        throw StoreFaults.AsUnreachable(failure);
                    default:
                        throw;
                }
            }
        }
    }
}
