using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>Payments by phone that no rule can decide, and what people decide about them.</summary>
internal static class PaymentExceptionEndpoints
{
    private const string About =
        "Newest first. AMOUNT_UNCLEAR: paid, with an amount or currency that cannot be taken as it is. REVERSED: "
        + "the network took the money back. CONTRADICTED: paid at first, and failed when asked again. "
        + "UNKNOWN_REFERENCE: paid with a reference that is not ours; `suggestions` are payments of the same phone "
        + "or amount. REFUND_REFUSED: the aggregator does not pay back. REFUND_PAID_TWICE: it went another way, and "
        + "the aggregator has paid it after all. NOT_LISTED, AMOUNT_DIFFERS: the aggregator's list of the day is not "
        + "as the books. TILL_UNMATCHED: the kitchen's till has brought money that fits no payment, or several; "
        + "`suggestions` are the kitchen's own. RECEIPT_DIFFERS: the till brought another amount than a cashier has "
        + "attested with the receipt. What settles itself leaves the list; with `status` DECIDED it has what was "
        + "decided.";

    private const string Deciding =
        "Once; the audit trail says who. RECEIVED, of an unclear amount: so much came, as the aggregator's dashboard "
        + "shows; it counts like any payment. ASSIGN, of an unknown reference or a till's money: the money was for "
        + "the payment of `reference`; what that one does not need goes back. CLOSE, of all but a refused refund: "
        + "people have settled it elsewhere. A refused refund goes another way, and is not tried again: "
        + "ANOTHER_PHONE sends it to that phone, CASH comes out of the drawer of the shift, BALANCE goes onto the "
        + "customer's balance, and PAID_BACK says that it was paid in the aggregator's dashboard, or from the till's "
        + "phone. As long as the aggregator may still pay it, the first three are refused with `refund-under-way`. "
        + "PAID_BACK of a till's money: people have sent it back.";

    public static void MapPaymentExceptions(this IEndpointRouteBuilder api)
    {
        var ofKitchen = api.MapGroup("/kitchens/{kitchenId:uuid}/payment-exceptions").WithTags("Payments");

        ofKitchen.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listPaymentExceptions", "List payments that wait for a person", About)
            .Asks<ListPaymentExceptionsQuery>().Gives<ListView<PaymentExceptionView>>(200);

        ofKitchen.MapPost("/{id:uuid}/resolve", Resolve)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("resolvePaymentException", "Decide about a payment that waits for a person", Deciding)
            .Takes<PaymentExceptionDecisionBody>().Heeds(Heading.Key)
            .Gives<PaymentExceptionView>(200)
            .Refuses(PaymentExceptionDecisionBody.Codes);

        var ofAll = api.MapGroup("/operator/payment-exceptions").WithTags("Operator");

        ofAll.MapGet("", ListAll)
            .Allow(Callers.Operator)
            .Describe("listAllPaymentExceptions", "List every kitchen's payments that wait for a person", About)
            .Asks<ListPaymentExceptionsQuery>().Gives<ListView<PaymentExceptionView>>(200);

        ofAll.MapPost("/{id:uuid}/resolve", ResolveAny)
            .Allow(Callers.Operator)
            .Describe("resolveAnyPaymentException", "Decide about any payment that waits for a person", Deciding)
            .Takes<PaymentExceptionDecisionBody>().Heeds(Heading.Key)
            .Gives<PaymentExceptionView>(200)
            .Refuses(PaymentExceptionDecisionBody.Codes);
    }

    private static Task<IResult> List(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IPaymentExceptionList exceptions) =>
        Page(kitchenId, http, exceptions, () => http.Elsewhere(kitchenId, kitchens));

    private static Task<IResult> ListAll(HttpContext http, IPaymentExceptionList exceptions) =>
        Page(kitchenId: null, http, exceptions);

