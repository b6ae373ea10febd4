namespace JikoXpress.Simulation.Schedule;

/// <summary>
/// A host's loop: a round each interval. A round that finds nothing to do does nothing, so those without work are left
/// out, and a day of waiting is a few events.
/// </summary>
/// <param name="due">The moment at which the first piece of work is due; null when there is none.</param>
internal sealed class Loop(Place place, TimeSpan interval, Func<DateTimeOffset?> due, Func<Task> round)
{
    private DateTimeOffset last = place.Timeline.Now;
    private bool running;

    public Place Place => place;

    public DateTimeOffset? NextTick(DateTimeOffset now)
    {
        if (running || due() is not { } work) return null;
        var tick = last + interval;
        var next = work > tick ? work : tick;
        return next > now ? next : now;
    }

    public void Tick(DateTimeOffset now)
    {
        last = now;
        running = true;
        place.Do(async () =>
        {
            try
            {
                await round();
            }
            finally
            {
                running = false;
            }
        });
    }
}
