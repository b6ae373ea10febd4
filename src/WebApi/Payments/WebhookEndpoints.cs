using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
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
        .HeedsNoKey("Repeating it does no harm.")
        .Gives<WebhookReceipt>(200)
        .Refuses(
            "webhook-unverified", "unsupported-media-type", "request-timeout", "rate-limited", "overloaded",
            "store-unavailable", "not-ready");

    private static async Task<IResult> Receive(
        string adapter, string token, HttpContext http, Aggregators aggregators, EarlyQueries early,
        Arrivals arrivals, ForgedWebhookCounts forged, TimeProvider clock)
    {
        // Tills have a path of their own.
        if (TillNames.IsTill(adapter) || await aggregators.Look(adapter) is not { } sender) return Unverified;
        if (!sender.IsItsToken(token))
        {
            forged.Add(sender.Name, clock.GetUtcNow());
            return Unverified;
        }

        if (MediaType.Refusal(http.Request) is { } unsupported) return unsupported;
        var (body, refusal) = await JsonBody.Bytes(http);
        if (refusal is not null) return refusal;

        var now = clock.GetUtcNow();
        var webhook = WebhookOf(http.Request, body);
        var reading = sender.Read(webhook, now);
        if (reading is WebhookReading.Unverified && await sender.RefreshKeys(http.RequestAborted))
            reading = sender.Read(webhook, now);
        switch (reading)
        {
            case WebhookReading.Genuine(var eventId):
                await arrivals.Keep(sender.Name, eventId, body, now);
                break;
            case WebhookReading.Irrelevant:
                break;
            default:
                if (sender.Recall(body) is { } said && PaymentReference.IsOne(said.Reference))
                    early.Hint(said.Reference);
                forged.Add(sender.Name, now);
                return Unverified;
        }

        var reply = sender.Reply;
        return Results.Text(reply.Body, reply.ContentType, statusCode: reply.Status);
    }

    internal static Webhook WebhookOf(HttpRequest request, byte[] body) => new(
        request.Method, request.Host.Value?.ToLowerInvariant() ?? "", request.PathBase + request.Path,
        Webhook.HeadersOf(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))),
        body);
}

/// <summary>What most aggregators are answered.</summary>
internal sealed record WebhookReceipt(bool Received);