    private static Task<IResult> Page(
        Guid? kitchenId, HttpContext http, IPaymentExceptionList exceptions,
        Func<ValueTask<Problem?>>? elsewhere = null)
    {
        var query = new Query(http);
        var status = query.WireName<PaymentExceptionStatus>("status") ?? PaymentExceptionStatus.Waiting;
        ILookup<Guid, PaymentSuggestion>? suggested = null;
        return query.Listed(
            $"exceptions {kitchenId}", Read, item => new Cursor(item.SeenAt, item.Id),
            item => PaymentExceptionView.Of(item, HasSuggestions(item) ? suggested?[item.Id] : null),
            SessionJson.Default.ListViewPaymentExceptionView, elsewhere);

        async Task<Page<PaymentException>> Read(PageRequest asked)
        {
            var page = await exceptions.List(kitchenId, status, asked);
            suggested = await exceptions.Suggestions([.. page.Items.Where(HasSuggestions)]);
            return page;
        }

        // Only who sees all kitchens may see theirs. What a till has brought is for a payment of its own kitchen.
        bool HasSuggestions(PaymentException item) => item.Kind is PaymentExceptionKind.TillUnmatched
            || (kitchenId is null && item.Kind is PaymentExceptionKind.UnknownReference);
    }

    private static Task<IResult> Resolve(
        Guid kitchenId, Guid id, HttpContext http, IKitchens kitchens, IPaymentExceptionList exceptions,
        PaymentExceptionDecisions decisions) =>
        Decide(kitchenId, id, http, exceptions, decisions, () => http.Elsewhere(kitchenId, kitchens));

    private static Task<IResult> ResolveAny(
        Guid id, HttpContext http, IPaymentExceptionList exceptions, PaymentExceptionDecisions decisions) =>
        Decide(kitchenId: null, id, http, exceptions, decisions);

    private static async Task<IResult> Decide(
        Guid? kitchenId, Guid id, HttpContext http, IPaymentExceptionList exceptions,
        PaymentExceptionDecisions decisions, Func<ValueTask<Problem?>>? elsewhere = null)
    {
        var body = await JsonBody.Read(http);
        var resolution = body.As<PaymentExceptionDecisionBody>().Resolution;
        var operation = body.Operation();
        if (body.Refusal(resolution) is { } refused) return refused;
        if (elsewhere is not null && await elsewhere() is { } absent) return absent;
        if (await exceptions.Find(kitchenId, id) is not { } exception)
            return Problem.Of(PaymentExceptionRefusals.NotFound);
        return await decisions.Decide(http.Principal.Caller, exception, resolution, operation) switch
        {
            Reply<PaymentException>.Accepted(var decided, _, var replayed) => new Answer<PaymentExceptionView>(
                StatusCodes.Status200OK, PaymentExceptionView.Of(decided, null),
                SessionJson.Default.PaymentExceptionView)
            {
                Replayed = replayed,
            },
            Reply<PaymentException>.Refused(var refusals) => Problem.Of(refusals),
            var other => throw new InvalidOperationException($"A decision has no answer {other}."),
        };
    }
}

/// <param name="Status">WAITING if left out.</param>
internal sealed record ListPaymentExceptionsQuery([AllowedValues("WAITING", "DECIDED")] string? Status) : PageQuery;

