using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Merchants;

/// <summary>What a merchant's backend does with payment links, and what their visitors do.</summary>
internal static class LinkEndpoints
{
    public static void MapPaymentLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/payment-links").WithTags("Payment links");

        links.MapPost("", Add)
            .Allow(Callers.MerchantWriting)
            .Describe("addPaymentLink", "Make a payment link",
                "An address for messages, posters and pages. Each visitor who goes on from there gets a session of "
                + "their own, for an `amount`, for `lineItems`, or for an `openAmount` that the visitor chooses.")
            .Takes<NewLinkBody>().Heeds(Heading.Key, Heading.Place)
            .Gives<PaymentLinkView>(201).Refuses(LinkCodes.Making);

        links.MapGet("", List)
            .Allow(Callers.MerchantReading)
            .Describe("listPaymentLinks", "List payment links", "The merchant's own, of all its stores, newest first.")
            .Asks<ListLinksQuery>().Gives<ListView<PaymentLinkView>>(200)
            .Refuses("parameter-out-of-range", "parameter-required");

        links.MapGet("/{linkId:uuid}", Get)
            .Allow(Callers.MerchantReading)
            .Describe("getPaymentLink", "Get a payment link",
                "As it stands now. Its sessions are in `listHostedSessions` with `paymentLinkId`.")
            .Gives<PaymentLinkView>(200);

