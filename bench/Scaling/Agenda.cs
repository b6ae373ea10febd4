namespace JikoXpress.Scaling;

/// <summary>What will happen, by its time; things of one time happen in the order they were planned.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (double At, long Number)> planned = new();
    private long number;

    /// <summary>In seconds from the beginning.</summary>
    public double Now { get; private set; }

    public void After(double seconds, Action happens) => planned.Enqueue(happens, (Now + seconds, number++));

    /// <summary>Lets everything happen that is due by then.</summary>
    public void RunUntil(double end)
    {
        while (planned.TryPeek(out _, out var next) && next.At <= end)
        {
            var happens = planned.Dequeue();
            Now = next.At;
            happens();
        }

        Now = end;
    }
}
