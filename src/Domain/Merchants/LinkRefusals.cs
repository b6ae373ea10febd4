using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Merchants;

/// <summary>The refusals of payment links, in the order in which callers see them.</summary>
public static class LinkRefusals
{
    public static Refusal AmountRequired { get; } = new(
        Rules, "amount-required", "Say what there is to pay: amount, openAmount or lineItems.", "/amount");

    public static Refusal AmountTwice { get; } = new(
        Rules, "amount-not-allowed", "Send one of amount, openAmount and lineItems.", "/amount");

    public static Refusal AmountsReversed { get; } = new(
        Rules, "amount-out-of-range", "The most must not be below the least.", "/openAmount/max");

    public static Refusal AmountOutOfRange(string pointer, Money least, Money most) => new(
        Rules, "amount-out-of-range", $"{least} to {most}.", pointer);

    public static Refusal AmountToChoose { get; } = new(
        Rules, "amount-required", "The link leaves the amount open: say how much.", "/amount");

    public static Refusal AmountGiven { get; } = new(
        Rules, "amount-not-allowed", "The link says what there is to pay: leave amount out.", "/amount");

    public static Refusal QuantityOutOfRange(string pointer, int least, int most) => new(
        Rules, "quantity-out-of-range", $"{least} to {most}.", pointer);

    public static Refusal QuantitiesNotAllowed(int lines) => new(
        Rules, "quantities-mismatch", $"One quantity for each of the link's {lines} lines, in their order.",
        "/quantities");

    public static Refusal SetByLink(string pointer) => new(
        Rules, "set-by-payment-link", "The payment link says this: leave it out.", pointer);

    public static Refusal MessageNotAllowed { get; } = new(
        Rules, "message-not-allowed", "Customers go to successUrl and see no message: send one of them.",
        "/successMessage");

    public static Refusal Required(string pointer) => new(
        Rules, "field-required", $"{pointer[(pointer.LastIndexOf('/') + 1)..]} is required.", pointer);

    public static Refusal TooManyFields { get; } = new(
        Rules, "too-many-items", $"At most {LinkRules.MostFields} fields.", "/customFields");

    public static Refusal KeyTwice(string pointer) => new(
        Rules, "invalid-text", "Another field of the link has this key.", pointer);

    public static Refusal OptionsNotAllowed(string pointer) => new(
        Rules, "unknown-field", "Only a dropdown has options.", pointer);

    public static Refusal TooManyOptions(string pointer) => new(
        Rules, "too-many-items", $"At most {LinkRules.MostOptions} options.", pointer);

    public static Refusal FieldNotKnown(string pointer) => new(
        Rules, "unknown-field", "The payment link has no such field.", pointer);

    public static Refusal NotANumber(string pointer) => new(Rules, "invalid-text", "Not a number.", pointer);

    public static Refusal PaymentsOutOfRange { get; } = new(
        Rules, "quantity-out-of-range", $"1 to {LinkRules.MostPayments} payments.", "/maxPayments");

    public static Refusal SessionLifeOutOfRange { get; } = new(
        Rules, "expiry-out-of-range", "60 to 86400 seconds.", "/sessionExpiresIn");

    public static Refusal ExpiryOver { get; } = new(
        Rules, "expiry-out-of-range", "This moment is over.", "/expiresAt");

    public static Refusal NothingToChange { get; } = new(
        Rules, "field-required", "Say what to change: active, description or successMessage.", "/active");

    public static Refusal NotFound { get; } = new(
        NotThere, "not-found", "There is no such payment link.");

    public static Refusal Closed { get; } = new(
        Gone, "payment-link-closed",
        "The link takes no payments any more: it is switched off, its time is over, or all have paid who may.");

    public static Refusal Full { get; } = new(
        State, "payment-link-full",
        "All places of the link are held by customers who are paying; one may be free again in some minutes.");
}
