using System.Diagnostics;
using JikoXpress.Postgres.Commits;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Questions that come while others are being answered wait together, and are asked in one statement. There is no
/// timer, so that one alone is asked at once.
/// </summary>
/// <param name="ask">Answers each of several, in their order; asking twice does no harm.</param>
internal sealed class Batcher<TItem, TAnswer>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> ask)
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
        // What the first of them is part of is not what the others are part of.
        Activity.Current = null;
        while (Next() is { Count: > 0 } together) await Ask(together);
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
        catch (PostgresException failure) when (together.Count > 1 && !CommitAnswers.IsOverload(failure))
        {
            // One of them is to blame, and its neighbours must not pay for it.
            foreach (var question in together) await Ask([question]);
        }
        catch (Exception failure)
        {
            // Whatever it is, it is for those who wait.
            foreach (var question in together) question.Answer.TrySetException(failure);
        }
    }

    private sealed record Question(TItem Item)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
