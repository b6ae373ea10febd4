using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Webhooks;

/// <summary>Where a merchant's events are sent, what became of them, and how to have them again.</summary>
internal static class WebhookSubscriptionEndpoints
{
    private static readonly string[] Plan =
        ["url-invalid", "word-not-known", "too-many-items", "store-not-found", .. ManagementCodes.Texts];

    public static void MapWebhookSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/webhook-subscriptions").WithTags("Webhooks");

        subscriptions.MapGet("", List)
            .Allow(Callers.WebhooksReading)
            .Describe("listWebhookSubscriptions", "List where events are sent", "All of them, the newest first.")
            .Gives<ListView<WebhookSubscriptionView>>(200);

        subscriptions.MapPost("", Add)
            .Allow(Callers.WebhooksWriting)
            .Describe("addWebhookSubscription", "Have events sent to a server",
                "From now on each event of the merchant's stores is posted to `url`, signed as Standard Webhooks says. "
                + "The answer has the secret, this once. `docs/webhooks.md` tells how to verify, when it is tried "
                + "again, and what the events are.")
            .Takes<NewWebhookBody>().Heeds(Heading.Key)
            .Gives<WebhookSubscriptionView>(201).Refuses([.. Plan, "limit-reached", "secrets-key-missing"]);

        var one = subscriptions.MapGroup("/{subscriptionId:uuid}");

        one.MapGet("", Get)
            .Allow(Callers.WebhooksReading)
            .Describe("getWebhookSubscription", "Get where events are sent",
                "With `failingSince` while its receiver takes nothing.")
            .Gives<WebhookSubscriptionView>(200);

        one.MapPatch("", Change)
            .Allow(Callers.WebhooksWriting)
            .Describe("changeWebhookSubscription", "Change where events are sent",
                "`enabled` true starts it again after it was disabled, and what waited is sent.")
            .Takes<WebhookChangeBody>().Gives<WebhookSubscriptionView>(200).Refuses(Plan);

        one.MapDelete("", Remove)
            .Allow(Callers.WebhooksWriting)
            .Describe("removeWebhookSubscription", "Have events sent there no more",
                "What waits is not sent any more. What was sent stays in the feed.")
            .Produces(204);

        one.MapPost("/rotate-secret", Rotate)
            .Allow(Callers.WebhooksWriting)
            .Describe("rotateWebhookSecret", "Replace the secret",
                "Makes another one, shown this once. Both sign each delivery for `overlapHours`, so that no receiver "
                + "has to change at one moment; 0 ends the others at once.")
            .Takes<RotateSecretBody>().Heeds(Heading.Key)
            .Gives<WebhookSecretView>(201).Refuses("expiry-out-of-range", "limit-reached", "secrets-key-missing");

        one.MapGet("/deliveries", Deliveries)
            .Allow(Callers.WebhooksReading)
            .Describe("listWebhookDeliveries", "List what was sent",
                "Each event for this subscription with all tries, the newest event first. It is kept for 30 days, or "
                + "what this server is set to.")
            .Asks<ListDeliveriesQuery>().Gives<ListView<WebhookDeliveryView>>(200);

        one.MapPost("/deliveries/{deliveryId:uuid}/replay", Replay)
            .Allow(Callers.WebhooksWriting)
            .Describe("replayWebhookDelivery", "Send one event again",
                "Now, and with all tries anew, under the same `webhook-id`: also one that was delivered.")
            .HeedsNoKey("Repeated, it is sent once more, under the same `webhook-id`.")
            .TakesNothing().Gives<WebhookDeliveryView>(200).Refuses("webhook-disabled");

        one.MapPost("/replay", ReplaySpan)
            .Allow(Callers.WebhooksWriting)
            .Describe("replayWebhookEvents", "Send the events of a span again",
                $"All that the subscription wants, those that were delivered too: at most {WebhookRules.MostReplayed}, "
                + "and as far back as events are kept. Their `webhook-id` is the same again.")
            .HeedsNoKey("Repeated, they are sent once more, under the same `webhook-id`.")
            .Takes<ReplaySpanBody>().Gives<WebhookReplayView>(200).Refuses("replay-out-of-range", "webhook-disabled");

