namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>The refusals of decisions about payment exceptions.</summary>
public static class PaymentExceptionRefusals
{
    public static Refusal NotFound { get; } = new(
        RefusalStage.NotThere, "not-found", "There is no such payment exception.");

    public static Refusal Resolved { get; } = new(
        RefusalStage.State, "payment-exception-resolved", "This payment exception does not wait any more.");

    public static Refusal DecisionNotAllowed { get; } = new(
        RefusalStage.Rules, "decision-not-allowed",
        "RECEIVED is for an unclear amount, ASSIGN for an unknown reference or a till's money, PAID_BACK for a refused "
        + "refund or a till's money, ANOTHER_PHONE, CASH and BALANCE for a refused refund, CLOSE for all but a refused "
        + "refund.",
        "/decision");

    public static Refusal AmountRequired { get; } = new(
        RefusalStage.Rules, "field-required", "RECEIVED needs the amount.", "/amount");

    public static Refusal ReferenceRequired { get; } = new(
        RefusalStage.Rules, "field-required", "ASSIGN needs the reference of the payment.", "/reference");

    public static Refusal CurrencyMismatch(Currency money, Currency payment) => new(
        RefusalStage.Rules, "currency-mismatch",
        $"The money is in {money.WireName} and the payment in {payment.WireName}: nothing is converted. Pay it back in "
        + "the aggregator's dashboard.",
        "/reference");

    public static Refusal PaymentNotFound { get; } = new(
        RefusalStage.Rules, "payment-not-found", "The same account has no payment with this reference.", "/reference");

    public static Refusal PhoneRequired { get; } = new(
        RefusalStage.Rules, "field-required", "ANOTHER_PHONE needs the phone number.", "/phoneNumber");

    public static Refusal ShiftRequired { get; } = new(
        RefusalStage.Rules, "field-required", "CASH needs the shift whose drawer gives it.", "/shiftId");

    public static Refusal PayoutUnavailable { get; } = new(
        RefusalStage.Rules, "payout-unavailable", "No account of this installation pays out to another phone.",
        "/decision");

    public static Refusal CashNeedsManager { get; } = new(
        RefusalStage.State, "manager-required", "Cash is taken out of a drawer by a manager of the kitchen.");

    public static Refusal RefundUnderWay { get; } = new(
        RefusalStage.State, "refund-under-way",
        "The aggregator may still pay this refund: it can go another way once its answer is a certain no.");

    public static Refusal TooManyPhones { get; } = new(
        RefusalStage.State, "too-many-phones",
        $"A refund is sent to {RefundDecisions.MostPhones} other phones at most.");

    /// <summary>Somebody else has decided it: what, who and when.</summary>
    public static Refusal ResolvedBy(PaymentExceptionDecision decision, Guid by, DateTimeOffset at) => Resolved with
    {
        Details =
        [
            new RefusalDetail("decision", decision.WireName), new RefusalDetail("decidedById", $"{by}"),
            new RefusalDetail("decidedAt", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")),
        ],
    };

    internal static Refusal Settled(RefundDecision decided) => ResolvedBy(
        decided.Way switch
        {
            RefundWay.Dashboard => PaymentExceptionDecision.PaidBack,
            RefundWay.AnotherPhone => PaymentExceptionDecision.AnotherPhone,
            RefundWay.Cash => PaymentExceptionDecision.Cash,
            RefundWay.Balance => PaymentExceptionDecision.Balance,
            RefundWay.Phone => throw new InvalidOperationException("Nobody decides that the aggregator pays."),
        },
        decided.By.Id, decided.At);
}
