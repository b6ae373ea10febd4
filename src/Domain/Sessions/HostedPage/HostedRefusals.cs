using JikoXpress.Domain.Kitchens;
using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>The refusals of hosted sessions, in the order in which callers see them.</summary>
public static class HostedRefusals
{
    private static readonly string Networks = string.Join(", ", TillNames.Networks);

    public static Refusal AmountRequired { get; } = new(
        Rules, "amount-required", "Say what there is to pay: amount, or lineItems.", "/amount");

    public static Refusal AmountNotAllowed { get; } = new(
        Rules, "amount-not-allowed", "The lineItems say what there is to pay: leave amount out.", "/amount");

    public static Refusal CollectedAmountMismatch(Money due) => new(
        Rules, "amount-not-allowed", $"The session has its amount: {due}.", "/collected/amount",
        [RefusalDetail.Of("expectedTotal", due)]);

    public static Refusal LineItemsRequired { get; } = new(
        Rules, "items-required", "At least one line.", "/lineItems");

    public static Refusal TooManyLines { get; } = new(
        Rules, "too-many-items", $"At most {SessionRules.MostLines} lines.", "/lineItems");

    public static Refusal TotalOutOfRange { get; } = new(
        Rules, "amount-out-of-range", $"A total is {Money.Largest} at most.", "/lineItems");

    public static Refusal CurrencyNotSupported(string currency) => new(
        Rules, "currency-not-supported", $"This store is paid in {currency}.", "/currency",
        [new RefusalDetail("allowed", currency)]);

    public static Refusal CountryNotSupported(string pointer, string country) => new(
        Rules, "country-not-supported", $"Customers of this store pay in {country}.", pointer,
        [new RefusalDetail("allowed", country)]);

    public static Refusal ModeNotSupported { get; } = new(
        Rules, "mode-not-supported",
        "Payment or subscription: no aggregator here takes money without asking the phone, so nothing can be set up.",
        "/mode", [new RefusalDetail("allowed", "payment, subscription")]);

    /// <param name="allowed">The words, separated by commas.</param>
    public static Refusal UnknownWord(string pointer, string allowed) => new(
        Rules, "word-not-known", $"One of {allowed}.", pointer, [new RefusalDetail("allowed", allowed)]);

    public static Refusal MethodNotAllowed(string pointer) => new(
        Rules, "payment-method-not-allowed",
        "This store's page does not take this method: paymentMethodTypes of the session says which.", pointer);

    public static Refusal NoMethods { get; } = new(
        Rules, "payment-method-not-allowed", "Name a method, or leave it out for all.", "/paymentMethodTypes");

    public static Refusal UrlInvalid(string pointer) => new(
        Rules, "url-invalid",
        $"An absolute address of at most {HostedRules.LongestUrl} characters, with https, and without a password.",
        pointer);

    public static Refusal EmailInvalid(string pointer) => new(
        Rules, "email-invalid", "Not an e-mail address.", pointer);

    public static Refusal ReferencesDiffer { get; } = new(
        Rules, "references-differ", "clientReferenceId and externalReference are one reference: send one of them.",
        "/externalReference");

    public static Refusal TooMuchMetadata(string pointer) => new(
        Rules, "too-many-items", $"At most {HostedRules.MostMetadata} entries.", pointer);

    public static Refusal ExpiryOutOfRange { get; } = new(
        Rules, "expiry-out-of-range",
        $"{HostedRules.ShortestLife.TotalSeconds} to {HostedRules.LongestLife.TotalSeconds} seconds.", "/expiresIn");

    public static Refusal StoreRequired { get; } = new(
        Rules, "store-required", "The merchant has several stores: say which one is paid.", "/storeId");

    public static Refusal PhoneRequired { get; } = new(
        Rules, "customer-phone-required", "Say which phone pays.", "/paymentMethod/mobileMoney/phoneNumber");

    public static Refusal OperatorUnknown { get; } = new(
        Rules, "network-unknown",
        $"One of {Networks}; leave it out where the number shows it.", "/paymentMethod/mobileMoney/operator",
        [new RefusalDetail("allowed", Networks)]);

    public static Refusal NothingAsked { get; } = new(
        Rules, "details-not-allowed", "A slip asks for nothing but the phone that pays.", "/collected");

    public static Refusal SessionOfShop { get; } = new(
        State, "session-of-shop", "The session belongs to a web shop, which ends it; its customer pays on its page.");

    /// <summary>
    /// The path names none of the merchant's stores. Merchants' programs know this sentence from other products.
    /// </summary>
    public static Refusal StoreNotFound { get; } = new(NotThere, "store-not-found", "Store not found");

    /// <summary>As <see cref="StoreNotFound"/>, where the body names it.</summary>
    public static Refusal NamedStoreNotFound { get; } = StoreNotFound with { Pointer = "/storeId" };

    public static Refusal Expired { get; } = new(
        Gone, "checkout-expired", "The checkout session has expired; the shop has to open another one.");
}
