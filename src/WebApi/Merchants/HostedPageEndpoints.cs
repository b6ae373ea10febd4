using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
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
                "For whoever has the page's address; the token is what follows `/pay/` in a session's `url`. Ask again "
                + "every few seconds while `paymentStatus` is pending.")
            .Gives<HostedPageView>(200);

        page.MapPost("/pay", Pay)
            .In(Lane.Settling)
            .AllowAnyone()
            .Describe("payHostedPage", "Pay on the hosted page",
                "Rings the customer's phone, and answers before the customer does. After a no the page can ask again; "
                + "how often one phone is rung is limited.")
            .Takes<PayHostedBody>().Heeds(Heading.Key)
            .Gives<HostedPageView>(202).Refuses(HostedCodes.Paying);
    }

    private static async Task<IResult> Get(string publicToken, HttpContext http, IGrainFactory grains) =>
        PageToken.Parse(publicToken) is { } page
        && (await grains.Session(page.Id).Read()).State is Session.Opened session
        && IsItsPage(page, session)
            ? await Shown(http, session, StatusCodes.Status200OK)
            : SessionAnswers.NotFound;

    private static async Task<IResult> Pay(string publicToken, HttpContext http, IGrainFactory grains)
    {
        if (PageToken.Parse(publicToken) is not { Id: var id } page) return SessionAnswers.NotFound;
        // Who holds the address is a caller, whose requests can be repeated with a key.
        http.Features.Set(new Principal(
            CallerKind.HostedPage, id, "", KitchenId: null, DeviceId: null, Role: null,
            LiveMode: false, KeyRequired: false));
        var body = await JsonBody.Read(http);
        var sent = body.As<PayHostedBody>();
        var command = sent.Command(page, body.Operation());
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

    private static bool IsItsPage(PageToken page, Session.Opened session) =>
        session.Opening.Hosted is { } terms && page.Opens(terms.PageKey);
}
