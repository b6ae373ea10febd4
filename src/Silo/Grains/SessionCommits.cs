using JikoXpress.Grains.Ports;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// A session's way to its row: with whatever else its silo commits at the moment, in one transaction, since a storage
/// provider would flush for each grain by itself. docs/decisions/0012 has the figures.
/// </summary>
/// <param name="committed">Hears the deadline that a commit leaves, before the commit is answered.</param>
internal sealed class SessionCommits(ICommits silo, Func<DateTimeOffset?, Task> committed) : ICommits
{
    public async Task<CommitAnswer> Commit(GrainCommit commit)
    {
        var answer = await silo.Commit(commit with { Asked = CommandSpan.Current });
        if (answer is CommitAnswer.Committed) await committed(commit.Row?.Deadline);
        return answer;
    }
}
