namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// Whether this process receives notifications of catalogue changes. While it does, its cache equals the rows; while
/// it does not, cached rows are valid only for a short time.
/// </summary>
internal sealed class NewsLine
{
    /// <summary>The connection is checked once a second; it counts as lost after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private long heardAt = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>All notifications that were sent before this time have arrived.</summary>
    public void Heard(DateTimeOffset until) => Volatile.Write(ref heardAt, until.UtcTicks);

    public bool IsUp(DateTimeOffset now) => now.UtcTicks - Volatile.Read(ref heardAt) < Patience.Ticks;
}
