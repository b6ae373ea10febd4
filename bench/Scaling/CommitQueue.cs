namespace JikoXpress.Scaling;

/// <summary>
/// A silo's commit writers: each sends all that queued while its last batch was in flight, in one transaction. Who has
/// waited for <see cref="Patience"/> is told so and not committed.
/// </summary>
internal sealed class CommitQueue(Agenda agenda, Cores database, Plan plan, Chance chance)
{
    /// <summary>In seconds; as the product drops a command.</summary>
    private const double Patience = 10;

    private readonly Queue<Commit> waiting = new();
    private int free = plan.Writers;

    public int Waiting => waiting.Count;

    public void Send(double databaseSeconds, Action<bool> answer)
    {
        if (waiting.Count >= plan.MostWaiting)
        {
            answer(false);
            return;
        }

        waiting.Enqueue(new Commit(databaseSeconds, agenda.Now, answer));
        Write();
    }

    private void Write()
    {
        while (free > 0 && waiting.Count > 0)
        {
            List<Commit> batch = [];
            while (batch.Count < plan.MostInBatch && waiting.TryDequeue(out var commit))
            {
                if (agenda.Now - commit.Since > Patience) commit.Answer(false);
                else batch.Add(commit);
            }

            if (batch.Count == 0) return;
            free--;
            var work = plan.BatchSeconds + batch.Sum(commit => commit.Seconds);
            database.Do(work, () => agenda.After(chance.Skewed(plan.FlushMedian, plan.FlushP99), () =>
            {
                free++;
                foreach (var commit in batch) commit.Answer(true);
                Write();
            }));
        }
    }

    private sealed record Commit(double Seconds, double Since, Action<bool> Answer);
}
