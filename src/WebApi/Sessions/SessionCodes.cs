namespace JikoXpress.WebApi.Sessions;

/// <summary>The problem codes of the session rules, for the API document.</summary>
internal static class SessionCodes
{
    /// <summary>Taking payments.</summary>
    public static string[] Paying { get; } =
    [
        "payments-required", "too-many-payments", "payment-method-not-allowed", "amount-out-of-range",
        "kitchen-customer-required", "kitchen-customer-not-allowed", "kitchen-customer-not-found",
        "kitchen-payment-method-required", "kitchen-payment-method-not-allowed", "kitchen-payment-method-not-found",
        "tendered-not-allowed", "tendered-too-little", "phone-invalid", "invalid-text", "card-data-not-accepted",
        "payments-total-mismatch", "mobile-money-unavailable",
        "insufficient-wallet-balance", "wallet-authorization-not-allowed", "wallet-authorization-invalid",
    ];

    /// <summary>Opening a session, or pricing one.</summary>
    public static string[] Opening { get; } =
    [
        "channel-not-permitted", "session-type-not-allowed", "channel-fulfillment-not-allowed", "table-required",
        "lane-required", "delivery-address-required", "kitchen-required", "customer-phone-required", "items-required",
        "items-not-allowed", "too-many-items", "quantity-out-of-range", "coordinate-out-of-range", "bill-not-allowed",
        "payments-not-allowed", .. Paying, "bill-table-mismatch", "table-mismatch", "not-found",
        "menu-item-not-found", "menu-item-unavailable", "insufficient-stock", "bill-not-open",
        "bill-payment-in-progress",
    ];

    /// <summary>Opening the sessions of a cart.</summary>
    public static string[] CheckingOut { get; } = ["cart-empty", "cart-checkout-in-progress"];

    /// <summary>Paying a slip at the cashier's.</summary>
    public static string[] Confirming { get; } =
    [
        .. Paying, "slip-expired", "not-a-slip", "already-confirmed", "session-not-pending", "slip-payment-in-progress",
    ];

    /// <summary>Taking the rest of a payment that fell short.</summary>
    public static string[] Taking { get; } = [.. Paying, "payments-not-allowed"];

    /// <summary>Reissuing an expired slip.</summary>
    public static string[] Reissuing { get; } =
    [
        "not-a-slip", "already-confirmed", "session-not-pending", "slip-still-valid", "menu-item-not-found",
        "menu-item-unavailable", "insufficient-stock",
    ];
}
