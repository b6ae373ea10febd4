using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Merchants;

/// <summary>What a merchant's backend does with sessions: opens, reads, lists and ends them.</summary>
internal static class HostedEndpoints
{
    private const string LineItems = "lineItems";

    public static void MapHosted(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/checkout/sessions").WithTags("Hosted checkout");

        sessions.MapPost("", Open)
            .Allow(Callers.MerchantWriting.AlsoByApp())
            .Describe("openHostedSession", "Open a session for the hosted page",
                "For an `amount`, or for `lineItems` at the shop's own prices. Send the customer to the `url` of the "
                + "answer. Nothing of the kitchen's menu is sold: no stock is kept, and no order is made.")
            .Takes<OpenHostedBody>().Heeds(Heading.Key, Heading.Place)
            .Gives<HostedSessionView>(201).Refuses(HostedCodes.Opening);

        sessions.MapGet("/{id:uuid}", Get)
            .Allow(Callers.MerchantReading.AlsoByApp())
            .Describe("getHostedSession", "Get a session of the hosted page",
                "As it stands now. Fulfil what was bought when `paymentStatus` is succeeded, and not before: that a "
                + "customer comes back to `successUrl` proves nothing.")
            .Asks<GetHostedQuery>().Gives<HostedSessionView>(200);

        sessions.MapGet("", List)
            .Allow(Callers.MerchantReading)
            .Describe("listHostedSessions", "List sessions of the hosted page",
                "The merchant's own, of all its stores, newest first. `first` and `last` are `limit` under the names "
                + "that go with `after` and `before`.")
            .Asks<ListHostedQuery>().Gives<ListView<HostedSessionView>>(200)
            .Refuses("parameter-out-of-range", "parameter-required");

        sessions.MapPost("/{id:uuid}/expire", Expire)
            .In(Lane.Settling)
            .Allow(Callers.MerchantWriting)
            .Describe("expireHostedSession", "End a session of the hosted page before its time",
                "Only while it is open. A phone that is being asked is asked about first: what is paid is not ended.")
            .TakesNothing().Heeds(Heading.Key)
            .Gives<HostedSessionView>(200).Refuses("session-not-pending", "already-confirmed");
    }

    private static async Task<IResult> Open(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var body = await JsonBody.Read(http);
        var sent = body.As<OpenHostedBody>();
        var command = sent.Command(http.Principal, body.Operation());
        if (body.Malformed is { } malformed) return malformed;
        if (body.Broken(command) is { } broken) return broken;
        if (command.StoreId is { } store && !http.Principal.MayOrderFrom(store))
            return Problem.Of(command.Broken() is { Count: > 0 } rules ? rules : [HostedRefusals.NamedStoreNotFound]);
        var id = command.Operation?.Id ?? Guid.CreateVersion7(clock.GetUtcNow());
        return Answered(http, await grains.Session(id).OpenHosted(command, http.Patience),
            StatusCodes.Status201Created, sent.WantsLines());
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IGrainFactory grains)
    {
        var query = new Query(http);
        var withLines = query.Some("expand", LineItems).Count > 0;
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        return http.Visible(await grains.Session(id).Read()) is { Opening.Hosted: not null } session
            ? Shown(http, session, StatusCodes.Status200OK, withLines)
            : SessionAnswers.NotFound;
    }

    /// <summary>In large letters, and in small ones.</summary>
    private static string[] Currencies { get; } =
    [
        .. Enum.GetValues<Currency>().SelectMany(currency => new[]
        {
            currency.WireName, currency.WireName.ToLowerInvariant(),
        }),
    ];