/// <summary>The decision about a payment that waits for a person.</summary>
/// <param name="Amount">For RECEIVED: what came, in whole shillings.</param>
/// <param name="Reference">For ASSIGN: the reference of the payment that the money was for.</param>
/// <param name="Note">For the audit trail, in your words.</param>
/// <param name="PhoneNumber">For ANOTHER_PHONE, in E.164.</param>
/// <param name="ShiftId">For CASH: the open shift whose drawer gives it.</param>
/// <param name="KitchenCustomerId">
/// For BALANCE: the customer. If left out, the app user who opened the session, or else the customer whose phone paid.
/// </param>
internal sealed record PaymentExceptionDecisionBody(
    PaymentExceptionDecision Decision,
    Money? Amount = null,
    [Length(PaymentReference.Length, PaymentReference.Length)] string? Reference = null,
    [Length(1, PaymentExceptionResolution.LongestNote)] string? Note = null,
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null,
    Guid? ShiftId = null,
    Guid? KitchenCustomerId = null)
{
    public static string[] Codes { get; } =
    [
        "payment-exception-resolved", "decision-not-allowed", "payment-not-found", "currency-mismatch",
        "amount-out-of-range",
        "invalid-text", "card-data-not-accepted", "phone-invalid", "kitchen-customer-not-found", "payout-unavailable",
        "refund-under-way", "too-many-phones", "manager-required", "shift-not-open", "drawer-holds-less",
    ];

    internal PaymentExceptionResolution Resolution => new(
        Decision, Amount, Reference, Note, PhoneNumber, ShiftId, KitchenCustomerId);
}

/// <summary>A payment by phone that waits for a person.</summary>
/// <param name="Reference">Of the payment or the refund; an unknown one as the aggregator writes it.</param>
/// <param name="KitchenId">Left out where nobody knows whose it is.</param>
/// <param name="Amount">In whole shillings; left out where it is not a valid amount.</param>
/// <param name="Said">The amount and currency as the aggregator wrote them.</param>
/// <param name="PhoneNumber">The phone that paid, or that is to get the refund, if known.</param>
/// <param name="Decision">
/// Left out while it waits. RETURNED: nobody has claimed the money in time, and it goes back to the phone by itself.
/// </param>
/// <param name="DecidedById">Left out where the product has decided.</param>
/// <param name="ReturnStatus">Of RETURNED: SUCCEEDED when the phone has it.</param>
/// <param name="Suggestions">
/// Of a till's money, and of an unknown reference for operators: payments that the money may be for.
/// </param>
internal sealed record PaymentExceptionView(
    Guid Id, PaymentExceptionKind Kind, string Adapter, string Reference, string? Receipt, Guid? KitchenId,
    Guid? SessionId, Money? Amount, string? Said, string? PhoneNumber, DateTimeOffset SeenAt,
    PaymentExceptionDecision? Decision, DateTimeOffset? DecidedAt, Guid? DecidedById, RefundStatus? ReturnStatus,
    IReadOnlyList<PaymentSuggestionView>? Suggestions)
{
    public string Object { get; } = "payment_exception";

    /// <summary>Of the amount.</summary>
    public required string Currency { get; init; }

    public static PaymentExceptionView Of(PaymentException item, IEnumerable<PaymentSuggestion>? suggestions) => new(
        item.Id, item.Kind, item.Adapter, item.Reference, item.Receipt, item.KitchenId, item.SessionId, item.Amount,
        item.Said, item.PhoneNumber, item.SeenAt, item.Decided?.Decision, item.DecidedAt, item.DecidedBy,
        item.Decided?.Decision is not PaymentExceptionDecision.Returned ? null
            : item.IsReturned ? RefundStatus.Succeeded
            : RefundStatus.Pending,
        suggestions is null ? null : [.. suggestions.Select(PaymentSuggestionView.Of)])
    {
        Currency = item.Currency.WireName,
    };
}

/// <summary>A payment that money with an unknown reference may be for.</summary>
/// <param name="Reference">For the decision ASSIGN.</param>
/// <param name="SamePhone">The phone that was asked is the one that paid.</param>
/// <param name="SameAmount">The amount that was asked is the one that was paid.</param>
internal sealed record PaymentSuggestionView(
    string Reference, Guid KitchenId, Guid SessionId, Money Amount, string? PhoneNumber, AttemptStatus Status,
    DateTimeOffset StartedAt, bool SamePhone, bool SameAmount)
{
    public static PaymentSuggestionView Of(PaymentSuggestion known) => new(
        known.Reference, known.KitchenId, known.SessionId, known.Amount, known.PhoneNumber, known.Status,
        known.StartedAt, known.SamePhone, known.SameAmount);
}
