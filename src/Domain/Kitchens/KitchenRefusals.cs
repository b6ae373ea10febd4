using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The refusals of kitchen management, in the order in which callers see them.</summary>
public static class KitchenRefusals
{
    public static Refusal InvalidText(string pointer, string sentence) => new(Rules, "invalid-text", sentence, pointer);

    public static Refusal CardDataNotAccepted(string pointer) => new(
        Rules, "card-data-not-accepted", "This looks like a card number; card numbers are never accepted here.",
        pointer);

    public static Refusal PhoneInvalid(string pointer) => new(
        Rules, "phone-invalid", "Not a Tanzanian mobile number: +255, then nine digits beginning with 6 or 7.",
        pointer);

    public static Refusal AmountOutOfRange(string pointer) => new(
        Rules, "amount-out-of-range", $"An amount is 1 to {Money.Largest}.", pointer);

    public static Refusal OutOfRange(string pointer, string sentence) => new(
        Rules, "setting-out-of-range", sentence, pointer);

    public static Refusal TimeZoneUnknown { get; } = new(
        Rules, "time-zone-unknown", "Not a time zone of the IANA database, such as Africa/Dar_es_Salaam.",
        "/settings/timeZone");

    public static Refusal PinInvalid(int shortest) => new(
        Rules, "pin-invalid", $"A PIN is {shortest} to {StaffRules.LongestPin} digits.", "/pin");

    public static Refusal PinTooSimple { get; } = new(
        Rules, "pin-too-simple", "This is among the first PINs that anybody tries.", "/pin");

    public static Refusal PaymentMethodNotAllowed(PaymentMethod method) => new(
        Rules, "payment-method-not-allowed",
        $"{method.WireName} cannot be put on a balance by staff; CASH, CARD and KITCHEN_CHANNEL can.",
            "/paymentMethod");

    public static Refusal PaymentMethodRequired { get; } = new(
        Rules, "kitchen-payment-method-required", "KITCHEN_CHANNEL needs the method.", "/kitchenPaymentMethodId");

    public static Refusal PaymentMethodUnwanted { get; } = new(
        Rules, "kitchen-payment-method-not-allowed", "Only KITCHEN_CHANNEL names a method.", "/kitchenPaymentMethodId");

    public static Refusal PaymentMethodNotFound { get; } = new(
        Rules, "kitchen-payment-method-not-found", "This kitchen has no such payment method, or it is switched off.",
        "/kitchenPaymentMethodId");

    public static Refusal PairingCodeInvalid { get; } = new(
        Rules, "pairing-code-invalid", "This code was never given, is used already, or is older than five minutes.",
        "/code");

    public static Refusal TableCodeInvalid { get; } = new(
        Rules, "table-code-invalid", "This is no table's code, or it has been replaced.", "/code");

    /// <summary>A guest may order only for the table whose code they scanned.</summary>
    public static Refusal TableMismatch(string own) => new(
        Rules, "table-mismatch", $"This guest sits at table {own}.", "/tableNumber");

    public static Refusal KitchenRequired { get; } = new(
        Rules, "kitchen-required", "Say whose orders the bot takes.", "/kitchenIds");

    public static Refusal TooManyKitchens(int most) => new(
        Rules, "too-many-items", $"A bot takes orders for at most {most} kitchens.", "/kitchenIds");

    public static Refusal KitchensOfBothModes { get; } = new(
        Rules, "livemode-mismatch", "A bot's kitchens all take real money, or none does.", "/kitchenIds");

    public static Refusal KitchenNotFound(int place) => new(
        NotThere, "not-found", "There is no such kitchen.", $"/kitchenIds/{place}");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is nothing here.");

    public static Refusal PhoneTaken { get; } = new(
        State, "phone-taken", "Somebody else is known by this phone number already.", "/phone");

    public static Refusal NameTaken { get; } = new(
        State, "name-taken", "This kitchen has one of this name already.", "/name");

    public static Refusal TableTaken { get; } = new(
        State, "name-taken", "This kitchen has a table of this number already.", "/number");

    public static Refusal LastManager { get; } = new(
        State, "last-manager", "A kitchen keeps at least one manager who works there.");

    public static Refusal TooMany(string what, int most) => new(
        State, "limit-reached", $"A kitchen has at most {most} {what}.");
}
