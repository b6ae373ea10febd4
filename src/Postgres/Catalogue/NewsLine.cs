namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// Whether this host hears of changes to the catalogue. While it does, what memory holds is what the rows say; while it
/// does not, memory is only good for a moment.
/// </summary>
internal sealed class NewsLine
{
    /// <summary>A line that proves itself once a second is not lost yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private long heardAt = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>Whatever was told before this moment has arrived.</summary>
    public void Heard(DateTimeOffset until) => Volatile.Write(ref heardAt, until.UtcTicks);

    public bool IsUp(DateTimeOffset now) => now.UtcTicks - Volatile.Read(ref heardAt) < Patience.Ticks;
}
