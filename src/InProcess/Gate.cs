namespace JikoXpress.InProcess;

/// <summary>
/// Lets one in at a time, in the order in which they came. How long somebody waits is the host's time, and not the
/// machine's, so that a test's clock decides it.
/// </summary>
internal sealed class Gate(TimeProvider clock)
{
    private readonly Lock door = new();
    private readonly LinkedList<Waiter> queue = [];
    private bool taken;

    /// <summary>Completes with true when it is this caller's turn, and with false when that took too long.</summary>
    public ValueTask<bool> Enter(TimeSpan patience)
    {
        lock (door)
        {
            if (!taken)
            {
                taken = true;
                return ValueTask.FromResult(true);
            }

            var waiter = new Waiter();
            var place = queue.AddLast(waiter);
            waiter.Patience = clock.CreateTimer(
                _ => GiveUp(place), state: null, patience, Timeout.InfiniteTimeSpan);
            return new ValueTask<bool>(waiter.Entered.Task);
        }
    }

    /// <summary>Enters where nobody is inside; does not wait.</summary>
    public bool TryEnter()
    {
        lock (door) return !taken && (taken = true);
    }

    /// <summary>Whoever was inside leaves, and the next one enters.</summary>
    public void Leave()
    {
        Waiter next;
        lock (door)
        {
            if (queue.First is not { } first)
            {
                taken = false;
                return;
            }

            queue.Remove(first);
            next = first.Value;
        }

        next.Patience?.Dispose();
        next.Entered.SetResult(true);
    }

    private void GiveUp(LinkedListNode<Waiter> place)
    {
        lock (door)
        {
            if (place.List is null) return;
            queue.Remove(place);
        }

        place.Value.Patience?.Dispose();
        place.Value.Entered.SetResult(false);
    }

    private sealed class Waiter
    {
        public TaskCompletionSource<bool> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ITimer? Patience { get; set; }
    }
}
