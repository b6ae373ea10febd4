using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Sessions;
using static JikoXpress.Domain.Sessions.HostedPage.HostedRules;

namespace JikoXpress.WebApi.Merchants;

/// <summary>A session for the hosted page: amount or lineItems, and whatever else the shop has to say.</summary>
/// <param name="Amount">What there is to pay, in the currency's smallest unit. Left out with lineItems.</param>
/// <param name="LineItems">What is bought, at the shop's own prices.</param>
/// <param name="Currency">Of the store, ISO 4217; left out, it is the store's.</param>
/// <param name="Country">The store's, by ISO 3166-1: only phones of it are rung.</param>
/// <param name="Mode">
/// subscription takes the same amount again and again: this session is the first period, and the phone that pays it is
/// asked for each of the others. No aggregator takes money without asking.
/// </param>
/// <param name="PaymentMethodTypes">
/// What the customer may pay with; the answer has those of them that work now. Left out, all that work.
/// </param>
/// <param name="SuccessUrl">Where the customer goes once it is paid; `{CHECKOUT_SESSION_ID}` is replaced.</param>
/// <param name="CancelUrl">Where the customer goes back to the shop; `{CHECKOUT_SESSION_ID}` is replaced.</param>
/// <param name="CallbackUrl">
/// Where the shop's backend hears of each change of the session: a webhook, signed with the merchant's callback secret.
/// An https address on a public host; `{CHECKOUT_SESSION_ID}` is replaced.
/// </param>
/// <param name="CustomerEmail">Shown on the page.</param>
/// <param name="CustomerPhone">
/// Rung where the customer names no other phone. Required with a trial: this phone is asked when it is over.
/// </param>
/// <param name="ClientReferenceId">
/// The shop's own reference; without one it is the checkoutRef. Lists filter on it.
/// </param>
/// <param name="ExternalReference">Another name of clientReferenceId.</param>
/// <param name="Description">Shown on the page; may have line breaks.</param>
/// <param name="Source">Where the customer comes from.</param>
/// <param name="SubmitType">What the page's button says.</param>
/// <param name="Metadata">
/// Up to 5 notes of the shop: keys of 40 characters, values of 500. Customers do not see them.
/// </param>
/// <param name="ExpiresIn">In seconds. Not with a trial: such a session can be paid until six days after it.</param>
/// <param name="DeferPaymentIntentCreation">
/// True makes the payment, and chargeReference, when the customer pays.
/// </param>
/// <param name="StoreId">The store that is paid; left out where the merchant has one.</param>
/// <param name="CheckoutId">
/// The store's register at which it is opened: it settles into that one's wallet, and is what its QR code leads to.
/// </param>
/// <param name="PaymentLinkId">
/// Opens the session from one of the merchant's payment links, which says what there is to pay, the texts and where the
/// customer goes; amount is sent only where the link leaves it open. The page asks what the link asks.
/// </param>
/// <param name="Quantities">With paymentLinkId: how many of each of the link's lines, in their order.</param>
/// <param name="Subscription">For mode subscription: how often the customer pays.</param>
/// <param name="Expand">lineItems puts them into the answer.</param>
internal sealed record OpenHostedBody(
    Money? Amount = null,
    [Length(1, SessionRules.MostLines)] IReadOnlyList<ShopLineBody>? LineItems = null,
    string? Currency = null,
    [RegularExpression("^[A-Z]{2}$")] string? Country = null,
    [AllowedValues("payment", SubscriptionRules.Mode), DefaultValue("payment")] string? Mode = null,
    [AllowedValues("mobile_money", "card")] IReadOnlyList<string>? PaymentMethodTypes = null,
    [Length(1, LongestUrl)] string? SuccessUrl = null,
    [Length(1, LongestUrl)] string? CancelUrl = null,
    [Length(1, LongestUrl)] string? CallbackUrl = null,
    [Length(1, LongestEmail)] string? CustomerEmail = null,
    [RegularExpression(Patterns.Phone)] string? CustomerPhone = null,
    [Length(1, SessionRules.LongestClientReference)] string? ClientReferenceId = null,
    [Length(1, SessionRules.LongestClientReference)] string? ExternalReference = null,
    [Lines, Length(1, LongestDescription)] string? Description = null,
    [AllowedValues("pos", "web", "mobile", "ussd")] string? Source = null,
    [AllowedValues("pay", "donate", "book"), DefaultValue("pay")] string? SubmitType = null,
    ShippingBody? Shipping = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    [Range(60, 86_400), DefaultValue(86_400)] int? ExpiresIn = null,
    bool? DeferPaymentIntentCreation = null,
    Guid? StoreId = null,
    int? CheckoutId = null,
    Guid? PaymentLinkId = null,
    [Length(1, SessionRules.MostLines)] IReadOnlyList<int>? Quantities = null,
    PlanBody? Subscription = null,
    [AllowedValues("lineItems")] IReadOnlyList<string>? Expand = null)
{
    public bool WantsLines() => Expand?.Contains("lineItems") is true;

    public OpenHosted Command(Principal by, Operation? operation) => new(
        by.Caller, by.LiveMode, StoreId ?? (PaymentLinkId is null && by.Kitchens is [var only] ? only : null), Amount,
        LineItems?.Select(line => line.Line()).ToSequence(), Currency, Country, Mode, PaymentMethodTypes?.ToSequence(),
        SuccessUrl, CancelUrl, CallbackUrl, CustomerEmail, CustomerPhone, ClientReferenceId, ExternalReference,
        Description, Source, SubmitType, Shipping?.Shipping(), Entries(Metadata), ExpiresIn,
        DeferPaymentIntentCreation is true, operation, CheckoutId, PaymentLinkId, Quantities?.ToSequence(),
        Plan: Subscription?.Plan());

    public static Sequence<MetadataEntry>? Entries(IReadOnlyDictionary<string, string>? map) =>
        map?.Select(entry => new MetadataEntry(entry.Key, entry.Value)).ToSequence();
}

