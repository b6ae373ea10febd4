namespace JikoXpress.Domain.Kitchens;

/// <summary>A kitchen as the rules need it.</summary>
public sealed record Kitchen(Guid Id, string Name, bool LiveMode, KitchenSettings Settings);

/// <summary>What a kitchen may set for itself.</summary>
/// <param name="TimeZone">An IANA name; business days and printed times follow it.</param>
/// <param name="DayStartsAt">The local time at which a business day, and the count of slips, begins.</param>
/// <param name="PaymentTimeout">How long a guest has to finish a payment.</param>
/// <param name="SlipTimeout">How long a slip may be paid.</param>
/// <param name="LowStockThreshold">At this many items left an item is reported as low.</param>
/// <param name="LatePayments">What becomes of mobile money that comes when no session can take it.</param>
/// <param name="AllowPartPayments">A bill may be paid bit by bit.</param>
/// <param name="ApprovalTimeoutSeconds">How long an order that guests paid at the table waits for staff.</param>
/// <param name="UnansweredOrders">What becomes of it then.</param>
public sealed record KitchenSettings(
    string TimeZone,
    TimeOnly DayStartsAt,
    TimeSpan PaymentTimeout,
    TimeSpan SlipTimeout,
    int LowStockThreshold,
    LatePaymentPolicy LatePayments = LatePaymentPolicy.Refund,
    bool AllowPartPayments = false,
    int ApprovalTimeoutSeconds = 600,
    UnansweredOrders UnansweredOrders = UnansweredOrders.Reject)
{
    public static KitchenSettings Default { get; } = new(
        "Africa/Dar_es_Salaam", new TimeOnly(4, 0), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), 5);
}

/// <summary>What becomes of mobile money that comes when no session can take it.</summary>
public enum LatePaymentPolicy
{
    /// <summary>It goes back to the phone that paid.</summary>
    Refund = 1,

    /// <summary>It goes onto the balance of the customer whose phone it is; back where nobody's is known.</summary>
    CreditKitchenWallet,

    /// <summary>It waits until somebody decides.</summary>
    Manual,
}

/// <summary>What becomes of an order that nobody approves or rejects in time.</summary>
public enum UnansweredOrders
{
    /// <summary>It is cooked.</summary>
    Approve = 1,

    /// <summary>The guest gets the money back, and the items are free again.</summary>
    Reject,
}

/// <summary>One dish or drink of a kitchen's menu.</summary>
/// <param name="Available">Switched on by the kitchen; an item switched off cannot be ordered.</param>
public sealed record MenuItem(Guid Id, string Name, Money Price, string Category, bool Available);

/// <summary>A kitchen's own way to be paid, such as a Lipa number, attested by its staff.</summary>
public sealed record KitchenPaymentMethod(Guid Id, string Name, string Provider, bool Active);