    private static async Task<IResult> List(HttpContext http, IHostedReads reads, TimeProvider clock)
    {
        var query = new Query(http);
        var withLines = query.Some("expand", LineItems).Count > 0;
        var currency = query.OneOf("currency", Currencies)?.ToUpperInvariant();
        var filter = new HostedFilter(
            http.Principal.Id, query.OneOf("status", "open", "complete", "expired"), query.Date("startDate"),
            query.Date("endDate"), query.Text("clientReferenceId") ?? query.Text("externalReference"), currency,
            query.Parsed("storeId", Uuid.Parse, "parameter-out-of-range", "A UUID."),
            query.Whole("checkoutId", 0, 1, RegisterRules.MostRegisters) is > 0 and var number ? number : null,
            query.Parsed("paymentLinkId", Uuid.Parse, "invalid-text", "An id is a uuid."));
        var list = $"hosted {filter.MerchantId}";
        var asked = query.PageEitherWay(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var page = await reads.List(filter, asked);
        var now = clock.GetUtcNow();
        var address = http.PublicAddress;
        // What is over time is shown so, although its end may not be committed yet.
        var views = page.Items
            .Select(item => (Session.Opened)item.State.AsOf(now))
            .Where(session => filter.Status is null || session.HostedStatus == filter.Status)
            .Select(session => HostedViews.For(session, address, withLines));
        var paging = Paging.Of(asked, page, list, item => new Cursor(item.State.Opening.OpenedAt, item.State.Id));
        return new ListView<HostedSessionView>([.. views], paging).Shown(HostedJson.Default.ListViewHostedSessionView);
    }

    private static async Task<IResult> Expire(Guid id, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.ReadIfAny(http);
        var command = new ExpireSession(http.Principal.Caller, body.Operation());
        return body.Refusal()
            ?? Answered(http, await grains.Session(id).ExpireEarly(command, http.Patience),
                StatusCodes.Status200OK, withLines: false);
    }

    private static IResult Answered(HttpContext http, Reply<Session> reply, int status, bool withLines) => reply switch
    {
        Reply<Session>.Accepted({ } session, _, var replayed) =>
            Shown(http, (Session.Opened)session, status, withLines) with
            {
                Replayed = replayed,
                Location = status is StatusCodes.Status201Created
                    ? $"{HostedViews.Path}/{((Session.Opened)session).Id}"
                    : null,
            },
        Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("A reply must be accepted or refused."),
    };

    /// <summary>The answer has the client secret in it.</summary>
    private static Answer<HostedSessionView> Shown(
        HttpContext http, Session.Opened session, int status, bool withLines) =>
        new(status, HostedViews.For(session, http.PublicAddress, withLines), HostedJson.Default.HostedSessionView)
        {
            Secret = true,
        };
}

/// <summary>The problem codes of hosted sessions, for the API document.</summary>
internal static class HostedCodes
{
    /// <summary>Opening a session.</summary>
    public static string[] Opening { get; } =
    [
        "amount-required", "amount-not-allowed", "items-required", "too-many-items", "amount-out-of-range",
        "quantity-out-of-range", "invalid-text", "card-data-not-accepted", "currency-not-supported",
        "country-not-supported", "mode-not-supported", "word-not-known", "payment-method-not-allowed", "url-invalid",
        "email-invalid", "phone-invalid", "references-differ", "coordinate-out-of-range", "expiry-out-of-range",
        "store-required", "mobile-money-unavailable", "store-not-found", "checkout-not-found", "checkout-not-active",
        "field-required", "unknown-field", "fields-exclude-each-other", "customer-phone-required",
        .. LinkCodes.Opening,
    ];

    /// <summary>Paying on the page.</summary>
    public static string[] Paying { get; } =
    [
        "word-not-known", "payment-method-not-allowed", "country-not-supported", "phone-invalid", "invalid-text",
        "card-data-not-accepted", "amount-out-of-range", "amount-not-allowed", "url-invalid", "email-invalid",
        "too-many-items", "customer-phone-required", "mobile-money-unavailable", "checkout-expired",
        "already-confirmed", "payment-in-progress", "payment-not-pending", "slip-payment-in-progress", "slip-expired",
        "session-not-pending", "details-not-allowed", .. SessionCodes.Ringing,
        "field-required", "unknown-field", "network-unknown",
    ];
}
