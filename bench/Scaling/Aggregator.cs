namespace JikoXpress.Scaling;

/// <summary>Who tells of payments by phone: at once, or, after it was silent, one after the other.</summary>
internal sealed class Aggregator(Agenda agenda)
{
    private double silentUntil;
    private double perSecond = double.PositiveInfinity;
    private double next;

    /// <param name="seconds">How long it tells nothing.</param>
    /// <param name="afterwards">How many webhooks a second it sends of those that it owes then.</param>
    public void Stop(double seconds, double afterwards)
    {
        silentUntil = next = agenda.Now + seconds;
        perSecond = afterwards;
    }

    public void Tell(Action webhook)
    {
        if (agenda.Now >= silentUntil)
        {
            webhook();
            return;
        }

        next += 1 / perSecond;
        agenda.After(next - agenda.Now, webhook);
    }
}
