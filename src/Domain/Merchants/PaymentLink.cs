using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions.HostedPage;

namespace JikoXpress.Domain.Merchants;

/// <summary>
/// A merchant's address for a message, a poster or a page: each visitor who pays there gets a session of their own.
/// </summary>
/// <param name="Currency">ISO 4217: the store's, as it was when the link was made.</param>
/// <param name="Key">
/// The secret part of the link's address. It is stored as it is, since every answer shows the address again.
/// </param>
/// <param name="Active">False lets nobody open a session; those that are open can still be paid.</param>
public sealed record PaymentLink(
    Guid Id, Guid MerchantId, Guid StoreId, bool LiveMode, string Currency, string Key, LinkTerms Terms, bool Active,
    LinkUse Use, DateTimeOffset CreatedAt)
{
    public LinkStatus StatusAt(DateTimeOffset now) =>
        !Active ? LinkStatus.Inactive
        : now >= Terms.ExpiresAt ? LinkStatus.Expired
        : Use.Paid >= Terms.MostPayments ? LinkStatus.Complete
        : Use.Open + Use.Paid >= Terms.MostPayments ? LinkStatus.Full
        : LinkStatus.Open;
}

/// <summary>How a link stands for its next visitor.</summary>
public enum LinkStatus
{
    Open = 1,

    /// <summary>Sessions that are open hold the last places; one that ends unpaid gives its place back.</summary>
    Full,

    /// <summary>As many have paid as may.</summary>
    Complete,

    Expired,
    Inactive,
}

/// <param name="Open">Its sessions that can still be paid. Each holds a place.</param>
/// <param name="Paid">Its sessions that were paid.</param>
public sealed record LinkUse(int Open, int Paid);

/// <summary>
/// What a link asks of its visitors. What there is to pay is said by one of Amount, OpenAmount and LineItems.
/// </summary>
/// <param name="SuccessMessage">What the page says once it is paid, in place of SuccessUrl.</param>
/// <param name="Metadata">Copied to each session.</param>
/// <param name="MostPayments">How many may pay; null for any number.</param>
/// <param name="SessionSeconds">How long a visitor has to pay; null for the usual time.</param>
public sealed record LinkTerms(
    Money? Amount = null,
    OpenAmount? OpenAmount = null,
    Sequence<LinkLine>? LineItems = null,
    string? Description = null,
    string? SubmitType = null,
    string? SuccessUrl = null,
    string? SuccessMessage = null,
    string? CancelUrl = null,
    string? CallbackUrl = null,
    Sequence<MetadataEntry>? Metadata = null,
    Sequence<CustomField>? CustomFields = null,
    bool CollectsName = false,
    bool CollectsPhone = false,
    int? MostPayments = null,
    DateTimeOffset? ExpiresAt = null,
    int? SessionSeconds = null);

/// <summary>The visitor chooses what to pay, between two amounts that are both allowed.</summary>
/// <param name="Preset">What the page proposes.</param>
public sealed record OpenAmount(Money Least, Money Most, Money? Preset = null);

/// <summary>A line of what is bought.</summary>
/// <param name="Quantity">Where the visitor may choose, what the page proposes.</param>
/// <param name="LeastQuantity">With MostQuantity: the visitor may choose.</param>
public sealed record LinkLine(
    string Name, Money UnitAmount, int Quantity, string? Description = null, int? LeastQuantity = null,
    int? MostQuantity = null)
{
    [JsonIgnore]
    public bool IsAdjustable => LeastQuantity is not null && MostQuantity is not null;

    internal ShopLine Times(int quantity) => new(Name, UnitAmount, quantity, Description);
}

/// <summary>What the shop wants to know of its customer, in its own words.</summary>
/// <param name="Key">Under which the shop finds the answer.</param>
/// <param name="Label">What the page calls it.</param>
/// <param name="Kind">text, number or dropdown.</param>
/// <param name="Options">Of a dropdown: the answers to choose from.</param>
public sealed record CustomField(
    string Key, string Label, string Kind, bool Required = false, Sequence<string>? Options = null);

/// <summary>A merchant makes a link.</summary>
/// <param name="StoreId">The kitchen that gets the money; null when the merchant has several and named none.</param>
public sealed record MakePaymentLink(Guid MerchantId, bool LiveMode, Guid? StoreId, LinkTerms Terms) : ICommand
{
    public Sequence<Refusal> Broken() => LinkRules.Broken(this);
}

/// <summary>A merchant switches a link on or off, or changes what it says; null leaves a member as it is.</summary>
public sealed record ChangePaymentLink(
    bool? Active = null, string? Description = null, string? SuccessMessage = null) : ICommand
{
    public Sequence<Refusal> Broken() => LinkRules.Broken(this);
}
