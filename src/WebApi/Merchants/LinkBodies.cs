using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Binding;
using static JikoXpress.Domain.Merchants.LinkRules;
using static JikoXpress.Domain.Sessions.HostedPage.HostedRules;

namespace JikoXpress.WebApi.Merchants;

/// <summary>A payment link: amount, openAmount or lineItems, and what else its visitors are shown and asked.</summary>
/// <param name="Amount">What each visitor pays, in the currency's smallest unit.</param>
/// <param name="OpenAmount">The visitor chooses the amount.</param>
/// <param name="LineItems">What is bought, at the shop's own prices.</param>
/// <param name="Description">Shown on the page; may have line breaks.</param>
/// <param name="SubmitType">What the page's button says.</param>
/// <param name="SuccessUrl">Where the customer goes once it is paid; `{CHECKOUT_SESSION_ID}` is replaced.</param>
/// <param name="SuccessMessage">What the page says once it is paid, in place of successUrl.</param>
/// <param name="CancelUrl">Where the customer goes back to the shop; `{CHECKOUT_SESSION_ID}` is replaced.</param>
/// <param name="CallbackUrl">Where the shop's backend wants to hear of each session.</param>
/// <param name="Metadata">Up to 5 notes of the shop, copied to each session. Customers do not see them.</param>
/// <param name="CustomFields">What the shop wants to know of its customer.</param>
/// <param name="CollectName">The customer has to say a name.</param>
/// <param name="CollectPhone">The customer has to say a phone number.</param>
/// <param name="MaxPayments">
/// How many customers may pay. A session that is open holds a place until it ends, so that no more can be paid.
/// </param>
/// <param name="ExpiresAt">From then on no session is opened.</param>
/// <param name="SessionExpiresIn">How long a customer has to pay, in seconds.</param>
/// <param name="StoreId">The store that is paid; left out where the merchant has one.</param>
internal sealed record NewLinkBody(
    Money? Amount = null,
    OpenAmountBody? OpenAmount = null,
    [Length(1, SessionRules.MostLines)] IReadOnlyList<LinkLineBody>? LineItems = null,
    [Lines, Length(1, LongestDescription)] string? Description = null,
    [AllowedValues("pay", "donate", "book"), DefaultValue("pay")] string? SubmitType = null,
    [Length(1, LongestUrl)] string? SuccessUrl = null,
    [Lines, Length(1, LongestDescription)] string? SuccessMessage = null,
    [Length(1, LongestUrl)] string? CancelUrl = null,
    [Length(1, LongestUrl)] string? CallbackUrl = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    [Length(1, MostFields)] IReadOnlyList<CustomFieldBody>? CustomFields = null,
    bool? CollectName = null,
    bool? CollectPhone = null,
    [Range(1, MostPayments)] int? MaxPayments = null,
    DateTimeOffset? ExpiresAt = null,
    [Range(60, 86_400), DefaultValue(1800)] int? SessionExpiresIn = null,
    Guid? StoreId = null)
{
    public MakePaymentLink Command(Principal by) => new(
        by.Id, by.LiveMode, StoreId ?? (by.Kitchens is [var only] ? only : null),
        new LinkTerms(
            Amount, OpenAmount?.Open(), LineItems?.Select(line => line.Line()).ToSequence(), Description, SubmitType,
            SuccessUrl, SuccessMessage, CancelUrl, CallbackUrl, OpenHostedBody.Entries(Metadata),
            CustomFields?.Select(field => field.Field()).ToSequence(), CollectName is true, CollectPhone is true,
            MaxPayments, ExpiresAt, SessionExpiresIn));
}

/// <summary>The visitor chooses what to pay, within these amounts in the currency's smallest unit.</summary>
/// <param name="Preset">What the page proposes.</param>
internal sealed record OpenAmountBody(Money Min, Money Max, Money? Preset = null)
{
    public OpenAmount Open() => new(Min, Max, Preset);
}

