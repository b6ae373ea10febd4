using System.Diagnostics;
using JikoXpress.Postgres.Commits;
using Npgsql;

namespace JikoXpress.Postgres;

internal static class Batcher
{
    /// <summary>How long notes of what was done wait for more of their kind; claims cover them meanwhile.</summary>
    public static readonly TimeSpan ForNotes = TimeSpan.FromMilliseconds(15);
}

/// <summary>
/// Coalesces requests: those that come while a statement runs wait, and go together into the next one.
/// </summary>
/// <param name="ask">Answers the requests in their order. It may be called again for the same request.</param>
/// <param name="gathers">
/// How long a statement waits for more requests; by default not at all. It is for what nobody waits for: a statement
/// costs PostgreSQL and the program some 0.5 ms before its first row.
/// </param>
internal sealed class Batcher<TItem, TAnswer>(
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> ask, TimeSpan gathers = default)
{
    private const int MostTogether = 200;

    private readonly Lock gate = new();
    private readonly Queue<Question> waiting = [];
    private bool isAsking;

    public Task<TAnswer> Ask(TItem item)
    {
        var question = new Question(item);
        lock (gate)
        {
            waiting.Enqueue(question);
            if (isAsking) return question.Answer.Task;
            isAsking = true;
        }

        _ = Task.Run(AskWhileAnyWait);
        return question.Answer.Task;
    }

    private async Task AskWhileAnyWait()
    {
        // The loop serves many requests, so it must not run inside the trace of the first.
        Activity.Current = null;
        do
        {
            if (gathers > TimeSpan.Zero) await Task.Delay(gathers);
        }
        while (await AskNext());
    }

    private async Task<bool> AskNext()
    {
        var together = Next();
        if (together.Count > 0) await Ask(together);
        return together.Count > 0;
    }

    private List<Question> Next()
    {
        lock (gate)
        {
            var together = new List<Question>();
            while (together.Count < MostTogether && waiting.TryDequeue(out var question)) together.Add(question);
            isAsking = together.Count > 0;
            return together;
        }
    }

    private async Task Ask(IReadOnlyList<Question> together)
    {
        try
        {
            var answers = await ask([.. together.Select(question => question.Item)]);
            for (var index = 0; index < together.Count; index++) together[index].Answer.TrySetResult(answers[index]);
        }
        catch (PostgresException failure) when (together.Count > 1 && !CommitAnswers.IsOverload(failure)
            && !StoreFaults.RefusesWrites(failure))
        {
            // One request caused the failure; each is asked alone, so that the others succeed.
            foreach (var question in together) await Ask([question]);
        }
        catch (Exception failure)
        {
            // Every failure goes to the callers that wait.
            foreach (var question in together) question.Answer.TrySetException(failure);
        }
    }

    private sealed record Question(TItem Item)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
