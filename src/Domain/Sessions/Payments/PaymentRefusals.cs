using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>The refusals of a single payment of a session.</summary>
public static class PaymentRefusals
{
    public static Refusal PaymentNotFound { get; } = new(NotThere, "not-found", "There is no such payment.");

    public static Refusal PaymentNotPending { get; } = new(
        State, "payment-not-pending", "This payment does not wait for that.");

    public static Refusal PaymentInProgress { get; } = new(
        State, "payment-in-progress",
        "A phone is asked for this payment already; another one only after a definite no.");

    public static Refusal PaymentNotInSuspense { get; } = new(
        State, "payment-not-parked", "Nobody has to decide about this payment, or somebody has done so.");

    public static Refusal CustomerNotFound { get; } = new(
        Rules, "kitchen-customer-not-found", "This kitchen knows no customer by the phone that paid, or by this id.",
        "/kitchenCustomerId");

    public static Refusal WalletAuthorizationNotAllowed(int place) => new(
        Rules, "wallet-authorization-not-allowed", "Only PLATFORM_WALLET at the till takes a code.",
        $"/payments/{place}/walletAuthorization");

    /// <summary>It does not say which of the reasons applies, so that guessing codes reveals nothing.</summary>
    public static Refusal WalletAuthorizationInvalid(int place) => new(
        Rules, "wallet-authorization-invalid",
        "This code was never given, is used already, is older than two minutes, or is for a smaller payment.",
        $"/payments/{place}/walletAuthorization");

    public static Refusal MobileMoneyUnavailable { get; } = new(
        Rules, "mobile-money-unavailable", "This kitchen has no account at a mobile-money aggregator.");
}
