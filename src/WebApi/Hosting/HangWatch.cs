namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Notices that this process hung: that none of its threads ran for a while, because its machine was paused or its
/// container frozen. See docs/decisions/0023.
/// </summary>
internal sealed class HangWatch : IDisposable
{
    /// <summary>Shorter than it takes others to declare a silo dead, which is 6 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>How long connections are taken that may have waited for it while the process hung.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider clock;
    private readonly ILogger<HangWatch> log;
    private readonly Lock gate = new();
    private readonly ManualResetEvent ended = new(initialState: false);
    private long seenAt, notedAt, count;

    public HangWatch(ILogger<HangWatch> log)
        : this(log, TimeProvider.System)
    {
        // Of its own: those of the pool may all be busy without that the process hangs.
        new Thread(Look) { IsBackground = true, Name = nameof(HangWatch) }.Start();
    }

    internal HangWatch(ILogger<HangWatch> log, TimeProvider clock)
    {
        (this.log, this.clock) = (log, clock);
        seenAt = Now;
    }

    /// <summary>How often the process has hung until now, for <see cref="Longest"/> or longer each time.</summary>
    public long Count
    {
        get
        {
            var at = Now;
            if (at - Volatile.Read(ref seenAt) >= Longest.Ticks) Note(at);
            else Volatile.Write(ref seenAt, at);
            return Volatile.Read(ref count);
        }
    }

    /// <summary>Whether a new connection may be one that waited while the process hung.</summary>
    public bool HasJustHung => Count > 0 && Now - Volatile.Read(ref notedAt) < Settling.Ticks;

    /// <summary>By the wall clock, which goes on while a machine sleeps.</summary>
    private long Now => clock.GetUtcNow().UtcTicks;

    public void Dispose() => ended.Set();

    private void Note(long at)
    {
        lock (gate)
        {
            var hung = TimeSpan.FromTicks(at - Volatile.Read(ref seenAt));
            // Another thread may have noted it meanwhile.
            if (hung < Longest) return;
            Volatile.Write(ref notedAt, at);
            Volatile.Write(ref count, count + 1);
            Volatile.Write(ref seenAt, at);
            log.ProcessHung(hung.TotalSeconds);
        }
    }

    private void Look()
    {
        while (!ended.WaitOne(Interval)) _ = Count;
    }
}
