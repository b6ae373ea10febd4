using System.Diagnostics;
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

/// <summary>The callbackUrl of a merchant's sessions: the secret that signs, and what was sent.</summary>
internal static class WebhookCallbackEndpoints
{
    public static void MapWebhookCallback(this IEndpointRouteBuilder api)
    {
        var callback = api.MapGroup("/webhook-callback").WithTags("Webhooks");

        callback.MapGet("", Get)
            .Allow(Callers.WebhooksWriting)
            .Describe("getWebhookCallback", "Get the secret of callbacks",
                "Each change of a session with a `callbackUrl` is posted there, signed with this. One secret for all "
                + "sessions of the merchant; it is made when it is first needed.")
            .Gives<WebhookCallbackView>(200).Refuses("secrets-key-missing");

        callback.MapPost("/rotate-secret", Rotate)
            .Allow(Callers.WebhooksWriting)
            .Describe("rotateWebhookCallbackSecret", "Replace the secret of callbacks",
                "Makes another one. Both sign each callback for `overlapHours`; 0 ends the others at once.")
            .Takes<RotateSecretBody>().Heeds(Heading.Key)
            .Gives<WebhookSecretView>(201).Refuses("expiry-out-of-range", "limit-reached", "secrets-key-missing");

        callback.MapGet("/deliveries", Deliveries)
            .Allow(Callers.WebhooksReading)
            .Describe("listWebhookCallbackDeliveries", "List what was sent to callbacks",
                "Each event for the `callbackUrl` of a session with all tries, the newest event first.")
            .Asks<ListDeliveriesQuery>().Gives<ListView<WebhookDeliveryView>>(200).Refuses("secrets-key-missing");

        callback.MapPost("/deliveries/{deliveryId:uuid}/replay", Replay)
            .Allow(Callers.WebhooksWriting)
            .Describe("replayWebhookCallback", "Send one callback again",
                "Now, and with all tries anew, under the same `webhook-id`.")
            .HeedsNoKey("Repeated, it is sent once more, under the same `webhook-id`.")
            .TakesNothing().Gives<WebhookDeliveryView>(200).Refuses("secrets-key-missing");
    }

    private static Task<IResult> Get(HttpContext http, IWebhooks webhooks) => Of(
        http, webhooks,
        callback => Task.FromResult<IResult>(new Answer<WebhookCallbackView>(
            StatusCodes.Status200OK, WebhookCallbackView.Of(callback), WebhookJson.Default.WebhookCallbackView)
        {
            Secret = true,
        }));

    private static async Task<IResult> Rotate(HttpContext http, IWebhooks webhooks)
    {
        var body = await JsonBody.ReadIfAny(http);
        var (hours, once) = (
            body.As<RotateSecretBody>().OverlapHours ?? WebhookRules.UsualOverlap, body.SecretOperation());
        return body.Refusal(() => WebhookRules.BrokenOverlap(hours))
            ?? await Of(http, webhooks, async callback =>
                (await webhooks.RotateSecret(http.Principal.Id, callback.SubscriptionId, hours, once)).MadeSecret(
                    WebhookSecretView.Of, WebhookJson.Default.WebhookSecretView));
    }

    private static Task<IResult> Deliveries(HttpContext http, IWebhooks webhooks, IWebhookLog deliveries) => Of(
        http, webhooks,
        callback =>
        {
            var query = new Query(http);
            var status = query.OneOf("status", "PENDING", "DELIVERED", "FAILED");
            return query.Listed(
                $"deliveries {callback.SubscriptionId}",
                asked => deliveries.List(callback.SubscriptionId, status, asked),
                delivery => new Cursor(delivery.CreatedAt, delivery.Id), WebhookDeliveryView.Of,
                WebhookJson.Default.ListViewWebhookDeliveryView);
        });

    private static async Task<IResult> Replay(
        Guid deliveryId, HttpContext http, IWebhooks webhooks, IWebhookLog deliveries) =>
        await JsonBody.Unwanted(http)
            ?? await Of(http, webhooks, async callback =>
                (await deliveries.Replay(http.Principal.Id, callback.SubscriptionId, deliveryId)).Shown(
                    WebhookDeliveryView.Of, WebhookJson.Default.WebhookDeliveryView));

    /// <summary>Callbacks are a subscription that each merchant has.</summary>
    private static async Task<IResult> Of(
        HttpContext http, IWebhooks webhooks, Func<CallbackSecrets, Task<IResult>> answer) =>
        await webhooks.Callback(http.Principal.Id) switch
        {
            Reply<CallbackSecrets>.Accepted(var callback, _, _) => await answer(callback),
            Reply<CallbackSecrets>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };
}
