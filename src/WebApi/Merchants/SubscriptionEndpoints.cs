using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Merchants;

/// <summary>What a merchant's backend does with subscriptions. A session of mode subscription begins one.</summary>
internal static class SubscriptionEndpoints
{
    private static readonly string[] Statuses =
        [.. WireNames.All<SubscriptionStatus>().Select(status => status.ToLowerInvariant())];

    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions").WithTags("Subscriptions");

        subscriptions.MapGet("", List)
            .Allow(Callers.MerchantReading)
            .Describe("listSubscriptions", "List subscriptions", "The merchant's own, of all its stores, newest first.")
            .Asks<ListSubscriptionsQuery>().Gives<ListView<SubscriptionView>>(200)
            .Refuses("parameter-out-of-range", "parameter-required");

        subscriptions.MapGet("/{subscriptionId:uuid}", Get)
            .Allow(Callers.MerchantReading)
            .Describe("getSubscription", "Get a subscription",
                "As it stands now. `openHostedSession` with mode subscription begins one, and it is active once its "
                + "first session is paid.")
            .Gives<SubscriptionView>(200);

        subscriptions.MapPost("/{subscriptionId:uuid}/pause", Pause)
            .Allow(Callers.MerchantWriting)
            .Describe("pauseSubscription", "Pause a subscription",
                "No period begins, and no phone is asked. A session that is open can still be paid. In a trial there "
                + "is nothing to pause: cancel it, or wait until it is over. Repeating it does no harm.")
            .TakesNothing().Heeds(Heading.Key).Gives<SubscriptionView>(200).Refuses("subscription-state");

        subscriptions.MapPost("/{subscriptionId:uuid}/resume", Resume)
            .Allow(Callers.MerchantWriting)
            .Describe("resumeSubscription", "Go on with a paused subscription",
                "Periods that would have begun in the pause are left out; the next one begins on its usual day. It "
                + "also takes back a `cancel` with `atPeriodEnd`. Repeating it does no harm.")
            .TakesNothing().Heeds(Heading.Key).Gives<SubscriptionView>(200).Refuses("subscription-state");

        subscriptions.MapPost("/{subscriptionId:uuid}/cancel", Cancel)
            .Allow(Callers.MerchantWriting)
            .Describe("cancelSubscription", "Cancel a subscription",
                "At once, or when the current period is over. At once also ends the session that is open, unless a "
                + "phone has paid it. Nothing is paid back. A subscription that has not begun is cancelled at once. "
                + "Repeating it does no harm.")
            .Takes<CancelSubscriptionBody>().Heeds(Heading.Key)
            .Gives<SubscriptionView>(200).Refuses("subscription-state");
    }

    private static async Task<IResult> List(HttpContext http, ISubscriptions subscriptions, ICatalogue catalogue)
    {
        var query = new Query(http);
        var status = query.OneOf("status", Statuses) is { } word
            ? WireNames.Parse<SubscriptionStatus>(word.ToUpperInvariant())
            : null;
        var list = $"subscriptions {http.Principal.Id}";
        var asked = query.PageEitherWay(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        var page = await subscriptions.List(http.Principal.Id, status, asked);
        var unopened = await subscriptions.WithoutSession(page.Items);
        var views = new List<SubscriptionView>();
        foreach (var found in page.Items) views.Add(await Shown(found, !unopened.Contains(found.Id), catalogue));
        var paging = Paging.Of(asked, page, list, found => new Cursor(found.CreatedAt, found.Id));
        return new ListView<SubscriptionView>(views, paging).Shown(HostedJson.Default.ListViewSubscriptionView);
    }

    private static async Task<IResult> Get(
        Guid subscriptionId, HttpContext http, ISubscriptions subscriptions, ICatalogue catalogue) =>
        await subscriptions.Find(subscriptionId) is { } found && found.MerchantId == http.Principal.Id
            ? new Answer<SubscriptionView>(
                StatusCodes.Status200OK, await Shown(found, subscriptions, catalogue),
                HostedJson.Default.SubscriptionView)
            : Problem.Of(SubscriptionRefusals.NotFound);

    private static Task<IResult> Pause(
        Guid subscriptionId, HttpContext http, ISubscriptions subscriptions, ICatalogue catalogue) =>
        Change(http, operation => subscriptions.Pause(http.Principal.Id, subscriptionId, operation), subscriptions,
            catalogue);

    private static Task<IResult> Resume(
        Guid subscriptionId, HttpContext http, ISubscriptions subscriptions, ICatalogue catalogue) =>
        Change(http, operation => subscriptions.Resume(http.Principal.Id, subscriptionId, operation), subscriptions,
            catalogue);

    private static async Task<IResult> Change(
        HttpContext http, Func<Operation?, Task<Reply<Subscription>>> change, ISubscriptions subscriptions,
        ICatalogue catalogue)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        return body.Refusal() ?? await Answered(await change(operation), subscriptions, catalogue);
    }

    private static async Task<IResult> Cancel(
        Guid subscriptionId, HttpContext http, ISubscriptions subscriptions, ICatalogue catalogue, IGrainFactory grains)
    {
        var body = await JsonBody.ReadIfAny(http);
        var (withPeriod, operation) = (body.As<CancelSubscriptionBody>().AtPeriodEnd is true, body.Operation());
        if (body.Refusal() is { } refusal) return refusal;
        var reply = await subscriptions.Cancel(http.Principal.Id, subscriptionId, withPeriod, operation);
        if (reply is Reply<Subscription>.Accepted({ IsOver: true, Period: PeriodState.Open } over, _, _))
        {
            // From the answer on nobody pays what is cancelled. A refusal does not matter: the session is paid or over.
            // Where this does not come to its end, the rounds of the subscriptions end the session.
            await grains.Session(over.SessionId).ExpireEarly(
                new ExpireSession(new Caller(CallerKind.Merchant, over.MerchantId)), http.Patience);
        }

        return await Answered(reply, subscriptions, catalogue);
    }

    private static async Task<IResult> Answered(
        Reply<Subscription> reply, ISubscriptions subscriptions, ICatalogue catalogue)
    {
        if (reply is not Reply<Subscription>.Accepted(var subscription, _, _))
            return Problem.Of(((Reply<Subscription>.Refused)reply).Refusals);
        var view = await Shown(subscription, subscriptions, catalogue);
        return reply.Shown(_ => view, HostedJson.Default.SubscriptionView);
    }

    private static async Task<SubscriptionView> Shown(
        Subscription subscription, ISubscriptions subscriptions, ICatalogue catalogue) =>
        await Shown(subscription, (await subscriptions.WithoutSession([subscription])).Count is 0, catalogue);

    private static async Task<SubscriptionView> Shown(Subscription subscription, bool hasSession, ICatalogue catalogue)
    {
        var store = await catalogue.Kitchen(subscription.StoreId);
        return SubscriptionView.Of(
            subscription, hasSession,
            TimeZoneInfo.FindSystemTimeZoneById(store?.Kitchen.Settings.TimeZone ?? TimeZoneInfo.Utc.Id));
    }
}

