using JikoXpress.Domain;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Orders;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Looking at checkout sessions: one, its history, many.</summary>
internal static class SessionReadEndpoints
{
    public static void MapSessionReads(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/checkout-sessions").WithTags("Checkout sessions");

        sessions.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getCheckoutSession", "Get a checkout session",
                "As it stands now. Items and payments are always there; `expand=order,timeline` adds those. With "
                + "If-None-Match it answers 304 until something has changed.")
            .Asks<GetSessionQuery>().Heeds(Heading.Tag).Gives<SessionView>(200);

        sessions.MapGet("/{id:uuid}/timeline", Timeline)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getCheckoutSessionTimeline", "Get what happened to a checkout session", "Oldest first.")
            .Heeds(Heading.Tag).Gives<TimelineView>(200);

        sessions.MapGet("", List)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest)
            .Describe("listCheckoutSessions", "List checkout sessions",
                "The kitchen's sessions, newest first; a kiosk or guest sees its own. Filters go together; days are "
                + "business days, both included.")
            .Asks<ListSessionsQuery>().Gives<ListView<SessionView>>(200).Refuses("slip-number-invalid");
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IGrains grains, IOrderReads orders)
    {
        var query = new Query(http);
        var expand = query.Some("expand", "items", "payments", "order", "timeline");
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var snapshot = await grains.Session(id).Read();
        if (http.Visible(snapshot) is not { } session) return SessionAnswers.NotFound;
        var order = expand.Contains("order") && session is Session.Confirmed confirmed
            ? await orders.Find(session.Opening.KitchenId, confirmed.OrderId)
            : null;
        var withTimeline = expand.Contains("timeline");
        var tag = Expanded(SessionAnswers.StateTag(session, snapshot.Version), order, withTimeline);

        // Most requests of all ask whether something has changed, and nothing has.
        if (EntityTags.IsKnown(http.Request, tag)) return new Unchanged(tag);
        var answer = http.Shown(StatusCodes.Status200OK, session, snapshot.Version);
        var timeline = withTimeline ? SessionViews.Timeline(http.Principal.Kind, session) : null;
        return answer with { View = answer.View with { Order = order?.View(), Timeline = timeline }, Tag = tag };
    }

    private static async Task<IResult> Timeline(Guid id, HttpContext http, IGrains grains)
    {
        var snapshot = await grains.Session(id).Read();
        return http.Visible(snapshot) is { } session
            ? new Answer<TimelineView>(
                StatusCodes.Status200OK,
                new TimelineView(SessionViews.Timeline(http.Principal.Kind, session)),
                SessionJson.Default.TimelineView)
            {
                Tag = Expanded(SessionAnswers.StateTag(session, snapshot.Version), null, timeline: true),
            }
            : SessionAnswers.NotFound;
    }

    private static async Task<IResult> List(HttpContext http, ISessionReads reads, TimeProvider clock)
    {
        var query = new Query(http);
        var caller = http.Principal.Caller;
        var filter = Filter(query, caller);
        var list = $"checkout_sessions {caller.Kind} {filter.KitchenId} {filter.OpenedBy}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var page = await reads.List(filter, asked);
        return new Answer<ListView<SessionView>>(
            StatusCodes.Status200OK,
            new ListView<SessionView>(
                [.. AsTheyStand(page, filter, clock.GetUtcNow())
                    .Select(item => SessionViews.For(caller.Kind, item.State, item.Version))],
                Paging.Of(asked, page, list, item => new Cursor(item.State.Opening.OpenedAt, item.State.Id))),
            SessionJson.Default.ListViewSessionView);
    }

    private static SessionFilter Filter(Query query, Caller caller)
    {
        query.Some("currency", "TZS");
        return new SessionFilter(
            caller.KitchenId ?? Guid.Empty,
            caller.Kind is CallerKind.Staff ? null : caller.Id,
            query.Word<SessionStatus>("status"),
            query.Word<Channel>("channel"),
            query.Word<SessionType>("sessionType"),
            query.Text("tableNumber"),
            query.Date("startDate"),
            query.Date("endDate"),
            query.Parsed("slipNumber", SlipNumber.Parse, "slip-number-invalid", "A slip number is as in 0147-9."),
            query.Text("clientReference"));
    }

    /// <summary>What the clock has ended since it was written is shown as ended, or not among the pending.</summary>
    private static IEnumerable<Snapshot<Session.Opened>> AsTheyStand(
        Page<Snapshot<Session.Opened>> page, SessionFilter filter, DateTimeOffset now) => page.Items
        .Select(item => item with { State = (Session.Opened)item.State.AsOf(now) })
        .Where(item => filter.Status is null || item.State.Status == filter.Status);

    private static string Expanded(string state, Order? order, bool timeline)
    {
        var withOrder = order is null ? "" : $"-order.{order.Status.Word}.{order.PaymentState.Word}";
        return $"\"{state}{withOrder}{(timeline ? "-timeline" : "")}\"";
    }
}
