using System.Diagnostics;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// The places of one lane. Requests that find none wait a little, and under overload the newest is taken first: the
/// caller of the oldest has given up, or is about to. How many may run at a time follows from how long they take, where
/// the lane may be narrowed: more at a time than the machine can carry are all slow, and none of them is served sooner.
/// </summary>
/// <param name="mayNarrow">Not for lanes that go before others: they would narrow because of those.</param>
internal sealed class LaneGate(LaneSize size, bool mayNarrow)
{
    /// <summary>A caller who has waited longer is refused.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>A queue whose oldest has waited longer does not empty by itself: it is overload, no burst.</summary>
    private static readonly TimeSpan LongestBurst = TimeSpan.FromMilliseconds(100);

    /// <summary>Work that takes longer is slow; if every tenth does, the lane is too wide.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    private const int OneOfSo = 10, FewestInWindow = 20;

    /// <summary>A lane narrows by a tenth, down to an eighth of its width, and widens by a sixteenth of it.</summary>
    private const double Narrower = 0.9;

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = [];
    private readonly double narrowest = Math.Max(1, size.AtOnce / 8.0);
    private double limit = size.AtOnce;
    private int running, done, slow;
    private bool wasFull;

    /// <summary>How many may run at a time now.</summary>
    public int Limit
    {
        get
        {
            lock (gate) return (int)limit;
        }
    }

    /// <summary>Takes a place, at once or after a wait; false if there is none for this request.</summary>
    public ValueTask<bool> Enter(CancellationToken left)
    {
        Waiter waiter;
        lock (gate)
        {
            if (running < (int)limit)
            {
                running++;
                return ValueTask.FromResult(true);
            }

            wasFull = true;
            if (size.Waiting is 0) return ValueTask.FromResult(false);
            if (waiting.Count >= size.Waiting) Answer(waiting.First!, hasPlace: false);
            waiter = new Waiter(this);
            waiting.AddLast(waiter.Node);
        }

        return Wait(waiter, left);
    }

    /// <param name="took">How long the place was held.</param>
    public void Leave(TimeSpan took)
    {
        lock (gate)
        {
            running--;
            done++;
            if (took > Slow) slow++;
            Admit();
        }
    }

    /// <summary>Ten times a second: refuses who has waited too long, and makes the lane wider or narrower.</summary>
    public void Look()
    {
        lock (gate)
        {
            while (waiting.First is { } oldest && oldest.Value.Waited > LongestWait) Answer(oldest, hasPlace: false);
            if (!mayNarrow || done < FewestInWindow) return;
            if (slow * OneOfSo > done) limit = Math.Max(narrowest, limit * Narrower);
            else if (wasFull) limit = Math.Min(size.AtOnce, limit + (size.AtOnce / 16.0));
            (done, slow, wasFull) = (0, 0, false);
            Admit();
        }
    }

    private void Admit()
    {
        while (running < (int)limit && waiting is { First: { } oldest, Last: { } newest })
        {
            running++;
            Answer(oldest.Value.Waited > LongestBurst ? newest : oldest, hasPlace: true);
        }
    }

    private void Answer(LinkedListNode<Waiter> waiter, bool hasPlace)
    {
        waiting.Remove(waiter);
        waiter.Value.Answer.TrySetResult(hasPlace);
    }

    private static async ValueTask<bool> Wait(Waiter waiter, CancellationToken left)
    {
        await using var leaving = left.UnsafeRegister(
            static (who, token) => ((Waiter)who!).GiveUp(token), waiter);
        return await waiter.Answer.Task;
    }

    private sealed class Waiter
    {
        private readonly LaneGate lane;
        private readonly long since = Stopwatch.GetTimestamp();

        public Waiter(LaneGate lane)
        {
            this.lane = lane;
            Node = new LinkedListNode<Waiter>(this);
        }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Waited => Stopwatch.GetElapsedTime(since);

        public void GiveUp(CancellationToken left)
        {
            lock (lane.gate)
            {
                // Who has been given a place meanwhile has it, and leaves it as usual.
                if (Node.List is null) return;
                lane.waiting.Remove(Node);
                Answer.TrySetCanceled(left);
            }
        }
    }
}
