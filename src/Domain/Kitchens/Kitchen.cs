namespace JikoXpress.Domain.Kitchens;

/// <summary>A kitchen as the rules need it.</summary>
/// <param name="Commission">The platform's; operators set it.</param>
public sealed record Kitchen(
    Guid Id, string Name, bool LiveMode, KitchenSettings Settings, CommissionRates Commission = default);

/// <summary>The settings that a kitchen may change itself.</summary>
/// <param name="TimeZone">An IANA name; business days and printed times follow it.</param>
/// <param name="DayStartsAt">The local time at which a business day, and the count of slips, begins.</param>
/// <param name="PaymentTimeout">How long a guest has to finish a payment.</param>
/// <param name="SlipTimeout">How long a slip may be paid.</param>
/// <param name="LowStockThreshold">An item is reported as low when this many, or fewer, are available.</param>
/// <param name="LatePayments">What to do with mobile money that comes when no session can take it.</param>
/// <param name="AllowPartPayments">A bill may be paid in several part payments.</param>
/// <param name="ApprovalTimeoutSeconds">How long an order that guests paid at the table waits for staff.</param>
/// <param name="UnansweredOrders">What happens to the order after that time.</param>
/// <param name="CashMovementLimit">The most that a cashier may put into a drawer or take out of it at once.</param>
/// <param name="Currency">Of all amounts of the kitchen.</param>
/// <param name="Country">Where it is; the phones of its guests are of this country.</param>
public sealed record KitchenSettings(
    string TimeZone,
    TimeOnly DayStartsAt,
    TimeSpan PaymentTimeout,
    TimeSpan SlipTimeout,
    int LowStockThreshold,
    LatePaymentPolicy LatePayments = LatePaymentPolicy.Refund,
    bool AllowPartPayments = false,
    int ApprovalTimeoutSeconds = 600,
    UnansweredOrders UnansweredOrders = UnansweredOrders.Reject,
    Money CashMovementLimit = default,
    Currency Currency = Currency.Tzs,
    Country Country = Country.Tz)
{
    public static KitchenSettings Default { get; } = new(
        "Africa/Dar_es_Salaam", new TimeOnly(4, 0), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), 5,
        CashMovementLimit: new Money(500_000));
}

/// <summary>What to do with mobile money that comes when no session can take it.</summary>
public enum LatePaymentPolicy
{
    /// <summary>It goes back to the phone that paid.</summary>
    Refund = 1,

    /// <summary>It goes onto the balance of the customer with that phone, or back if there is none.</summary>
    CreditKitchenWallet,

    /// <summary>It waits in suspense for a manual decision.</summary>
    Manual,
}

/// <summary>What happens to an order that staff do not approve or reject in time.</summary>
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

/// <summary>A kitchen's own way to be paid, such as a Lipa number.</summary>
/// <param name="TillNumber">The number that guests pay; for a till, and to show for others.</param>
/// <param name="Account">Only for an account: its name at this installation.</param>
/// <param name="ReceiptRequired">Cashiers attest only with the network's receipt.</param>
public sealed record KitchenPaymentMethod(
    Guid Id, string Name, string Provider, bool Active, ChannelShape Shape = ChannelShape.Attested,
    string? TillNumber = null, string? Account = null, bool ReceiptRequired = false);

public static class BusinessDay
{
    extension(KitchenSettings settings)
    {
        /// <summary>
        /// The business day of an instant: a day runs from <see cref="KitchenSettings.DayStartsAt"/> local time.
        /// </summary>
        public DateOnly BusinessDateOf(DateTimeOffset instant)
        {
            var local = settings.LocalTimeOf(instant).DateTime - settings.DayStartsAt.ToTimeSpan();
            return DateOnly.FromDateTime(local);
        }

        /// <summary>
        /// The instant at which a business day begins. Where the clocks skip that local time, the day begins when they
        /// go on; where they show it twice, at the first time.
        /// </summary>
        public DateTimeOffset StartOf(DateOnly date)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
            var local = date.ToDateTime(settings.DayStartsAt);
            while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
            var offset = zone.IsAmbiguousTime(local)
                ? zone.GetAmbiguousTimeOffsets(local).Max()
                : zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset);
        }

        /// <summary>The instant in the kitchen's time zone.</summary>
        public DateTimeOffset LocalTimeOf(DateTimeOffset instant) =>
            TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
    }
}
