using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The refusals of accounts at aggregators, in the order in which callers see them.</summary>
public static class PaymentAccountRefusals
{
    public static Refusal NameInvalid { get; } = new(
        Rules, "invalid-text", $"1 to {PaymentAccountRules.LongestName} small letters, digits and hyphens.", "/name");

    public static Refusal Missing(AggregatorVendor vendor, string pointer) => new(
        Rules, "field-required", $"{vendor.WireName} needs it.", pointer);

    public static Refusal Unknown(AggregatorVendor vendor, string pointer) => new(
        Rules, "unknown-field", $"{vendor.WireName} has no such member.", pointer);

    public static Refusal AddressNotAllowed(string pointer, string allowed) => new(
        Rules, "address-not-allowed",
        $"Not an address of this aggregator for the kitchen's mode; those are: {allowed}.", pointer);

    public static Refusal PublicAddressInvalid { get; } = new(
        Rules, "address-not-allowed", "The public address of this installation, as in https://pay.example.com.",
        "/settings/publicAddress");

    public static Refusal PositionInvalid { get; } = KitchenRefusals.OutOfRange(
        "/position", $"1 to {PaymentAccountRules.MostAccounts}.");

    public static Refusal NameTaken { get; } = new(
        State, "name-taken", "An account has this name, or had it: names are never used again.", "/name");

    public static Refusal Removed { get; } = new(
        State, "payment-account-removed", "A removed account takes no new payments; add another one.");

    public static Refusal SecretsKeyMissing { get; } = new(
        State, "secrets-key-missing",
        "This installation has no key to encrypt secrets with: see JIKO_SECRETS_KEY_FILE.");
}
