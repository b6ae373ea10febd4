using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions;

/// <summary>The refusals of a session, in the order in which callers see them.</summary>
public static class SessionRefusals
{
    public static Refusal ChannelFulfillmentNotAllowed(Channel channel, FulfillmentType wanted) => new(
        Rules, "channel-fulfillment-not-allowed",
        $"{channel.WireName} does not serve {wanted.WireName}; "
            + $"it serves {Listed(FulfillmentTerms.AllowedOn(channel))}.",
        "/fulfillmentType",
        [new RefusalDetail("allowed", Listed(FulfillmentTerms.AllowedOn(channel)))]);

    public static Refusal SessionTypeNotAllowed(
        Channel channel, SessionType wanted, IEnumerable<SessionType> allowed) => new(
        Rules, "session-type-not-allowed",
        $"{channel.WireName} does not open {wanted.WireName} sessions here; it opens {Listed(allowed)}.",
        "/sessionType");

    public static Refusal TabIsForDiningIn { get; } = new(
        Rules, "session-type-not-allowed", "A TAB is kept for a table: fulfillmentType must be DINE_IN.",
        "/sessionType");

    /// <summary>A member has a wrong value, or is missing or not allowed; the code names the rule.</summary>
    public static Refusal BrokenRule(string code, string pointer, string sentence) =>
        new(Rules, code, sentence, pointer);

    public static Refusal PaymentMethodNotAllowed(PaymentMethod method, Channel channel, string pointer) => new(
        Rules, "payment-method-not-allowed", $"{method.WireName} cannot be taken on {channel.WireName}.", pointer);

    public static Refusal InvalidText(string pointer, string sentence) => new(Rules, "invalid-text", sentence, pointer);

    public static Refusal CardDataNotAccepted(string pointer) => new(
        Rules, "card-data-not-accepted", "This looks like a card number; card numbers are never accepted here.",
        pointer);

    public static Refusal PhoneInvalid(string pointer, Country country = Country.Tz) => new(
        Rules, "phone-invalid",
        country is Country.Tz
            ? "Not a Tanzanian mobile number: +255, then nine digits beginning with 6 or 7."
            : $"Not a mobile number of the kitchen's country, {country.WireName}: +{country.CallingCode} and digits.",
        pointer);

    public static Refusal MenuItemNotFound(int line) => new(
        Rules, "menu-item-not-found", "This kitchen's menu has no such item.", $"/items/{line}/menuId");

    public static Refusal KitchenCustomerNotFound(int place) => new(
        Rules, "kitchen-customer-not-found", "This kitchen has no such customer.",
        $"/payments/{place}/kitchenCustomerId");

    public static Refusal KitchenPaymentMethodNotFound(int place) => new(
        Rules, "kitchen-payment-method-not-found", "This kitchen has no such payment method, or it is switched off.",
        $"/payments/{place}/kitchenPaymentMethodId");

    public static Refusal TotalOutOfRange { get; } = new(
        Rules, "amount-out-of-range", $"A total is {Money.Largest} at most, that of a bill too.", "/items");

    public static Refusal PaymentsTotalMismatch(Money expected, Money received) => new(
        Rules, "payments-total-mismatch",
        $"The payments sum to {received}, but the total is {expected}.", "/payments",
        [RefusalDetail.Of("expectedTotal", expected), RefusalDetail.Of("receivedTotal", received)]);

    public static Refusal InsufficientWalletBalance(Money available, string pointer = "/payments") => new(
        Rules, "insufficient-wallet-balance", $"The wallet's available balance is {available}.", pointer,
        [RefusalDetail.Of("available", available)]);

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such checkout session.");

    public static Refusal SlipExpired { get; } = new(
        Gone, "slip-expired", "The slip has expired; it can be reissued.");

    public static Refusal MenuItemUnavailable(int line, string name) => new(
        State, "menu-item-unavailable", $"{name} is switched off at the moment.", $"/items/{line}/menuId");

    public static Refusal InsufficientStock(Sequence<StockShortage> shortages) => new(
        State, "insufficient-stock", "Some items are not in stock in this quantity; nothing was reserved.", "/items",
        Shortages: shortages);

    public static Refusal NotASlip { get; } = new(State, "not-a-slip", "This session is not a slip.");

    /// <param name="orderId">Null for a session that paid a bill.</param>
    public static Refusal AlreadyConfirmed(Guid? orderId) => orderId is { } order
        ? new(
            State, "already-confirmed", "This session is already paid and has an order.", "",
            [new RefusalDetail("orderId", order.ToString())])
        : new(State, "already-confirmed", "This session has already paid its bill.");

    public static Refusal SessionNotPending(SessionStatus status) => new(
        State, "session-not-pending", $"The session is {status.WireName}; it does not wait for payment.", "",
        [new RefusalDetail("sessionStatus", status.WireName)]);

    public static Refusal SessionInGroup(Guid groupId) => new(
        State, "session-in-group", "This session is paid with the others of its checkout group; use the group.", "",
        [new RefusalDetail("groupId", groupId.ToString())]);

    public static Refusal SlipPaymentInProgress(DateTimeOffset until) => new(
        State, "slip-payment-in-progress",
        "Another payment for this slip is in progress. A cashier who takes the money all the same says insteadOfPhone.",
        "",
        [new RefusalDetail("until", until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))]);

    public static Refusal SlipStillValid { get; } = new(
        State, "slip-still-valid", "The slip can still be paid; only an expired slip can be reissued.");

    public static Refusal NothingToReturn { get; } = new(
        State, "nothing-to-return", "This session has no money to hand back.");

    public static Refusal IdempotencyKeyReused { get; } = new(
        Rules, "idempotency-key-reused", "This Idempotency-Key was used before with another body.");

    public static Refusal RequestInProgress { get; } = new(
        State, "request-in-progress", "The first request with this Idempotency-Key is still in progress.");

    public static Refusal Overloaded { get; } = new(
        Busy, "overloaded", "Too many requests wait for this session; try again.");

    public static Refusal KitchenNotFound { get; } = new(
        NotThere, "not-found", "There is no such kitchen.", "/kitchenId");

    private static string Listed<TEnum>(IEnumerable<TEnum> words) where TEnum : struct, Enum =>
        string.Join(", ", words.Select(word => word.WireName));
}
