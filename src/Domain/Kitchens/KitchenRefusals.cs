using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The refusals of kitchen management, in the order in which callers see them.</summary>
public static class KitchenRefusals
{
    public static Refusal OutOfRange(string pointer, string sentence) => new(
        Rules, "setting-out-of-range", sentence, pointer);

    public static Refusal TimeZoneUnknown { get; } = new(
        Rules, "time-zone-unknown", "Not a time zone of the IANA database, such as Africa/Dar_es_Salaam.",
        "/settings/timeZone");

    public static Refusal PinInvalid(int shortest) => new(
        Rules, "pin-invalid", $"A PIN must be {shortest} to {StaffRules.LongestPin} digits.", "/pin");

    public static Refusal PinTooSimple { get; } = new(
        Rules, "pin-too-simple", "This PIN is among the first that anybody tries.", "/pin");

    public static Refusal PaymentMethodNotAllowed(PaymentMethod method) => new(
        Rules, "payment-method-not-allowed",
        $"{method.WireName} cannot be put on a balance by staff; CASH, CARD and KITCHEN_CHANNEL can.",
            "/paymentMethod");

    public static Refusal PaymentMethodRequired { get; } = new(
        Rules, "kitchen-payment-method-required", "KITCHEN_CHANNEL requires the kitchen's payment method.",
        "/kitchenPaymentMethodId");

    public static Refusal PaymentMethodUnwanted { get; } = new(
        Rules, "kitchen-payment-method-not-allowed",
        "A kitchen payment method is accepted only with KITCHEN_CHANNEL.", "/kitchenPaymentMethodId");

    public static Refusal PaymentMethodNotFound { get; } = new(
        Rules, "kitchen-payment-method-not-found", "This kitchen has no such payment method, or it is switched off.",
        "/kitchenPaymentMethodId");

    public static Refusal PairingCodeInvalid { get; } = new(
        Rules, "pairing-code-invalid", "This code is unknown, already used, or older than five minutes.",
        "/code");

    public static Refusal TableCodeInvalid { get; } = new(
        Rules, "table-code-invalid", "This is not the code of a table, or it has been replaced.", "/code");

    /// <summary>A guest may order only for the table whose code they scanned.</summary>
    public static Refusal TableMismatch(string own) => new(
        Rules, "table-mismatch", $"The code that was scanned is of table {own}.", "/tableNumber");

    public static Refusal KitchenRequired { get; } = new(
        Rules, "kitchen-required", "Name at least one kitchen.", "/kitchenIds");

    public static Refusal TooManyKitchens(int most) => new(
        Rules, "too-many-items", $"A bot can have at most {most} kitchens.", "/kitchenIds");

    public static Refusal KitchensOfBothModes { get; } = new(
        Rules, "livemode-mismatch", "A bot's kitchens must be all live or all test.", "/kitchenIds");

    public static Refusal KitchenNotFound(int place) => new(
        NotThere, "not-found", "There is no such kitchen.", $"/kitchenIds/{place}");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is nothing at this path.");

    public static Refusal PhoneTaken { get; } = new(
        State, "phone-taken", "Another entry already has this phone number.", "/phone");

    public static Refusal TillNumberRequired { get; } = new(
        Rules, "field-required", "TILL needs the till number.", "/tillNumber");

    public static Refusal TillNumberInvalid { get; } = new(
        Rules, "till-number-invalid",
        $"A till number has {ChannelShapeRules.ShortestTillNumber} to {ChannelShapeRules.LongestTillNumber} digits.",
        "/tillNumber");

    public static Refusal TillNumberTaken { get; } = new(
        State, "till-number-taken", "Another payment method of the kitchen has this till number.", "/tillNumber");

    public static Refusal NetworkUnknown { get; } = new(
        Rules, "network-unknown", $"The provider of a till is one of {string.Join(", ", TillNames.Networks)}.",
        "/provider");

    public static Refusal TillCurrency { get; } = new(
        Rules, "currency-mismatch", "The networks of till numbers pay in TZS, and this kitchen has another currency.",
        "/shape");

    public static Refusal AccountRequired { get; } = new(
        Rules, "field-required", "ACCOUNT needs the account's name.", "/account");

    public static Refusal AccountUnknown { get; } = new(
        Rules, "account-unknown", "The kitchen can use no account at an aggregator with this name.", "/account");

    public static Refusal NameTaken { get; } = new(
        State, "name-taken", "This kitchen already has one with this name.", "/name");

    public static Refusal TableTaken { get; } = new(
        State, "name-taken", "This kitchen already has a table with this number.", "/number");

    public static Refusal LastManager { get; } = new(
        State, "last-manager", "A kitchen must keep at least one active manager.");

    /// <summary>Amounts are not converted, so a currency is for as long as there are amounts in it.</summary>
    public static Refusal CurrencyInUse(Currency currency) => new(
        State, "currency-in-use",
        $"This kitchen has prices or money in {currency.WireName}, which are not converted: its currency cannot change "
        + "any more. Make another kitchen.",
        "/settings/currency");

    public static Refusal TooMany(string what, int most) => new(
        State, "limit-reached", $"A kitchen can have at most {most} {what}.");
}
