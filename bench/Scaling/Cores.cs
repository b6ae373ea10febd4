namespace JikoXpress.Scaling;

/// <summary>A machine's cores: each does one piece of work at a time, in the order in which work came.</summary>
internal sealed class Cores(Agenda agenda, int count)
{
    private readonly Queue<(double Seconds, Action Done)> waiting = new();
    private int free = count;
    private double waitingSeconds;
    private bool stopped;

    /// <summary>Seconds of work done so far, of all cores together.</summary>
    public double Busy { get; private set; }

    public int Count { get; } = count;

    public int Waiting => waiting.Count;

    /// <summary>How long work that comes now waits before it is begun, in seconds.</summary>
    public double Delay => waitingSeconds / Count;

    public void Do(double seconds, Action done)
    {
        waiting.Enqueue((seconds, done));
        waitingSeconds += seconds;
        Begin();
    }

    /// <summary>Nothing is begun until <see cref="GoOn"/>; what was begun ends.</summary>
    public void Stop() => stopped = true;

    public void GoOn()
    {
        stopped = false;
        Begin();
    }

    private void Begin()
    {
        while (!stopped && free > 0 && waiting.TryDequeue(out var work))
        {
            free--;
            waitingSeconds -= work.Seconds;
            agenda.After(work.Seconds, () =>
            {
                free++;
                Busy += work.Seconds;
                work.Done();
                Begin();
            });
        }
    }
}