/// <summary>How a subscription is cancelled.</summary>
/// <param name="AtPeriodEnd">True: when the current period is over.</param>
internal sealed record CancelSubscriptionBody([property: DefaultValue(false)] bool? AtPeriodEnd = null);

/// <param name="First">As limit, for paging forwards.</param>
/// <param name="Last">As limit, for paging backwards; with before.</param>
/// <param name="Status">Only subscriptions with this status.</param>
internal sealed record ListSubscriptionsQuery(
    [Range(1, Query.LargestLimit)] int? First,
    [Range(1, Query.LargestLimit)] int? Last,
    [AllowedValues("incomplete", "active", "past_due", "paused", "cancelled", "ended", "trialing")]
    string? Status) : PageQuery;

/// <summary>A customer's subscription. Members that do not apply are left out.</summary>
/// <param name="Status">
/// incomplete until the first session is paid, but trialing while nothing has to be paid; then active; past_due: the
/// last period was not paid in time; paused; cancelled; ended: all its periods are over.
/// </param>
/// <param name="StoreId">The kitchen that gets the money.</param>
/// <param name="Amount">Of each period, in the currency's smallest unit.</param>
/// <param name="TrialDays">So many days are free.</param>
/// <param name="CustomerPhone">The phone that is asked.</param>
/// <param name="Period">The number of the current period, from 1. A pause leaves numbers out.</param>
/// <param name="PeriodStatus">open, paid or unpaid.</param>
/// <param name="LatestSessionId">
/// The session of the current period; left out for the moment from the beginning of a period until it is opened.
/// </param>
/// <param name="TrialEndsAt">When the first period is asked for.</param>
/// <param name="BegunAt">From when the periods are counted: the first payment, or the end of the trial.</param>
/// <param name="PeriodEnds">When the next period begins.</param>
/// <param name="CancelAtPeriodEnd">It is cancelled then.</param>
internal sealed record SubscriptionView(
    Guid Id, string Status, bool Livemode, Guid StoreId, string Currency, Money Amount, string Interval,
    int IntervalCount, int? Periods, DateOnly? LastDay, string WhenUnpaid, int? TrialDays, string? CustomerPhone,
    int Period, string PeriodStatus, Guid? LatestSessionId, DateTimeOffset? TrialEndsAt, DateTimeOffset? BegunAt,
    DateTimeOffset? PeriodEnds, bool CancelAtPeriodEnd, DateTimeOffset Created, DateTimeOffset? EndedAt)
{
    public string Object { get; } = "subscription";

    public static SubscriptionView Of(Subscription subscription, bool hasSession, TimeZoneInfo zone) => new(
        subscription.Id, subscription.Status.WireName.ToLowerInvariant(), subscription.LiveMode, subscription.StoreId,
        subscription.Currency, subscription.Amount, subscription.Plan.Interval, subscription.Plan.Every,
        subscription.Plan.Periods, subscription.Plan.LastDay, subscription.Plan.CancelsUnpaid ? "cancel" : "keep",
        subscription.Plan.TrialDays, subscription.Phone, subscription.Number,
        subscription.Period.WireName.ToLowerInvariant(), hasSession ? subscription.SessionId : null,
        subscription.TrialEndsAt, subscription.BegunAt,
        subscription.IsOver ? null : subscription.PeriodEnds(zone), subscription.EndsWithPeriod,
        subscription.CreatedAt, subscription.EndedAt);
}