/// <summary>One line of what is bought.</summary>
/// <param name="UnitAmount">In the currency's smallest unit.</param>
/// <param name="Quantity">Where the visitor may choose, what the page proposes.</param>
/// <param name="MinQuantity">With maxQuantity: the visitor may choose how many.</param>
internal sealed record LinkLineBody(
    [Length(1, LongestName)] string Name,
    Money UnitAmount,
    [Range(1, SessionRules.MostOfOneLine)] int Quantity,
    [Length(1, LongestDescription)] string? Description = null,
    [Range(1, SessionRules.MostOfOneLine)] int? MinQuantity = null,
    [Range(1, SessionRules.MostOfOneLine)] int? MaxQuantity = null)
{
    public LinkLine Line() => new(Name, UnitAmount, Quantity, Description, MinQuantity, MaxQuantity);
}

/// <summary>What the shop wants to know of its customer.</summary>
/// <param name="Key">Under which the shop finds the answer.</param>
/// <param name="Label">What the page calls it.</param>
/// <param name="Required">Without an answer nothing can be paid.</param>
/// <param name="Options">Of a dropdown: the answers to choose from.</param>
internal sealed record CustomFieldBody(
    [Length(1, LongestMetadataKey)] string Key,
    [Length(1, LongestLabel)] string Label,
    [AllowedValues(TextField, NumberField, Dropdown)] string Type,
    bool? Required = null,
    [Length(1, MostOptions)] IReadOnlyList<string>? Options = null)
{
    public CustomField Field() => new(Key, Label, Type, Required is true, Options?.ToSequence());
}

/// <summary>What to change of a payment link; what is left out stays.</summary>
/// <param name="Active">False: no session is opened from now on. Those that are open can still be paid.</param>
/// <param name="Description">Of sessions that are opened from now on.</param>
/// <param name="SuccessMessage">Of sessions that are opened from now on.</param>
internal sealed record ChangeLinkBody(
    bool? Active = null,
    [Lines, Length(1, LongestDescription)] string? Description = null,
    [Lines, Length(1, LongestDescription)] string? SuccessMessage = null)
{
    public ChangePaymentLink Command() => new(Active, Description, SuccessMessage);
}

/// <summary>What a visitor of a payment link has chosen and entered.</summary>
/// <param name="Amount">Only where the link leaves it open.</param>
/// <param name="Quantities">How many of each line, in their order; left out, those that the link proposes.</param>
/// <param name="CustomFields">The answers by the keys of the link's fields.</param>
internal sealed record VisitLinkBody(
    Money? Amount = null,
    [Length(1, SessionRules.MostLines)] IReadOnlyList<int>? Quantities = null,
    CustomerDetailsBody? CustomerDetails = null,
    IReadOnlyDictionary<string, string>? CustomFields = null)
{
    /// <summary>The link opens the session in its merchant's name: the merchant finds it among its own.</summary>
    public OpenHosted Command(PaymentLink link, Operation? operation) => new(
        new Caller(CallerKind.Merchant, link.MerchantId), link.LiveMode, StoreId: null, Amount,
        Operation: operation, PaymentLinkId: link.Id, Quantities: Quantities?.ToSequence(),
        Entered: new CollectedDetails(
            CustomerDetails?.Name, CustomerDetails?.Email, CustomerDetails?.PhoneNumber,
            OpenHostedBody.Entries(CustomFields)),
        IsVisitor: true);
}

// The queries for the API document; the endpoints read them.

/// <param name="First">As limit, for paging forwards.</param>
/// <param name="Last">As limit, for paging backwards; with before.</param>
/// <param name="Active">Only links that are switched on, or off.</param>
internal sealed record ListLinksQuery(
    [Range(1, Query.LargestLimit)] int? First,
    [Range(1, Query.LargestLimit)] int? Last,
    [AllowedValues("true", "false")] string? Active) : PageQuery;
