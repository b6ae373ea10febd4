using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>Mobile money in suspense, and the decisions about it.</summary>
internal static class SuspensePaymentEndpoints
{
    public static void MapSuspensePayments(this IEndpointRouteBuilder api)
    {
        var parked = api.MapGroup("/kitchens/{kitchenId:uuid}/parked-payments").WithTags("Payments");

        parked.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listParkedPayments", "List mobile money that waits for a decision",
                "Newest first: what fell short of its payment while the session waits, and what came too late where "
                + "the kitchen's `latePayments` is MANUAL.")
            .Asks<ListQuery>().Gives<ListView<SuspensePaymentView>>(200);

        parked.MapPost("/{reference:length(20)}/decide", Decide)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("decideParkedPayment", "Decide about mobile money that waits",
                "Once; the session's timeline says who. REFUND sends it back to the phone, CREDIT_KITCHEN_WALLET puts "
                + "it on a customer's balance. TAKE_REST, for managers, accepts a payment that fell short: `payments` "
                + "are the rest, paid at the till, and the session is confirmed when nothing else is missing. After "
                + "the other two a phone can be asked for the whole again while the session waits.")
            .Takes<SuspenseDecisionBody>().Heeds(Heading.Key, Heading.Tag)
            .Gives<SessionView>(200).Gives<SessionView>(202)
            .Refuses([.. SessionCodes.Taking, "payment-not-parked", "payment-not-pending"]);

        api.MapGet("/operator/parked-payments", ListAll)
            .Allow(Callers.Operator)
            .WithTags("Operator")
            .Describe("listAllParkedPayments", "List every kitchen's mobile money that waits for a decision",
                "Newest first; `decideParkedPayment` decides.")
            .Asks<ListQuery>().Gives<ListView<SuspensePaymentView>>(200);

        api.MapGet("/operator/payment-conflicts", ListConflicts)
            .Allow(Callers.Operator)
            .WithTags("Operator")
            .Describe("listPaymentConflicts", "List receipts that were told of under two references",
                "Newest first. The money was counted for the first reference only; ask the aggregator whose it is.")
            .Asks<ListQuery>().Gives<ListView<PaymentConflictView>>(200);
    }

    private static Task<IResult> ListConflicts(HttpContext http, IPaymentConflicts conflicts) =>
        new Query(http).Listed(
            "conflicts", conflicts.List, item => new Cursor(item.SeenAt, item.Id), PaymentConflictView.Of,
            SessionJson.Default.ListViewPaymentConflictView);

    private static Task<IResult> List(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ISuspensePayments payments) =>
        Page(kitchenId, http, payments, () => http.Elsewhere(kitchenId, kitchens));

    private static Task<IResult> ListAll(HttpContext http, ISuspensePayments payments) =>
        Page(kitchenId: null, http, payments);

    private static Task<IResult> Page(
        Guid? kitchenId, HttpContext http, ISuspensePayments payments, Func<ValueTask<Problem?>>? elsewhere = null) =>
        new Query(http).Listed(
            $"parked {kitchenId}", asked => payments.List(kitchenId, asked), item => new Cursor(item.At, item.Id),
            SuspensePaymentView.Of, SessionJson.Default.ListViewSuspensePaymentView, elsewhere);

    private static async Task<IResult> Decide(
        Guid kitchenId, string reference, HttpContext http, IKitchens kitchens, ISuspensePayments payments,
        IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<SuspenseDecisionBody>().Command(http.Principal.Caller, reference, body.Operation());
        if ((body.Malformed
            ?? http.NotAtTheTill(command.Decision)
            ?? body.Broken(command)
            ?? await http.Elsewhere(kitchenId, kitchens)) is { } problem)
            return problem;

        return await payments.SessionOf(kitchenId, reference) is { } session
            ? http.PaidOrAwaited(await grains.Session(session).ResolveSuspense(command, http.Patience))
            : Problem.Of(PaymentRefusals.PaymentNotFound);
    }
}

/// <summary>The decision about a payment in suspense (a parked payment).</summary>
/// <param name="KitchenCustomerId">
/// For CREDIT_KITCHEN_WALLET: the customer whose balance gets it. If left out, the customer whose phone has paid.
/// </param>
/// <param name="Payments">For TAKE_REST: the amounts must add up to the missing amount.</param>
internal sealed record SuspenseDecisionBody(
    SuspenseDecision Decision,
    Guid? KitchenCustomerId = null,
    [Length(1, SessionRules.MostPayments)] IReadOnlyList<PaymentBody>? Payments = null)
{
    public ResolveSuspense Command(Caller by, string reference, Operation? operation) =>
        new(by, reference, Decision, KitchenCustomerId, Payments?.Requests(), operation);
}

/// <summary>A payment in suspense (a parked payment): mobile money that waits for a decision.</summary>
/// <param name="Reference">The reference at the aggregator; the path of the decision contains it.</param>
/// <param name="Why">UNDERPAID: less than the payment's amount. LATE: it came when no session could take it.</param>
/// <param name="Received">The amount that the guest paid, in whole shillings.</param>
/// <param name="Due">The amount that the guest had to pay, in whole shillings.</param>
/// <param name="PhoneNumber">The phone that paid, if known.</param>
internal sealed record SuspensePaymentView(
    Guid Id, string Reference, Guid KitchenId, Guid SessionId, Guid PaymentId, SuspenseReason Why, Money Received,
        Money Due,
    string? PhoneNumber, DateTimeOffset ParkedAt)
{
    public string Object { get; } = "parked_payment";

    public required string Currency { get; init; }

    public static SuspensePaymentView Of(SuspensePayment payment) => new(
        payment.Id, payment.Reference, payment.KitchenId, payment.SessionId, payment.PaymentId, payment.Why,
        payment.Received, payment.Due, payment.PaidBy, payment.At)
    {
        Currency = payment.Currency.WireName,
    };
}

/// <summary>A receipt that was told of under two references.</summary>
/// <param name="Adapter">The account at the aggregator.</param>
/// <param name="Receipt">The network's receipt, or the aggregator's own id for the payment.</param>
/// <param name="Reference">Under which it was told of again; nothing was counted for it.</param>
/// <param name="KnownReference">The reference that it was counted for.</param>
/// <param name="ClosedAt">When people had settled it with the aggregator.</param>
internal sealed record PaymentConflictView(
    Guid Id, string Adapter, string Receipt, string Reference, string KnownReference, DateTimeOffset SeenAt,
    DateTimeOffset? ClosedAt)
{
    public string Object { get; } = "payment_conflict";

    public static PaymentConflictView Of(PaymentConflict conflict) => new(
        conflict.Id, conflict.Adapter, conflict.Receipt, conflict.Reference, conflict.KnownReference, conflict.SeenAt,
        conflict.ClosedAt);
}
