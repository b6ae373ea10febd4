using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Webhooks;

/// <summary>The feed: the events of a merchant's stores, for whoever would rather ask than be told.</summary>
internal static class EventEndpoints
{
    public const int LongestWait = 30;

    /// <summary>So many events are read at once to find those of one type.</summary>
    private const int Batch = 500;

    /// <summary>So often, for one answer: a rare type is looked for over several requests.</summary>
    private const int MostBatches = 10;

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", List)
        .Allow(Callers.WebhooksReading)
        .WithTags("Webhooks")
        .Describe("listEvents", "List what happened",
            "The events of the merchant's stores, **oldest first**, as their webhooks have them. Keep `paging.after` "
            + "and send it as `after` to go on, also when the list was empty: nothing is left out, and nothing comes "
            + "before what was there. With `waitSeconds` an empty list waits for the next event. With `type`, a page "
            + "can have fewer events than `limit`, or none, and `hasMore` all the same. Events are kept for 30 days, "
            + "or what this server is set to. An event of a newer version of the server is read when it is upgraded; "
            + "until then those before it come, and then `newer-event`.")
        .Asks<ListEventsQuery>().Gives<ListView<EventView>>(200)
        .Refuses("cursor-invalid", "invalid-type", "parameter-out-of-range", "newer-event");

    /// <summary>Going on behind it would leave it out for good; so the feed waits, as the webhooks do.</summary>
    private static readonly Problem NewerEvent = new(
        StatusCodes.Status503ServiceUnavailable, "newer-event",
        "A newer version of this server has written the next event, and this one cannot read it.")
    {
        RetryAfter = 60,
    };

    private static async Task<IResult> List(
        HttpContext http, IMerchantFeed merchants, IEventFeed feed, TimeProvider clock, WaitingRequests waitingRequests,
        IHostApplicationLifetime stopping)
    {
        var query = new Query(http);
        var after = query.Place("after", MerchantEvent.PositionOf) ?? 0;
        var type = query.OneOf("type", [.. MerchantEvent.Types]);
        var limit = query.Limit();
        var patience = TimeSpan.FromSeconds(query.Whole("waitSeconds", 0, 1, LongestWait));
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var (page, isStuck) = await Read(http, merchants, after, type, limit);
        if (isStuck) return NewerEvent;
        if (page.Data.Count > 0 || page.Paging.HasMore || patience == TimeSpan.Zero || http.IsHead)
            return page.Shown(WebhookJson.Default.ListViewEventView);

        http.LeaveLane();
        using var waiting = waitingRequests.Enter(http, "event");
        if (waiting is null) return WaitingRequests.TooMany;
        using var time = new CancellationTokenSource(patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            time.Token, http.RequestAborted, stopping.ApplicationStopping);
        while (page.Data.Count is 0 && !end.IsCancellationRequested)
        {
            // Asked for before the read: what is published between the two is not missed.
            var changed = feed.Changed(end.Token);
            (page, isStuck) = await Read(http, merchants, PositionAfter(page, after), type, limit);
            // The next request hears why.
            if (isStuck) break;
            if (page.Data.Count is 0) await changed;
        }

        await end.CancelAsync();
        return page.Shown(WebhookJson.Default.ListViewEventView);
    }

    /// <summary>The page; and whether there is nothing before an event that cannot be read.</summary>
    private static async Task<(ListView<EventView> Page, bool IsStuck)> Read(
        HttpContext http, IMerchantFeed merchants, long after, string? type, int limit)
    {
        var owner = http.Owner();
        var found = new List<EventView>();
        var (hasMore, isStuck) = (true, false);
        for (var batch = 0; hasMore && found.Count < limit && batch < MostBatches; batch++)
        {
            // Without a type, one more than the limit shows whether there are more.
            var most = type is null ? limit + 1 : Batch;
            var read = await merchants.Read(owner.Stores, owner.LiveMode, after, most);
            hasMore = read.Events.Count == most;
            isStuck = batch is 0 && read is { Events: [], EndsBeforeNewer: true };
            foreach (var told in read.Events)
            {
                if (found.Count == limit)
                {
                    hasMore = true;
                    break;
                }

                after = told.Position;
                if (type is null || told.Type == type) found.Add(EventView.Of(told));
            }
        }

        var known = after is 0 ? null : MerchantEvent.IdOf(after);
        return (new ListView<EventView>(found, new PagingView(hasMore, known, Before: null)), isStuck);
    }

    private static long PositionAfter(ListView<EventView> page, long after) =>
        page.Paging.After is { } known ? MerchantEvent.PositionOf(known) ?? after : after;
}
