using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>
/// What a merchant's web shop said when it opened a session for the hosted page. It never changes. The words are those
/// of merchants' APIs, in small letters.
/// </summary>
/// <param name="CheckoutRef">For support and reconciliation: 15 characters, shown to merchant and customer.</param>
/// <param name="PageKey">
/// The secret part of the page's address. It is stored as it is, since every answer shows the address again; who can
/// read the row can read the session.
/// </param>
/// <param name="ClientKey">The secret part of the client secret.</param>
/// <param name="ChargeId">The id of the one payment that pays the session, whether or not it exists yet.</param>
/// <param name="IsDeferred">The payment is made only when the customer begins to pay.</param>
/// <param name="Currency">ISO 4217, as the store had it when the session was opened.</param>
/// <param name="LineItems">What the page shows; empty when the shop gave an amount.</param>
/// <param name="Link">The payment link that it comes from; null where the shop opened it.</param>
/// <param name="Subscription">The period that it pays; null for a single payment.</param>
/// <param name="Methods">What the customer may pay with, as in mobile_money.</param>
/// <param name="Register">Null where the shop named none: the money settles into no wallet.</param>
public sealed record HostedTerms(
    string CheckoutRef,
    string PageKey,
    string ClientKey,
    Guid ChargeId,
    bool IsDeferred,
    string Currency,
    Sequence<ShopLine> LineItems,
    Sequence<string> Methods,
    string SubmitType,
    DateTimeOffset ExpiresAt,
    string? Country = null,
    string? SuccessUrl = null,
    string? CancelUrl = null,
    string? CallbackUrl = null,
    string? CustomerEmail = null,
    string? Description = null,
    string? Source = null,
    ShopShipping? Shipping = null,
    Sequence<MetadataEntry>? Metadata = null,
    RegisterTerms? Register = null,
    LinkOrigin? Link = null,
    SubscriptionOrigin? Subscription = null);

/// <summary>The register at which a session was opened, as it was then.</summary>
/// <param name="Number">Counted within the store; merchants' APIs call it checkoutId.</param>
/// <param name="WalletId">Where the money settles, also if the register is given another wallet later.</param>
public sealed record RegisterTerms(int Number, Guid WalletId);

/// <summary>A register that a session is opened at, as it is now.</summary>
public sealed record KnownRegister(int Number, Guid WalletId, bool Active);

/// <summary>One line of a web shop's sale, at the shop's own price: no item of the kitchen's menu.</summary>
public sealed record ShopLine(string Name, Money UnitAmount, int Quantity, string? Description = null);

/// <summary>Where and to whom the shop sends its goods.</summary>
public sealed record ShopShipping(
    string? Name = null, string? PhoneNumber = null, string? Method = null, DeliveryAddress? Address = null);

/// <summary>One of the shop's own notes; customers never see them.</summary>
public sealed record MetadataEntry(string Key, string Value);

/// <summary>What the customer has entered on the page.</summary>
public sealed record CollectedDetails(
    string? Name = null, string? Email = null, string? PhoneNumber = null,
    Sequence<MetadataEntry>? CustomFields = null)
{
    /// <summary>With what was entered later, which counts where both say something.</summary>
    internal CollectedDetails With(CollectedDetails? later) => later is null
        ? this
        : new CollectedDetails(
            later.Name ?? Name, later.Email ?? Email, later.PhoneNumber ?? PhoneNumber,
            CustomFields is null || later.CustomFields is null
                ? later.CustomFields ?? CustomFields
                : CustomFields.UnionBy(later.CustomFields, field => field.Key)
                    .Select(field => later.CustomFields.LastOrDefault(other => other.Key == field.Key) ?? field)
                    .ToSequence());
}

/// <summary>How a hosted session stands, in merchants' words.</summary>
public static class HostedWords
{
    public const string MobileMoney = "mobile_money";
    public const string Card = "card";

    extension(Session.Opened session)
    {
        /// <summary>open: it can be paid. complete: it is paid. expired: it can no longer be paid.</summary>
        public string HostedStatus => session switch
        {
            Session.Pending => "open",
            Session.Confirmed => "complete",
            _ => "expired",
        };

        /// <summary>One of the five words in which merchants know how a payment stands.</summary>
        public string HostedPaymentStatus => session switch
        {
            Session.Confirmed => "succeeded",
            Session.Pending pending when pending.IsAsked => "pending",
            _ when session.LastRefusal is not null => "failed",
            Session.Pending => "requires_payment_method",
            _ => "cancelled",
        };

        /// <summary>Why the last try to pay failed, in the aggregator's words; null unless it failed.</summary>
        public string? HostedFailureReason => session.HostedPaymentStatus is "failed"
            ? session.LastRefusal?.Reason ?? "The payment was declined."
            : null;

        /// <summary>The address of the card gateway's page that waits for the customer; null when none does.</summary>
        public string? CardPage => session is Session.Pending { Payments: [.., { Attempts: [.., var last] }] }
            && last.IsRinging ? last.Card?.Address : null;

        /// <summary>The last try to pay, if that one was declined.</summary>
        private PaymentAttempt? LastRefusal =>
            session.Payments is [.., { Attempts: [.., { Status: AttemptStatus.Failed } declined] }] ? declined : null;
    }

    extension(Session.Pending pending)
    {
        /// <summary>A phone is being asked, or has paid less than was due; or a cashier takes a slip's money.</summary>
        private bool IsAsked => pending.Attempt is not null || pending.Payments.Any(payment =>
            payment.Status is PaymentStatus.Underpaid or PaymentStatus.Held || payment.IsInFlight);
    }
}
