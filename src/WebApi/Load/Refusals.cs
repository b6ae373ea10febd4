using System.Diagnostics;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Answers excess refusals late. A refused request costs the program about a sixth of a sale's CPU (a bare POST against
/// a sale in docs/performance.md), and who is refused at once sends the next one at once: thousands of connections
/// could take the machine by being refused. A connection whose answer is held sends nothing meanwhile.
/// </summary>
internal sealed class Refusals
{
    /// <summary>So many a second are answered at once: a till that meets a full lane hears of it.</summary>
    public const int AtOnceInSecond = 200;

    /// <summary>As long as Retry-After says.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(1);

    /// <summary>As many connections as there may be; beyond, all are answered at once.</summary>
    private const int MostHeld = 20_000;

    private long second;
    private int inSecond, held;

    /// <summary>Returns when the refusal may be sent.</summary>
    public async ValueTask Hold(CancellationToken left)
    {
        var now = Stopwatch.GetTimestamp() / Stopwatch.Frequency;
        // Two that see a new second begin may both count from nothing: a few more are answered at once.
        if (Interlocked.Exchange(ref second, now) != now) Volatile.Write(ref inSecond, 0);
        if (Interlocked.Increment(ref inSecond) <= AtOnceInSecond) return;
        try
        {
            if (Interlocked.Increment(ref held) > MostHeld) return;
            await Task.Delay(Held, left);
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }
}
