using System.Collections.Concurrent;
using JikoXpress.Payments;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Load;

/// <summary>Requests that wait for a change, and event streams: a limited number of each caller.</summary>
internal sealed class WaitingRequests(LoadOptions options, Aggregators aggregators)
{
    private readonly Counts counts = new();

    public static Problem TooMany { get; } = new(
        StatusCodes.Status429TooManyRequests, "rate-limited", "Too many requests of this caller wait already.")
    {
        RetryAfter = 5,
    };

    /// <summary>Counts the request until it is disposed of; null if too many of the caller wait already.</summary>
    /// <param name="kind">What it waits for, in metrics.</param>
    public IDisposable? Enter(HttpContext http, string kind)
    {
        var sender = Sender.Known(http, aggregators);
        var most = sender.Kind is SenderKind.ApiKey ? options.Waiting.ApiKey : options.Waiting.Token;
        return counts.Enter(sender, most) is { } place ? new Waiting(place, WebMetrics.WaitingRequest(kind)) : null;
    }

    private sealed record Waiting(IDisposable Place, IDisposable Measured) : IDisposable
    {
        public void Dispose()
        {
            Place.Dispose();
            Measured.Dispose();
        }
    }
}

/// <summary>How many of something each sender has. A sender that has none takes no memory.</summary>
internal sealed class Counts
{
    private readonly ConcurrentDictionary<Sender, int> counts = [];

    /// <summary>One more, until it is disposed of; null if the sender has <paramref name="most"/> already.</summary>
    public IDisposable? Enter(Sender sender, int most)
    {
        if (counts.AddOrUpdate(sender, 1, static (_, count) => count + 1) <= most) return new Place(this, sender);
        Leave(sender);
        return null;
    }

    private void Leave(Sender sender)
    {
        counts.AddOrUpdate(sender, 0, static (_, count) => count - 1);
        counts.TryRemove(KeyValuePair.Create(sender, 0));
    }

    private sealed class Place(Counts counts, Sender sender) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) is 0) counts.Leave(sender);
        }
    }
}