/// <summary>How often a customer pays, and until when.</summary>
/// <param name="IntervalCount">Each so many of the interval: periods of three years at most.</param>
/// <param name="Periods">After so many periods it ends.</param>
/// <param name="LastDay">No period begins after this day of the store.</param>
/// <param name="WhenUnpaid">
/// What a period that is not paid within six days, or before the next one, leads to: keep makes the subscription past
/// due, and the next period comes all the same; cancel ends it.
/// </param>
/// <param name="TrialDays">
/// So many days are free: nothing has to be paid before, and the phone is asked first when they are over, at the hour
/// of the opening by the store's clock. The periods are counted from that moment, also for who pays earlier.
/// </param>
internal sealed record PlanBody(
    [AllowedValues(SubscriptionRules.Day, SubscriptionRules.Week, SubscriptionRules.Month, SubscriptionRules.Year)]
    string Interval,
    [Range(1, 1_095), DefaultValue(1)] int? IntervalCount = null,
    [Range(1, SubscriptionRules.MostPeriods)] int? Periods = null,
    DateOnly? LastDay = null,
    [AllowedValues("keep", "cancel"), DefaultValue("keep")] string? WhenUnpaid = null,
    [Range(1, SubscriptionRules.LongestTrial)] int? TrialDays = null)
{
    public SubscriptionPlan Plan() =>
        new(Interval, IntervalCount ?? 1, Periods, LastDay, WhenUnpaid is "cancel", TrialDays);
}

/// <summary>One line of what is bought.</summary>
/// <param name="UnitAmount">In the currency's smallest unit.</param>
internal sealed record ShopLineBody(
    [Length(1, LongestName)] string Name,
    Money UnitAmount,
    [Range(1, SessionRules.MostOfOneLine)] int Quantity,
    [Length(1, LongestDescription)] string? Description = null)
{
    public ShopLine Line() => new(Name, UnitAmount, Quantity, Description);
}

/// <summary>Where the goods go.</summary>
/// <param name="Name">Who receives them.</param>
/// <param name="Method">How they are sent, in the shop's words.</param>
internal sealed record ShippingBody(
    [Length(1, LongestName)] string? Name = null,
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null,
    [Length(1, LongestName)] string? Method = null,
    AddressBody? Address = null)
{
    public ShopShipping Shipping() => new(Name, PhoneNumber, Method, Address?.Address());
}

