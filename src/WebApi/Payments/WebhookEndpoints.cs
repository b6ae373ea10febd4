using JikoXpress.Payments;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// Webhooks by which aggregators report the results of pushes. An event is verified and stored before the answer, and
/// processed afterwards: 200 only means that the event is stored.
/// </summary>
internal static class WebhookEndpoints
{
    /// <summary>One answer for all failures, so that a caller learns neither adapters nor references.</summary>
    private static readonly Problem Unverified = new(
        StatusCodes.Status401Unauthorized, "webhook-unverified", "This is not a webhook of an aggregator of ours.");

    public static void MapPaymentWebhooks(this IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/payments/{adapter}/{token}", Receive)
        .AllowAnyone()
        .In(Lane.Webhooks)
        .WithTags("Payments")
        .Describe("receivePaymentWebhook", "Take an aggregator's word",
            "For aggregators only: signed over the body as it is sent, with a time that is not long ago. Each event "
            + "counts once, however often it is sent.")
        .Gives<WebhookReceipt>(200)
        .Refuses(
            "webhook-unverified", "unsupported-media-type", "request-timeout", "rate-limited", "overloaded",
            "not-ready");

    private static async Task<IResult> Receive(
        string adapter, string token, HttpContext http, Aggregators aggregators, EarlyQueries early,
        Arrivals arrivals, TimeProvider clock)
    {
        if (aggregators.Find(adapter) is not { } sender || !sender.IsItsToken(token)) return Unverified;
        if (MediaType.Refusal(http.Request) is { } unsupported) return unsupported;
        var (body, refusal) = await JsonBody.Bytes(http);
        if (refusal is not null) return refusal;

        var now = clock.GetUtcNow();
        var headers = http.Request.Headers;
        var webhook = new Webhook(
            headers[StandardWebhook.IdHeader], headers[StandardWebhook.TimestampHeader],
            headers[StandardWebhook.SignatureHeader], body);
        if (sender.Read(webhook, now) is not WebhookReading.Genuine(var eventId))
        {
            if (sender.Recall(body) is { } said) early.Hint(said.Reference);
            return Unverified;
        }

        await arrivals.Keep(sender.Name, eventId, body, now);
        return Results.Json(new WebhookReceipt(Received: true), WebhookJson.Default.WebhookReceipt);
    }
}

internal sealed record WebhookReceipt(bool Received);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(
    PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(WebhookReceipt))]
internal sealed partial class WebhookJson : System.Text.Json.Serialization.JsonSerializerContext;
