using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>A merchant's web shop opens a session, which its customer pays on the hosted page.</summary>
/// <param name="StoreId">The kitchen that gets the money; null when the merchant has several and named none.</param>
/// <param name="LiveMode">The mode of the merchant's key.</param>
/// <param name="ExpiresInSeconds">Null for a day.</param>
/// <param name="CheckoutId">The number of the store's register at which it is opened.</param>
/// <param name="PaymentLinkId">The link that says what there is to pay; null without one.</param>
/// <param name="Quantities">Of the link's lines, in their order; null for those that the link proposes.</param>
/// <param name="Entered">What a visitor of the link has entered.</param>
/// <param name="IsVisitor">A visitor of the link opens it, and has to answer what the link asks.</param>
/// <param name="Link">What the session keeps of the link: found by the decision, and left out by callers.</param>
/// <param name="Plan">For mode subscription: how often the customer pays.</param>
/// <param name="Subscription">The period that the session pays; null where the shop opens it.</param>
/// <param name="Settles">Of another period: where the first one settled, whatever became of the register.</param>
public sealed record OpenHosted(
    Caller By,
    bool LiveMode,
    Guid? StoreId,
    Money? Amount = null,
    Sequence<ShopLine>? LineItems = null,
    string? Currency = null,
    string? Country = null,
    string? Mode = null,
    Sequence<string>? PaymentMethodTypes = null,
    string? SuccessUrl = null,
    string? CancelUrl = null,
    string? CallbackUrl = null,
    string? CustomerEmail = null,
    string? CustomerPhone = null,
    string? ClientReferenceId = null,
    string? ExternalReference = null,
    string? Description = null,
    string? Source = null,
    string? SubmitType = null,
    ShopShipping? Shipping = null,
    Sequence<MetadataEntry>? Metadata = null,
    int? ExpiresInSeconds = null,
    bool DeferPayment = false,
    Operation? Operation = null,
    int? CheckoutId = null,
    Guid? PaymentLinkId = null,
    Sequence<int>? Quantities = null,
    CollectedDetails? Entered = null,
    bool IsVisitor = false,
    LinkOrigin? Link = null,
    SubscriptionPlan? Plan = null,
    SubscriptionOrigin? Subscription = null,
    RegisterTerms? Settles = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() => HostedRules.Broken(this);
}

/// <summary>The customer pays on the hosted page.</summary>
/// <param name="PageKey">The secret part of the page's address, which alone lets the caller in.</param>
/// <param name="Method">mobile_money or card.</param>
/// <param name="PhoneNumber">Null for the phone that the shop named.</param>
/// <param name="Provider">The network, if the number's prefix does not show it.</param>
/// <param name="Amount">What the page shows; null where it collects none.</param>
/// <param name="ReturnUrl">Where a card gateway sends the customer back to; null where a phone pays.</param>
public sealed record PayHosted(
    Caller By,
    string PageKey,
    string Method,
    string? PhoneNumber = null,
    string? Provider = null,
    string? Country = null,
    string? PreferredFlow = null,
    Money? Amount = null,
    string? ReturnUrl = null,
    CollectedDetails? Collected = null,
    Operation? Operation = null) : IGrainCommand
{
    public bool IsByCard => Method is HostedWords.Card;

    internal CardPage BackFromCard => new(
        ReturnUrl ?? throw new InvalidOperationException("A customer who leaves the page has to come back."));

    public Sequence<Refusal> Broken() => HostedRules.Broken(this);
}

/// <summary>Values generated for a hosted session at its opening.</summary>
public sealed record HostedIds(
    Guid SessionId, Guid ChargeId, int Number, DateOnly BusinessDate, string CheckoutRef, string PageKey,
    string ClientKey);