/// <summary>How the customer pays on the page.</summary>
/// <param name="SessionId">The session's id; the page's address says it as well.</param>
/// <param name="ReturnUrl">
/// Accepted and not used: a card gateway sends the customer back to the page, from which successUrl leads on. Whoever
/// has the page's address could otherwise send the next customer anywhere.
/// </param>
internal sealed record PayHostedBody(
    PageMethodBody PaymentMethod,
    CollectedBody? Collected = null,
    Guid? SessionId = null,
    [Length(1, LongestUrl)] string? ReturnUrl = null)
{
    public PayHosted Command(PageToken page, string pageUrl, Operation? operation) => new(
        HostedDecisions.PageOf(page.Id), page.Key, PaymentMethod.Type,
        PaymentMethod.MobileMoney?.PhoneNumber, PaymentMethod.MobileMoney?.Operator,
        PaymentMethod.MobileMoney?.Country, PaymentMethod.MobileMoney?.PreferredFlow, Collected?.Amount,
        pageUrl,
        Collected?.Details(), operation);
}

/// <summary>What the customer pays with.</summary>
/// <param name="Type">
/// One of the session's paymentMethodTypes. For card, the answer's nextAction says where to go.
/// </param>
/// <param name="MobileMoney">For mobile_money; left out, the phone that the shop named is rung.</param>
internal sealed record PageMethodBody(
    [AllowedValues("mobile_money", "card")] string Type, PageMobileMoneyBody? MobileMoney = null);

/// <summary>The phone that pays.</summary>
/// <param name="PhoneNumber">Left out, it is the phone that the shop named.</param>
/// <param name="Operator">
/// The network, if the number's prefix does not show it; in Tanzania VODACOM, AIRTEL, TIGO or HALOTEL, or a name of
/// theirs such as M-Pesa.
/// </param>
/// <param name="PreferredFlow">ussd_push: the only flow there is.</param>
internal sealed record PageMobileMoneyBody(
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null,
    [Length(1, SessionRules.LongestProvider)] string? Operator = null,
    [RegularExpression("^[A-Z]{2}$")] string? Country = null,
    [AllowedValues("ussd", "ussd_push")] string? PreferredFlow = null);

/// <summary>What the page has collected from the customer.</summary>
/// <param name="Amount">The session's amount; another one is refused, since no session has a dynamic one.</param>
/// <param name="CustomFields">
/// For a session of a payment link, its fields by their keys. For others up to 5 fields: names of 40 characters, values
/// of 500.
/// </param>
internal sealed record CollectedBody(
    Money? Amount = null,
    CustomerDetailsBody? CustomerDetails = null,
    IReadOnlyDictionary<string, string>? CustomFields = null)
{
    public CollectedDetails? Details() => CustomerDetails is null && CustomFields is null
        ? null
        : new CollectedDetails(
            CustomerDetails?.Name, CustomerDetails?.Email, CustomerDetails?.PhoneNumber,
            OpenHostedBody.Entries(CustomFields));
}

/// <summary>Who pays.</summary>
internal sealed record CustomerDetailsBody(
    [Length(1, LongestName)] string? Name = null,
    [Length(1, LongestEmail)] string? Email = null,
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null);

// The queries for the API document; the endpoints read them.

/// <param name="Expand">Optional parts of the answer.</param>
internal sealed record GetHostedQuery([AllowedValues("lineItems")] IReadOnlyList<string>? Expand);

/// <param name="First">As limit, for paging forwards.</param>
/// <param name="Last">As limit, for paging backwards; with before.</param>
/// <param name="Status">Only sessions with this status.</param>
/// <param name="Currency">Only sessions in this currency.</param>
/// <param name="StartDate">The first business day, in the store's time zone.</param>
/// <param name="EndDate">The last business day, in the store's time zone.</param>
/// <param name="ClientReferenceId">Only sessions with this reference.</param>
/// <param name="ExternalReference">The same as clientReferenceId.</param>
/// <param name="StoreId">Only sessions of this store.</param>
/// <param name="CheckoutId">Only sessions of registers with this number, which each store counts on its own.</param>
/// <param name="PaymentLinkId">Only sessions that come from this payment link.</param>
/// <param name="Expand">Optional parts of each session.</param>
internal sealed record ListHostedQuery(
    [Range(1, Query.LargestLimit)] int? First,
    [Range(1, Query.LargestLimit)] int? Last,
    [AllowedValues("open", "complete", "expired")] string? Status,
    [RegularExpression("^([A-Z]{3}|[a-z]{3})$")] string? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    string? ClientReferenceId,
    string? ExternalReference,
    Guid? StoreId,
    [Range(1, RegisterRules.MostRegisters)] int? CheckoutId,
    Guid? PaymentLinkId,
    [AllowedValues("lineItems")] IReadOnlyList<string>? Expand) : PageQuery;
