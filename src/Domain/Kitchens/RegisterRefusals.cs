using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The refusals of registers, the wallets they settle into, and payouts.</summary>
public static class RegisterRefusals
{
    public static Refusal CurrencyMismatch(Currency store) => new(
        Rules, "currency-not-supported", $"This store is paid in {store.WireName}, and the wallet is not.", "/walletId",
        [new RefusalDetail("allowed", store.WireName)]);

    public static Refusal TooManyRegisters { get; } = new(
        Rules, "too-many-items", $"A store can have at most {RegisterRules.MostRegisters} checkouts.");

    public static Refusal TooManyWallets { get; } = new(
        Rules, "too-many-items", $"A merchant can have at most {RegisterRules.MostWallets} wallets.");

    public static Refusal PaidInFuture { get; } = new(
        Rules, "time-in-future", "A payout is recorded after it was made.", "/paidAt");

    public static Refusal StatementTooLong { get; } = new(
        Rules, "parameter-out-of-range", $"A statement has 1 to {WalletStatement.MostDays} days.", "?endDate");

    /// <summary>For a body that names a wallet.</summary>
    public static Refusal WalletUnknown { get; } = new(
        UnknownReference, "wallet-not-found", "Wallet not found", "/walletId");

    /// <summary>For a path that names a wallet.</summary>
    public static Refusal WalletNotFound { get; } = new(NotThere, "not-found", "There is no such wallet.");

    public static Refusal CheckoutNotFound { get; } = new(NotThere, "checkout-not-found", "Checkout not found");

    public static Refusal CheckoutNotActive { get; } = new(
        State, "checkout-not-active", "This checkout is switched off.", "/checkoutId");

    public static Refusal PayoutRecorded { get; } = new(
        State, "payout-already-recorded", "A payout with this reference is recorded for the wallet already.",
        "/reference");
}
