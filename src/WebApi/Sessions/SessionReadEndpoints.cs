using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Reads of checkout sessions: one session, its timeline, and lists.</summary>
internal static class SessionReadEndpoints
{
    /// <summary>Longest wait in seconds. Proxies close requests that are silent for much longer.</summary>
    public const int LongestWait = 30;

    public static void MapSessionReads(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/checkout-sessions").WithTags("Checkout sessions");

        sessions.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getCheckoutSession", "Get a checkout session",
                "As it stands now. Items and payments are always there; `expand=order,timeline` adds those. With "
                + "If-None-Match it answers 304 until something has changed; with `waitSeconds` it waits for that, so "
                + "that a kiosk asks twice a minute and hears at once.")
            .Asks<GetSessionQuery>().Heeds(Heading.Tag).Gives<SessionView>(200).Refuses("parameter-out-of-range");

        sessions.MapGet("/{id:uuid}/events", Events)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("streamCheckoutSession", "Follow a checkout session",
                "Server-sent events: the session as it stands, and again whenever it changes. The stream ends when the "
                + "session is paid or has ended. With Last-Event-ID what is known already is not sent again; where "
                + "that was the end the answer is 204, which tells a browser not to connect again.")
            .OrTicket()
            .Asks<StreamQuery>().Heeds(Heading.LastEvent)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses("unknown-parameter", "cursor-invalid");

        sessions.MapPost("/{id:uuid}/stream-tickets", MakeStreamTicket)
            .In(Lane.Reading)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("makeSessionStreamTicket", "Let a browser follow a checkout session", StreamTickets.Description)
            .HeedsNoKey(StreamTickets.Repeated)
            .TakesNothing().Gives<StreamTicketView>(201);

        sessions.MapGet("/{id:uuid}/timeline", Timeline)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getCheckoutSessionTimeline", "Get what happened to a checkout session", "Oldest first.")
            .Heeds(Heading.Tag).Gives<TimelineView>(200);

