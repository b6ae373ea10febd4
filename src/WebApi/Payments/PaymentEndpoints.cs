using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>Commands to a single payment that waits for its guest.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        var payments = api.MapGroup("/checkout-sessions/{id:uuid}/payments/{paymentId:uuid}").WithTags("Payments");

        payments.MapPost("/initiate", Initiate)
            .In(Lane.Settling)
            .Allow(
                Callers.Staff(StaffRole.Cashier, StaffRole.Manager),
                Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("initiatePayment", "Ring the guest's phone for a payment",
                "For a MOBILE_MONEY payment that waits without a number. One phone rings at a time for a payment, and "
                + "a phone for one payment at a time. The answer comes before the guest's: watch the session.")
            .Takes<InitiatePaymentBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(202)
            .Refuses([
                "phone-invalid", "invalid-text", "card-data-not-accepted", "session-not-pending",
                "payment-not-pending", "session-in-group", "session-of-shop", "payment-in-progress",
                "mobile-money-unavailable",
                .. SessionCodes.Ringing,
            ]);

        payments.MapPost("/authorize", Authorize)
            .In(Lane.Settling)
            .Allow(Callers.AppUser)
            .Describe("authorizePayment", "Approve a payment from the own wallet",
                "For a PLATFORM_WALLET payment that a till waits for: it is taken from the caller's own wallet. 200 "
                + "when it was the last one and the session is confirmed, 202 while others are awaited.")
            .TakesNothing().Heeds(Heading.Key, Heading.Tag)
            .Gives<SessionView>(200).Gives<SessionView>(202)
            .Refuses("session-not-pending", "payment-not-pending", "insufficient-wallet-balance");

        payments.MapPost("/corrections", Correct)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Manager))
            .Describe("correctPayment", "Correct the method of a payment that was keyed wrongly",
                "Cash keyed as a card, for instance: between CASH, CARD and KITCHEN_CHANNEL, which staff take by hand. "
                + "What is left of the payment after refunds goes from the one to the other, by entries of its own. "
                + "It counts in the shift that took the payment; where that one is closed, its figures stay, and the "
                + "correction is told beside them. A second correction names the first one with `corrects`.")
            .Takes<CorrectPaymentBody>().Heeds(Heading.Key)
            .Gives<PaymentCorrectionView>(201)
            .Refuses(
                "payment-method-not-allowed", "kitchen-payment-method-required", "kitchen-payment-method-not-allowed",
                "kitchen-payment-method-not-found", "invalid-text", "card-data-not-accepted",
                "payment-not-correctable", "payment-corrected", "payment-given-back", "payment-method-unchanged",
                "too-many-corrections", "drawer-holds-less", "drawer-full");
    }

    private static async Task<IResult> Correct(Guid id, Guid paymentId, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<CorrectPaymentBody>().Command(http.Principal.Caller, paymentId, body.Operation());
        return body.Refusal(command)
            ?? PaymentCorrectionView.Made(await grains.Session(id).CorrectPayment(command, http.Patience), paymentId);
    }

    private static async Task<IResult> Initiate(Guid id, Guid paymentId, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var (phone, provider) = body.As<InitiatePaymentBody>();
        var command = new InitiatePayment(http.Principal.Caller, paymentId, phone, provider, body.Operation());
        var session = grains.Session(id);
        return body.Refusal(command)
            ?? await http.Mismatch(session, command.Operation)
            ?? http.PaidOrAwaited(await session.Initiate(command, http.Patience));
    }

    private static async Task<IResult> Authorize(Guid id, Guid paymentId, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.ReadIfAny(http);
        var caller = http.Principal;
        var command = new AuthorizePayment(caller.Caller, caller.LiveMode, paymentId, body.Operation());
        return body.Refusal()
            ?? http.PaidOrAwaited(await grains.Session(id).Authorize(command, http.Patience));
    }
}

/// <summary>How the guest has paid.</summary>
/// <param name="PaymentMethod">CASH, CARD or KITCHEN_CHANNEL.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="KitchenPaymentMethodId">Only with KITCHEN_CHANNEL.</param>
/// <param name="Corrects">The payment's last correction, if that one was wrong.</param>
internal sealed record CorrectPaymentBody(
    PaymentMethod PaymentMethod, [Length(1, ShiftRules.LongestReason)] string Reason,
    Guid? KitchenPaymentMethodId = null, Guid? Corrects = null)
{
    public CorrectPayment Command(Caller by, Guid paymentId, Operation? operation) =>
        new(by, paymentId, PaymentMethod, KitchenPaymentMethodId, Reason, Corrects, operation);
}

/// <summary>The phone to push the payment to.</summary>
/// <param name="PhoneNumber">A mobile number of the kitchen's country.</param>
/// <param name="Provider">The network, if it is not the one that the number's prefix shows.</param>
internal sealed record InitiatePaymentBody(
    [RegularExpression(Patterns.Phone)] string PhoneNumber,
    [Length(1, SessionRules.LongestProvider)] string? Provider = null);
