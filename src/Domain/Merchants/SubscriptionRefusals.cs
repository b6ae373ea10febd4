using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Merchants;

/// <summary>The refusals of subscriptions.</summary>
public static class SubscriptionRefusals
{
    private const string ExcludeEachOther = "fields-exclude-each-other";

    public static Refusal PlanRequired { get; } = new(
        Rules, "field-required", "Say how often the customer pays.", "/subscription");

    public static Refusal PlanNotAllowed { get; } = new(
        Rules, "unknown-field", "Only mode subscription has a plan.", "/subscription");

    public static Refusal NotByAppToken { get; } = new(
        Rules, "mode-not-supported",
        "An app token opens single payments: a subscription would ring phones long after the token is over.", "/mode",
        [new RefusalDetail("allowed", "payment")]);

    public static Refusal LinkNotAllowed { get; } = new(
        Rules, ExcludeEachOther, "subscription and paymentLinkId exclude each other: a link takes single payments.",
        "/paymentLinkId");

    public static Refusal OutOfRange(string pointer, int most) => new(
        Rules, "quantity-out-of-range", $"1 to {most}.", pointer);

    public static Refusal EndsTwice { get; } = new(
        Rules, ExcludeEachOther, "periods and lastDay exclude each other: send one of them.",
        "/subscription/lastDay");

    public static Refusal LastDayIsOver { get; } = new(
        Rules, "expiry-out-of-range", "This day is over.", "/subscription/lastDay");

    public static Refusal EndsInTrial { get; } = new(
        Rules, "expiry-out-of-range", "The trial is over after the last day, so that no period would begin.",
        "/subscription/lastDay");

    public static Refusal TrialNeedsPhone { get; } = new(
        Rules, "customer-phone-required", "Say which phone is asked when the trial is over.", "/customerPhone");

    public static Refusal TrialSaysWhenItEnds { get; } = new(
        Rules, ExcludeEachOther,
        "trialDays and expiresIn exclude each other: with a trial the session can be paid until six days after it.",
        "/expiresIn");

    public static Refusal NotFound { get; } = new(
        NotThere, "not-found", "There is no such subscription.");

    public static Refusal NotInThisState(SubscriptionStatus status) => new(
        State, "subscription-state", $"The subscription is {status.WireName.ToLowerInvariant()}: {Possible(status)}.",
        Details: [new RefusalDetail("subscriptionStatus", status.WireName.ToLowerInvariant())]);

    /// <summary>What can be done in this state.</summary>
    private static string Possible(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.Incomplete => "its first session can be paid, and it can be cancelled",
        SubscriptionStatus.Trialing => "its first session can be paid now or after the trial, and it can be cancelled",
        SubscriptionStatus.Active or SubscriptionStatus.PastDue => "it can be paused, or cancelled",
        SubscriptionStatus.Paused => "it can be resumed, or cancelled",
        SubscriptionStatus.Cancelled or SubscriptionStatus.Ended => "it stays so; open a session that begins another",
    };
}
