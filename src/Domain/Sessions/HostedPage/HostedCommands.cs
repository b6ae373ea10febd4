namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>A merchant's web shop opens a session, which its customer pays on the hosted page.</summary>
/// <param name="StoreId">The kitchen that gets the money; null when the merchant has several and named none.</param>
/// <param name="LiveMode">The mode of the merchant's key.</param>
/// <param name="ExpiresInSeconds">Null for a day.</param>
/// <param name="CheckoutId">The number of the store's register at which it is opened.</param>
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
    int? CheckoutId = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() => HostedRules.Broken(this);
}

/// <summary>The customer pays on the hosted page.</summary>
/// <param name="PageKey">The secret part of the page's address, which alone lets the caller in.</param>
/// <param name="PageUrl">The page's own address, to which a card gateway sends the customer back.</param>
/// <param name="Method">mobile_money or card.</param>
/// <param name="PhoneNumber">Null for the phone that the shop named.</param>
/// <param name="Provider">The network, if the number's prefix does not show it.</param>
/// <param name="Amount">What the page shows; null where it collects none.</param>
/// <param name="ReturnUrl">Where a card gateway sends the customer instead.</param>
public sealed record PayHosted(
    Caller By,
    string PageKey,
    string PageUrl,
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

    public Sequence<Refusal> Broken() => HostedRules.Broken(this);
}

/// <summary>Values generated for a hosted session at its opening.</summary>
public sealed record HostedIds(
    Guid SessionId, Guid ChargeId, int Number, DateOnly BusinessDate, string CheckoutRef, string PageKey,
    string ClientKey);