        links.MapPatch("/{linkId:uuid}", Change)
            .Allow(Callers.MerchantWriting)
            .Describe("changePaymentLink", "Switch a payment link, or change its texts",
                "A link that is switched off opens no session from that moment on. Sessions that are open already can "
                + "still be paid until they end: end them with `expireHostedSession` where that must not be.")
            .Takes<ChangeLinkBody>().Gives<PaymentLinkView>(200)
            .Refuses("field-required", "invalid-text", "card-data-not-accepted", "message-not-allowed");
    }

    public static void MapLinkPage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/api/links/{linkToken}").WithTags("Payment links");

        page.MapGet("", GetPage)
            .AllowAnyone()
            .Describe("getLinkPage", "What the page of a payment link shows and asks",
                "For whoever has the link; the token is what follows `/links/` in its `url`.")
            .Gives<LinkPageView>(200);

        page.MapPost("/sessions", Open)
            .AllowAnyone()
            .Describe("openLinkSession", "Open a visitor's session",
                "With what the visitor has chosen and entered. Send the visitor to `url` of the answer to pay. Each "
                + "request opens another session, unless it repeats an `Idempotency-Key`: let it be a random one. How "
                + "many one address may have open and unpaid is limited.")
            .Takes<VisitLinkBody>().Heeds(Heading.Key)
            .Gives<LinkSessionView>(201).Refuses(LinkCodes.Visiting);
    }

    private static async Task<IResult> Add(HttpContext http, IPaymentLinks links, TimeProvider clock)
    {
        var body = await JsonBody.Read(http);
        var (command, operation) = (body.As<NewLinkBody>().Command(http.Principal), body.Operation());
        return body.Refusal(command)
            ?? (await links.Add(command, operation)).Made(
                link => LinkViews.For(link, http.PublicAddress, clock.GetUtcNow()),
                HostedJson.Default.PaymentLinkView, link => $"{LinkViews.Path}/{link.Id}");
    }

    private static async Task<IResult> List(HttpContext http, IPaymentLinks links, TimeProvider clock)
    {
        var query = new Query(http);
        var active = query.OneOf("active", "true", "false") is { } word ? word is "true" : (bool?)null;
        var list = $"links {http.Principal.Id}";
        var asked = query.PageEitherWay(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        var page = await links.List(http.Principal.Id, active, asked);
        var (address, now) = (http.PublicAddress, clock.GetUtcNow());
        return page.Shown(
            Paging.Of(asked, page, list, link => new Cursor(link.CreatedAt, link.Id)),
            link => LinkViews.For(link, address, now), HostedJson.Default.ListViewPaymentLinkView);
    }

    private static async Task<IResult> Get(Guid linkId, HttpContext http, IPaymentLinks links, TimeProvider clock) =>
        await links.Find(linkId) is { } link && link.MerchantId == http.Principal.Id
            ? new Answer<PaymentLinkView>(
                StatusCodes.Status200OK, LinkViews.For(link, http.PublicAddress, clock.GetUtcNow()),
                HostedJson.Default.PaymentLinkView)
            : Problem.Of(LinkRefusals.NotFound);

    private static async Task<IResult> Change(
        Guid linkId, HttpContext http, IPaymentLinks links, TimeProvider clock)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<ChangeLinkBody>().Command();
        return body.Refusal(command)
            ?? (await links.Change(http.Principal.Id, linkId, command)).Shown(
                link => LinkViews.For(link, http.PublicAddress, clock.GetUtcNow()),
                HostedJson.Default.PaymentLinkView);
    }

    private static async Task<IResult> GetPage(
        string linkToken, HttpContext http, ICatalogue catalogue, TimeProvider clock)
    {
        if (await LinkOf(linkToken, http) is not { } link) return Problem.Of(LinkRefusals.NotFound);
        var store = await catalogue.Kitchen(link.StoreId);
        return new Answer<LinkPageView>(
            StatusCodes.Status200OK, LinkViews.PageOf(link, store?.Kitchen.Name ?? "", clock.GetUtcNow()),
            HostedJson.Default.LinkPageView)
        {
            Secret = true,
        };
    }

    private static async Task<IResult> Open(
        string linkToken, HttpContext http, IGrainFactory grains, TimeProvider clock, LinkVisits visits)
    {
        if (await LinkOf(linkToken, http) is not { } link) return Problem.Of(LinkRefusals.NotFound);
        // Who holds the address is a caller, whose requests can be repeated with a key.
        http.Features.Set(new Principal(
            CallerKind.HostedPage, link.Id, "", KitchenId: null, DeviceId: null, Role: null, link.LiveMode,
            KeyRequired: false));
        var body = await JsonBody.Read(http);
        var command = body.As<VisitLinkBody>().Command(link, body.Operation());
        if (body.Refusal(command) is { } refusal) return refusal;
        var id = command.Operation?.Id ?? Guid.CreateVersion7(clock.GetUtcNow());
        if (await visits.TooMany(http, link, id) is { } tooMany) return tooMany;
        switch (await grains.Session(id).OpenHosted(command, http.Patience))
        {
            case Reply<Session>.Accepted({ } session, _, var replayed):
                return new Answer<LinkSessionView>(
                    StatusCodes.Status201Created,
                    LinkViews.SessionOf((Session.Opened)session, http.PublicAddress),
                    HostedJson.Default.LinkSessionView)
                {
                    Secret = true,
                    Replayed = replayed,
                };
            case Reply<Session>.Refused(var refusals):
                await visits.Refused(http, link, id);
                return Problem.Of(refusals);
            default:
                throw new UnreachableException("A reply must be accepted or refused.");
        }
    }

    /// <summary>The rows are asked for tokens only that could be right.</summary>
    public static async Task<PaymentLink?> LinkOf(string token, HttpContext http) =>
        PageToken.Parse(token) is { } page
        && await http.RequestServices.GetRequiredService<IPaymentLinks>().Find(page.Id) is { } link
        && page.Opens(link.Key)
            ? link
            : null;
}

/// <summary>The problem codes of payment links, for the API document.</summary>
internal static class LinkCodes
{
    /// <summary>Making a link.</summary>
    public static string[] Making { get; } =
    [
        "amount-required", "amount-not-allowed", "items-required", "too-many-items", "amount-out-of-range",
        "quantity-out-of-range", "field-required", "unknown-field", "invalid-text", "card-data-not-accepted",
        "word-not-known", "url-invalid", "message-not-allowed", "expiry-out-of-range", "store-required",
        "store-not-found",
    ];

    /// <summary>Opening a session from a link, beside what may stand against any session.</summary>
    public static string[] Opening { get; } =
        ["quantities-mismatch", "set-by-payment-link", "payment-link-full", "payment-link-closed"];

    /// <summary>Opening a session as a visitor.</summary>
    public static string[] Visiting { get; } =
    [
        "amount-required", "amount-not-allowed", "amount-out-of-range", "quantity-out-of-range", "field-required",
        "unknown-field", "invalid-text", "card-data-not-accepted", "word-not-known", "too-many-items",
        "email-invalid", "phone-invalid", "currency-not-supported", "mobile-money-unavailable", "quantities-mismatch",
        "payment-link-full", "payment-link-closed",
    ];
}
