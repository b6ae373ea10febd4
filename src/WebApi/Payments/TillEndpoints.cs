using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>What kitchens' tills receive, and what their cashiers attest.</summary>
internal static class TillEndpoints
{
    /// <summary>One answer for all failures, so that a caller learns no names.</summary>
    private static readonly Problem Unverified = new(
        StatusCodes.Status401Unauthorized, "webhook-unverified", "This is not a forwarder of ours.");

    public static void MapAttestations(this IEndpointRouteBuilder api) => api
        .MapPost("/checkout-sessions/{id:uuid}/payments/{paymentId:uuid}/attest", Attest)
        .In(Lane.Settling)
        .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager))
        .WithTags("Payments")
        .Describe("attestPayment", "Attest a payment on the kitchen's till with its receipt",
            "For a KITCHEN_CHANNEL payment that waits for its till's notification: the cashier has seen the network's "
            + "receipt. Each receipt counts once, and the till's notification of it later is no other money. 200 when "
            + "it was the last payment and the session is confirmed, 202 while others are awaited.")
        .Takes<AttestPaymentBody>().Heeds(Heading.Key, Heading.Tag)
        .Gives<SessionView>(200).Gives<SessionView>(202)
        .Refuses(
            "receipt-invalid", "receipt-amount-mismatch", "receipt-used", "session-not-pending",
            "payment-not-pending");

    public static void MapTillNotifications(this IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/till/{name}/{token}", Receive)
        .AllowAnyone()
        .In(Lane.Webhooks)
        .WithTags("Payments")
        .Describe("receiveTillNotification", "Take what a kitchen's till has received",
            "For the forwarders of the file in JIKO_TILLS only, signed as Standard Webhooks with a time that is not "
            + "long ago. The body has `receipt`, `network`, `tillNumber`, `amount` in whole shillings and, if known, "
            + "`phoneNumber`, `paidAt` and the `reference` that the guest typed. Each receipt counts once.")
        .HeedsNoKey("Repeating it does no harm.")
        .Gives<WebhookReceipt>(200)
        .Refuses(
            "webhook-unverified", "till-notification-invalid", "unsupported-media-type", "request-timeout",
            "rate-limited", "overloaded", "store-unavailable", "not-ready");

    private static async Task<IResult> Attest(Guid id, Guid paymentId, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = new AttestPayment(
            http.Principal.Caller, paymentId, body.As<AttestPaymentBody>().Receipt, body.Operation());
        return body.Refusal(command)
            ?? http.PaidOrAwaited(await grains.Session(id).Attest(command, http.Patience));
    }

    private static async Task<IResult> Receive(
        string name, string token, HttpContext http, TillForwarders forwarders, Arrivals arrivals,
        ForgedWebhookCounts forged, TimeProvider clock)
    {
        if (forwarders.Find(name) is not { } forwarder) return Unverified;
        if (!forwarder.IsItsToken(token)) return Forged();
        if (MediaType.Refusal(http.Request) is { } unsupported) return unsupported;
        var (body, refusal) = await JsonBody.Bytes(http);
        if (refusal is not null) return refusal;

        var now = clock.GetUtcNow();
        var webhook = WebhookEndpoints.WebhookOf(http.Request, body);
        if (!forwarder.HasSigned(webhook, now)) return Forged();
        if (TillNotice.Read(body) is (null, var wrong))
            return new Problem(
                StatusCodes.Status422UnprocessableEntity, "till-notification-invalid", wrong ?? "It has no receipt.");
        // A phone that was set up anew may number its notifications from one again: another body is another event.
        var id = $"{webhook.Header(StandardWebhook.IdHeader)}:{webhook.Digest}";
        await arrivals.Keep(TillForwarders.InboxName(forwarder), id, body, now);
        var reply = WebhookReply.Received;
        return Results.Text(reply.Body, reply.ContentType, statusCode: reply.Status);

        Problem Forged()
        {
            forged.Add(TillForwarders.InboxName(forwarder), clock.GetUtcNow());
            return Unverified;
        }
    }
}

/// <summary>The receipt that a cashier has seen.</summary>
/// <param name="Receipt">The network's code, on the guest's phone or the till's; blanks and dots do not matter.</param>
internal sealed record AttestPaymentBody([RegularExpression(ReceiptCode.Pattern)] string Receipt);