        sessions.MapGet("", List)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("listCheckoutSessions", "List checkout sessions",
                "The kitchen's sessions, newest first; a kiosk, guest, app user or bot sees its own, an app user and a "
                + "bot those of all kitchens. Filters go together; days are business days, both included. Staff find "
                + "a sale by what the guest can show: `receipt`, `phoneEnding`, `number`, `slipCode`, or `total` with "
                + "`minute`; a receipt or phone also finds what has paid a bill.")
            .Asks<ListSessionsQuery>().Gives<ListView<SessionView>>(200)
            .Refuses("slip-number-invalid", "parameter-out-of-range", "parameter-required");
    }

    private static async Task<IResult> Get(
        Guid id, HttpContext http, IGrainFactory grains, SessionsInMemory inMemory, IOrderReads orders,
        TimeProvider clock, WaitingRequests waitingRequests, IHostApplicationLifetime stopping)
    {
        var query = new Query(http);
        var expansion = SessionExpansion.Asked(query);
        var patience = TimeSpan.FromSeconds(query.Whole("waitSeconds", 0, 1, LongestWait));
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var snapshot = inMemory.Find(id) ?? await grains.Session(id).Read();
        if (http.Visible(snapshot) is not { } session) return SessionAnswers.NotFound;
        var order = await expansion.Order(session, orders);
        var tag = expansion.Tag(session, snapshot.Version, order);
        var newToCaller = http.Request.Headers.IfNoneMatch.Count > 0 && !EntityTags.IsKnown(http.Request, tag);
        if (patience > TimeSpan.Zero && !newToCaller && !http.IsHead)
        {
            http.LeaveLane();
            using (var waiting = waitingRequests.Enter(http, "session change"))
            {
                if (waiting is null) return WaitingRequests.TooMany;
                snapshot = await inMemory.Changed(
                    grains.Session(id), id, SessionMark.Of(snapshot), patience, clock, http.RequestAborted,
                    stopping.ApplicationStopping) ?? snapshot;
            }

            session = (Session.Opened)snapshot.State;
            order = await expansion.Order(session, orders);
            tag = expansion.Tag(session, snapshot.Version, order);
        }

        // Most requests ask for changes when there are none, so this case comes first.
        if (EntityTags.IsKnown(http.Request, tag)) return new Unchanged(tag);
        if (expansion.IsNone) return new Written(WrittenSessions.Json(http.Principal.Kind, snapshot), tag);
        var answer = http.Shown(StatusCodes.Status200OK, session, snapshot.Version);
        return answer with { View = expansion.Expand(answer.View, http.Principal.Kind, session, order), Tag = tag };
    }

    private static async Task<IResult> Events(
        Guid id, HttpContext http, IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime stopping)
    {
        var query = new Query(http);
        var last = http.LastEvent(query);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (SessionStream.MarkOf(last) is not { } known)
        {
            return new Problem(
                StatusCodes.Status400BadRequest, "cursor-invalid", "Last-Event-ID is an id of this stream.");
        }

        var session = grains.Session(id);
        var snapshot = await session.Read();
        if (http.Visible(snapshot) is not { } opened) return SessionAnswers.NotFound;
        return SessionStream.HasEnded(opened) && SessionMark.Of(snapshot) == known
            ? Results.NoContent()
            : new SessionStream(session, http.Principal.Kind, known, clock, stopping.ApplicationStopping);
    }

    private static async Task<IResult> MakeStreamTicket(
        Guid id, HttpContext http, IGrainFactory grains, IStreamTickets tickets)
    {
        if (await JsonBody.Unwanted(http) is { } problem) return problem;
        return http.Visible(await grains.Session(id).Read()) is { } session
            ? await http.StreamTicket($"{SessionViews.Path}/{session.Id}/events", tickets)
            : SessionAnswers.NotFound;
    }

    private static async Task<IResult> Timeline(Guid id, HttpContext http, IGrainFactory grains)
    {
        var snapshot = await grains.Session(id).Read();
        return http.Visible(snapshot) is { } session
            ? new Answer<TimelineView>(
                StatusCodes.Status200OK,
                new TimelineView(SessionViews.Timeline(http.Principal.Kind, session)),
                SessionJson.Default.TimelineView)
            {
                Tag = SessionExpansion.TimelineOnly.Tag(session, snapshot.Version, order: null),
            }
            : SessionAnswers.NotFound;
    }

    private static async Task<IResult> List(
        HttpContext http, ISessionReads reads, IOrderReads orders, TimeProvider clock)
    {
        var query = new Query(http);
        var expansion = SessionExpansion.Asked(query);
        var caller = http.Principal.Caller;
        var filter = Filter(query, caller);
        var list = $"checkout_sessions {caller.Kind} {filter.KitchenId} {filter.OpenedBy}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var page = await reads.List(filter, asked);
        var views = new List<SessionView>();
        foreach (var (session, version) in AsTheyStand(page, filter, clock.GetUtcNow()))
        {
            var view = SessionViews.For(caller.Kind, session, version);
            views.Add(expansion.Expand(view, caller.Kind, session, await expansion.Order(session, orders)));
        }

        var paging = Paging.Of(asked, page, list, item => new Cursor(item.State.Opening.OpenedAt, item.State.Id));
        return new ListView<SessionView>(views, paging).Shown(SessionJson.Default.ListViewSessionView);
    }

    private static SessionFilter Filter(Query query, Caller caller)
    {
        var isStaff = caller.Kind is CallerKind.Staff;
        return new SessionFilter(
            isStaff ? caller.KitchenId ?? Guid.Empty : caller.KitchenId,
            isStaff ? null : caller.Id,
            query.WireName<SessionStatus>("status"),
            query.Sale(),
            isStaff ? SaleSearches.Asked(query) : null);
    }

    /// <summary>Sessions whose deadline has passed are shown as ended, or left out of a list of pending ones.</summary>
    private static IEnumerable<Snapshot<Session.Opened>> AsTheyStand(
        Page<Snapshot<Session.Opened>> page, SessionFilter filter, DateTimeOffset now) => page.Items
        .Select(item => item with { State = (Session.Opened)item.State.AsOf(now) })
        .Where(item => filter.Status is null || item.State.Status == filter.Status);
}
