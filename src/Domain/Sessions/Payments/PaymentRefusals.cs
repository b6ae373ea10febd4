using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>The refusals of a single payment of a session.</summary>
public static class PaymentRefusals
{
    public static Refusal PaymentNotFound { get; } = new(NotThere, "not-found", "There is no such payment.");

    public static Refusal PaymentNotPending { get; } = new(
        State, "payment-not-pending", "The payment is not waiting for this.");

    public static Refusal PaymentInProgress { get; } = new(
        State, "payment-in-progress",
        "A phone has already been asked for this payment; another can be asked after it has refused, or "
        + "when the time to pay is over.");

    /// <param name="until">When the phone is free at the latest.</param>
    public static Refusal PhoneBusy(DateTimeOffset until, DateTimeOffset now) => new(
        State, "phone-busy",
        "This phone is being asked for another payment; it can be asked again when that one is paid or refused.",
        "", [Until(until)], RetryAfter: Seconds(until, now));

    /// <param name="until">When the oldest of those requests is forgotten.</param>
    public static Refusal PhoneAskedTooOften(DateTimeOffset until, DateTimeOffset now) => new(
        TooOften, "phone-asked-too-often",
        "Too many requests to pay were sent and not paid within an hour; take another payment, or try later.",
        "", [Until(until)], RetryAfter: Seconds(until, now));

    public static Refusal PaymentNotInSuspense { get; } = new(
        State, "payment-not-parked", "This payment does not wait for a decision.");

    public static Refusal MethodNotAttested { get; } = new(
        Rules, "payment-method-not-allowed",
        "A payment is corrected to a method of the kitchen's own only where a cashier's word is enough for it.",
        "/kitchenPaymentMethodId");

    public static Refusal MethodNotTakenByHand(PaymentMethod method) => new(
        Rules, "payment-method-not-allowed",
        $"{method.WireName} is not taken by hand; a payment is corrected to CASH, CARD or KITCHEN_CHANNEL.",
        "/paymentMethod");

    public static Refusal CorrectionNotFound { get; } = new(
        NotThere, "not-found", "The payment has no such correction.");

    public static Refusal PaymentNotCorrectable { get; } = new(
        State, "payment-not-correctable",
        "Only a payment that staff took by hand, and that has paid its sale, can be corrected.");

    public static Refusal PaymentCorrected(Guid correctionId) => new(
        State, "payment-corrected", "The payment was corrected before; name that correction to correct it.", "",
        [new RefusalDetail("correctionId", $"{correctionId}")]);

    public static Refusal PaymentGivenBack { get; } = new(
        State, "payment-given-back", "All of this payment was given back; nothing is left to correct.");

    public static Refusal PaymentMethodUnchanged { get; } = new(
        State, "payment-method-unchanged", "The payment has this method already.");

    public static Refusal TooManyCorrections { get; } = new(
        State, "too-many-corrections",
        $"A payment can be corrected at most {PaymentCorrections.MostCorrections} times.");

    public static Refusal CustomerNotFound { get; } = new(
        Rules, "kitchen-customer-not-found", "This kitchen has no customer with the phone that paid, or with this id.",
        "/kitchenCustomerId");

    public static Refusal WalletAuthorizationNotAllowed(int place) => new(
        Rules, "wallet-authorization-not-allowed", "A code is accepted only with PLATFORM_WALLET at a till.",
        $"/payments/{place}/walletAuthorization");

    /// <summary>It does not say which of the reasons applies, so that guessing codes reveals nothing.</summary>
    public static Refusal WalletAuthorizationInvalid(int place) => new(
        Rules, "wallet-authorization-invalid",
        "This code is unknown, already used, older than two minutes, or for a smaller payment.",
        $"/payments/{place}/walletAuthorization");

    public static Refusal MobileMoneyUnavailable { get; } = new(
        Rules, "mobile-money-unavailable", "This kitchen has no account at a mobile-money aggregator.");

    /// <param name="taken">The currencies that some account takes.</param>
    public static Refusal MobileMoneyUnavailableIn(
        Currency currency, Country country, IEnumerable<Currency> taken) => new(
        Rules, "mobile-money-unavailable",
        $"No account at an aggregator takes {currency.WireName} from phones of {country.WireName}; the accounts here "
        + $"take {string.Join(", ", taken.Select(one => one.WireName))}.");

    public static Refusal PlatformWalletIsInShillings(Currency currency, int place) => new(
        Rules, "payment-method-not-allowed",
        $"Balances of app users are in {Currencies.OfThePlatform.WireName}, this kitchen sells in {currency.WireName}; "
        + "nothing is converted.",
        $"/payments/{place}/paymentMethod");

    private static RefusalDetail Until(DateTimeOffset until) =>
        new("until", until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));

    private static int Seconds(DateTimeOffset until, DateTimeOffset now) =>
        Math.Max(1, (int)Math.Ceiling((until - now).TotalSeconds));
}
