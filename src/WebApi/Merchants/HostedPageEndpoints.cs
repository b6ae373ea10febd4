using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Merchants;

/// <summary>What the hosted page asks: the session that its address names, and to be paid.</summary>
internal static class HostedPageEndpoints
{
    public static void MapHostedPage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/api/checkout/{publicToken}").WithTags("Hosted checkout");

        page.MapGet("", Get)
            .AllowAnyone()
            .Describe("getHostedPage", "What the hosted page shows",
                "For whoever has the page's address; the token is what follows `/pay/` in a session's `url`. While "
                + "`paymentStatus` is pending, ask with `waitSeconds` and the last ETag in `If-None-Match`: the answer "
                + "comes as soon as something has changed.")
            .Asks<HostedPageQuery>().Heeds(Heading.Tag)
            .Gives<HostedPageView>(200).Refuses("parameter-out-of-range");

        page.MapPost("/pay", Pay)
            .In(Lane.Settling)
            .AllowAnyone()
            .Describe("payHostedPage", "Pay on the hosted page",
                "Rings the customer's phone, and answers before the customer does. By card it has the gateway make a "
                + "page: `nextAction` says where, in this answer or, a moment later, in `getHostedPage`. After a no "
                + "the page can ask again; how often one phone is rung is limited.")
            .Takes<PayHostedBody>().Heeds(Heading.Key)
            .Gives<HostedPageView>(202).Refuses(HostedCodes.Paying);
    }

    private static async Task<IResult> Get(
        string publicToken, HttpContext http, IGrainFactory grains, SessionsInMemory inMemory, TimeProvider clock,
        WaitingRequests waitingRequests, IHostApplicationLifetime stopping)
    {
        var query = new Query(http);
        var patience = TimeSpan.FromSeconds(query.Whole("waitSeconds", 0, 1, SessionReadEndpoints.LongestWait));
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (PageToken.Parse(publicToken) is not { } page) return SessionAnswers.NotFound;
        var grain = grains.Session(page.Id);
        var snapshot = inMemory.Find(page.Id) ?? await grain.Read();
        if (page.Opens(snapshot.State) is not { } session) return SessionAnswers.NotFound;
        var newToCaller = http.Request.Headers.IfNoneMatch.Count > 0
            && !EntityTags.IsKnown(http.Request, Tag(session, snapshot));
        if (patience > TimeSpan.Zero && !newToCaller && !http.IsHead)
        {
            // Customers of one network share an address; what each page waits for is counted for itself.
            http.Features.Set(Holder(page));
            http.LeaveLane();
            using var waiting = waitingRequests.Enter(http, "hosted page");
            if (waiting is null) return WaitingRequests.TooMany;
            snapshot = await inMemory.Changed(
                grain, page.Id, SessionMark.Of(snapshot), patience, clock, http.RequestAborted,
                stopping.ApplicationStopping) ?? snapshot;
            session = (Session.Opened)snapshot.State;
        }

        return await Shown(http, session, StatusCodes.Status200OK) with { Tag = Tag(session, snapshot) };
    }

    private static async Task<IResult> Pay(string publicToken, HttpContext http, IGrainFactory grains)
    {
        if (PageToken.Parse(publicToken) is not { Id: var id } page) return SessionAnswers.NotFound;
        // Who holds the address is a caller, whose requests can be repeated with a key.
        http.Features.Set(Holder(page));
        var body = await JsonBody.Read(http);
        var sent = body.As<PayHostedBody>();
        var command = sent.Command(page, HostedViews.ReturnUrl(http, page), body.Operation());
        if (body.Refusal(command) is { } refusal) return refusal;
        if (sent.SessionId is { } said && said != id)
            return command.Broken() is { Count: > 0 } broken ? Problem.Of(broken) : SessionAnswers.NotFound;
        return await grains.Session(id).PayHosted(command, http.Patience) switch
        {
            Reply<Session>.Accepted({ } session, _, var replayed) =>
                await Shown(http, (Session.Opened)session, StatusCodes.Status202Accepted) with
                {
                    Replayed = replayed,
                },
            Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };
    }

    private static async Task<Answer<HostedPageView>> Shown(HttpContext http, Session.Opened session, int status)
    {
        // From the cache: a page asks every few seconds.
        var catalogue = http.RequestServices.GetRequiredService<ICatalogue>();
        var store = await catalogue.Kitchen(session.Opening.KitchenId);
        return new Answer<HostedPageView>(
            status, HostedViews.PageOf(session, store?.Kitchen.Name ?? ""), HostedJson.Default.HostedPageView)
        {
            Secret = true,
        };
    }

    private static Principal Holder(PageToken page) => new(
        CallerKind.HostedPage, page.Id, "", KitchenId: null, DeviceId: null, Role: null,
        LiveMode: false, KeyRequired: false);

    private static string Tag(Session.Opened session, Snapshot<Session> snapshot) =>
        $"\"{SessionAnswers.StateTag(session, snapshot.Version)}\"";
}

/// <param name="WaitSeconds">Wait up to this long for a change since the If-None-Match tag, or since now.</param>
internal sealed record HostedPageQuery([Range(1, SessionReadEndpoints.LongestWait)] int? WaitSeconds);