        one.MapPost("/test", Test)
            .Allow(Callers.WebhooksWriting)
            .Describe("testWebhookSubscription", "Send a test event",
                $"Of type `{MerchantEvent.TestType}`, whatever types the subscription names. The list of deliveries "
                + "shows what the receiver answered.")
            .HeedsNoKey("Repeated, another test event is sent.")
            .TakesNothing().Gives<WebhookDeliveryView>(201).Refuses("webhook-disabled");
    }

    public static WebhookOwner Owner(this HttpContext http) =>
        new(http.Principal.Id, http.Principal.LiveMode, http.Principal.Kitchens ?? []);

    private static async Task<IResult> List(HttpContext http, IWebhooks webhooks) =>
        (await webhooks.List(http.Principal.Id)).Whole(
            WebhookSubscriptionView.Of, WebhookJson.Default.ListViewWebhookSubscriptionView);

    private static async Task<IResult> Add(HttpContext http, IWebhooks webhooks)
    {
        var body = await JsonBody.Read(http);
        var (plan, once, owner) = (body.As<NewWebhookBody>().Command(), body.SecretOperation(), http.Owner());
        return body.Refusal(() => WebhookRules.Broken(plan, owner.LiveMode, owner.Stores))
            ?? (await webhooks.Add(owner, plan, once)).MadeSecret(
                WebhookSubscriptionView.Of, WebhookJson.Default.WebhookSubscriptionView);
    }

    private static async Task<IResult> Get(Guid subscriptionId, HttpContext http, IWebhooks webhooks) =>
        (await webhooks.Find(http.Principal.Id, subscriptionId)).Shown(
            WebhookSubscriptionView.Of, WebhookJson.Default.WebhookSubscriptionView);

    private static async Task<IResult> Change(Guid subscriptionId, HttpContext http, IWebhooks webhooks)
    {
        var body = await JsonBody.Read(http);
        var (change, owner) = (body.As<WebhookChangeBody>().Command(), http.Owner());
        return body.Refusal(() => WebhookRules.Broken(change, owner.LiveMode, owner.Stores))
            ?? (await webhooks.Change(owner, subscriptionId, change)).Shown(
                WebhookSubscriptionView.Of, WebhookJson.Default.WebhookSubscriptionView);
    }

    private static async Task<IResult> Remove(Guid subscriptionId, HttpContext http, IWebhooks webhooks) =>
        await JsonBody.Unwanted(http)
            ?? (IResult?)Refusal(await webhooks.Remove(http.Principal.Id, subscriptionId))
            ?? Results.NoContent();

    private static async Task<IResult> Rotate(Guid subscriptionId, HttpContext http, IWebhooks webhooks)
    {
        var body = await JsonBody.ReadIfAny(http);
        var (hours, once) = (
            body.As<RotateSecretBody>().OverlapHours ?? WebhookRules.UsualOverlap, body.SecretOperation());
        return body.Refusal(() => WebhookRules.BrokenOverlap(hours))
            ?? (await webhooks.RotateSecret(http.Principal.Id, subscriptionId, hours, once)).MadeSecret(
                WebhookSecretView.Of, WebhookJson.Default.WebhookSecretView);
    }

    private static Task<IResult> Deliveries(
        Guid subscriptionId, HttpContext http, IWebhooks webhooks, IWebhookLog deliveries)
    {
        var query = new Query(http);
        var status = query.OneOf("status", "PENDING", "DELIVERED", "FAILED");
        return query.Listed(
            $"deliveries {subscriptionId}", asked => deliveries.List(subscriptionId, status, asked),
            delivery => new Cursor(delivery.CreatedAt, delivery.Id), WebhookDeliveryView.Of,
            WebhookJson.Default.ListViewWebhookDeliveryView,
            async () => Refusal(await webhooks.Find(http.Principal.Id, subscriptionId)));
    }

    private static async Task<IResult> Replay(
        Guid subscriptionId, Guid deliveryId, HttpContext http, IWebhookLog deliveries) =>
        await JsonBody.Unwanted(http)
            ?? (await deliveries.Replay(http.Principal.Id, subscriptionId, deliveryId)).Shown(
                WebhookDeliveryView.Of, WebhookJson.Default.WebhookDeliveryView);

    private static async Task<IResult> ReplaySpan(Guid subscriptionId, HttpContext http, IWebhookLog deliveries)
    {
        var body = await JsonBody.Read(http);
        var (from, to) = body.As<ReplaySpanBody>();
        return body.Refusal()
            ?? (await deliveries.Replay(http.Owner(), subscriptionId, from, to)).Shown(
                replay => new WebhookReplayView(replay.Events, replay.LeftOut), WebhookJson.Default.WebhookReplayView);
    }

    private static async Task<IResult> Test(Guid subscriptionId, HttpContext http, IWebhookLog deliveries) =>
        await JsonBody.Unwanted(http)
            ?? (await deliveries.Test(http.Principal.Id, subscriptionId)).Made(
                WebhookDeliveryView.Of, WebhookJson.Default.WebhookDeliveryView);

    private static Problem? Refusal(Reply<WebhookSubscription> reply) =>
        reply is Reply<WebhookSubscription>.Refused(var refusals) ? Problem.Of(refusals) : null;
}
