using System.Collections.Concurrent;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Webhooks;

/// <summary>
/// Sends merchants' webhooks. Receivers that take what they get have places of their own, which those that fail cannot
/// fill, and nobody has more than a few of them: a slow or dead receiver delays its own events only. A try that was not
/// noted, because the process died, is made again after the lease: at least once, under the same webhook-id.
/// </summary>
public sealed class WebhookRounds
{
    /// <summary>Longer than a try can take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IWebhookFanOut fanOut;
    private readonly IWebhookDeliveries deliveries;
    private readonly WebhookSender sender;
    private readonly TimeProvider clock;
    private readonly ILogger<WebhookRounds> log;
    private readonly IReadOnlyList<Places> pools;

    internal WebhookRounds(
        IWebhookFanOut fanOut, IWebhookDeliveries deliveries, WebhookSender sender, TimeProvider clock,
        ILogger<WebhookRounds> log)
    {
        (this.fanOut, this.deliveries, this.sender, this.clock, this.log) = (fanOut, deliveries, sender, clock, log);
        pools =
        [
            new Places(WebhookPool.Well, most: 48, mostOfOne: 4),
            new Places(WebhookPool.Failing, most: 16, mostOfOne: 1),
            new Places(WebhookPool.Callback, most: 16, mostOfOne: 4),
        ];
    }

    /// <summary>There may be something to send: new deliveries, or places that have become free.</summary>
    public Signal Waiting { get; } = new();

    /// <summary>Makes the deliveries of all new events; returns how many events there were.</summary>
    public async Task<int> FanOut()
    {
        var events = 0;
        while (await fanOut.Look() is > 0 and var looked) events += looked;
        if (events > 0) Waiting.Set();
        return events;
    }

    /// <summary>Starts to send what is due, as far as there are places; returns how much that is.</summary>
    public async Task<int> Begin()
    {
        var begun = 0;
        foreach (var places in pools) begun += await Begin(places);
        return begun;
    }

    /// <summary>Waits until all that was started has ended.</summary>
    public async Task Ended()
    {
        foreach (var places in pools) await places.Ended();
    }

    private async Task<int> Begin(Places places)
    {
        using var turn = await places.Turn();
        var claimed = await deliveries.Claim(places.Claim(Lease), clock.GetUtcNow());
        foreach (var work in claimed) _ = Deliver(work, places.Enter(work));
        return claimed.Count;

        async Task Deliver(WebhookWork work, IDisposable place)
        {
            try
            {
                await Send(work);
            }
            catch (Exception failure)
            {
                // It is claimed again when the lease is over.
                Log.WorkFailed(log, failure);
            }
            finally
            {
                place.Dispose();
                Waiting.Set();
            }
        }
    }

    private async Task Send(WebhookWork work)
    {
        var made = await sender.Send(work);
        var verdict = DeliveryRules.Judge(work.Id, work.Tries + 1, made.Outcome, made.At, work.IsCallback);
        WebhookMetrics.Tried(made, verdict);
        if (!await deliveries.Note(work, made, verdict)) return;
        WebhookMetrics.Disabled();
        Log.Disabled(log, work.SubscriptionId, made.Outcome.EndsSubscription ? "GONE" : "FAILING");
    }

    /// <summary>The deliveries that are under way for receivers of one kind.</summary>
    private sealed class Places(WebhookPool pool, int most, int mostOfOne)
    {
        private readonly ConcurrentDictionary<Place, Task> underWay = [];
        private readonly SemaphoreSlim turn = new(1);

        public async Task<IDisposable> Turn()
        {
            await turn.WaitAsync();
            return new Taken(turn);
        }

        public WebhookClaim Claim(TimeSpan lease)
        {
            var now = underWay.Keys;
            return new WebhookClaim(
                pool, most - now.Count, mostOfOne, now.CountBy(place => place.SubscriptionId).ToDictionary(), lease);
        }

        /// <summary>Takes a place, until it is disposed of.</summary>
        public IDisposable Enter(WebhookWork work)
        {
            var place = new Place(this, work.SubscriptionId);
            underWay[place] = place.Left;
            return place;
        }

        public async Task Ended()
        {
            while (!underWay.IsEmpty) await Task.WhenAll(underWay.Values);
        }

        private sealed class Place(Places places, Guid subscriptionId) : IDisposable
        {
            private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Guid SubscriptionId => subscriptionId;

            public Task Left => left.Task;

            public void Dispose()
            {
                places.underWay.TryRemove(this, out _);
                left.TrySetResult();
            }
        }

        private sealed class Taken(SemaphoreSlim turn) : IDisposable
        {
            public void Dispose() => turn.Release();
        }
    }
}
