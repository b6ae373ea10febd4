using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Pages;

namespace JikoXpress.WebApi.Merchants;

/// <summary>A merchant's session on the hosted page. Members that do not apply are left out.</summary>
internal sealed record HostedSessionView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "checkout_session";

    /// <summary>For support and reconciliation; the customer sees it, too.</summary>
    public required string CheckoutRef { get; init; }

    /// <summary>The page to which the customer is sent.</summary>
    public required string Url { get; init; }

    /// <summary>open can be paid, complete is paid, expired can no longer be paid.</summary>
    public required string Status { get; init; }

    /// <summary>requires_payment_method, pending, succeeded, failed or cancelled.</summary>
    public required string PaymentStatus { get; init; }

    public required string Mode { get; init; }

    public required bool Livemode { get; init; }

    /// <summary>The kitchen that gets the money.</summary>
    public required Guid StoreId { get; init; }

    /// <summary>The store's register at which it was opened.</summary>
    public int? CheckoutId { get; init; }

    /// <summary>The wallet into which it settles: the register's at the opening.</summary>
    public Guid? WalletId { get; init; }

    public required string Currency { get; init; }

    public string? Country { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public required Money AmountSubtotal { get; init; }

    /// <summary>In the currency's smallest unit; what the customer pays.</summary>
    public required Money AmountTotal { get; init; }

    /// <summary>What the customer can pay with: mobile_money, card.</summary>
    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    /// <summary>The payment that pays the session. Left out while that is deferred.</summary>
    public Guid? ChargeReference { get; init; }

    /// <summary>For code in the customer's browser. Keep it out of logs.</summary>
    public required string ClientSecret { get; init; }

    public required string ClientReferenceId { get; init; }

    /// <summary>The same as clientReferenceId.</summary>
    public required string ExternalReference { get; init; }

    public required string SubmitType { get; init; }

    public string? Description { get; init; }

    public string? Source { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerPhone { get; init; }

    /// <summary>As the merchant wrote it, with the place for the id.</summary>
    public string? SuccessUrl { get; init; }

    public string? CancelUrl { get; init; }

    public string? CallbackUrl { get; init; }

    public ShippingView? Shipping { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The subscription of which the session pays a period.</summary>
    public Guid? SubscriptionId { get; init; }

    /// <summary>Which period it pays, from 1. A pause leaves numbers out.</summary>
    public int? SubscriptionPeriod { get; init; }

    /// <summary>When the trial is over: nothing has to be paid before.</summary>
    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>The payment link that the session comes from.</summary>
    public Guid? PaymentLinkId { get; init; }

    /// <summary>How it was paid; left out before.</summary>
    public PaidByView? PaidBy { get; init; }

    /// <summary>What the customer entered on the page.</summary>
    public CollectedView? Collected { get; init; }

    /// <summary>Only with expand=lineItems.</summary>
    public IReadOnlyList<ShopLineView>? LineItems { get; init; }

    /// <summary>For paymentStatus failed: payment_declined.</summary>
    public string? FailureCode { get; init; }

    /// <summary>For paymentStatus failed: why, in the aggregator's words.</summary>
    public string? FailureReason { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was paid.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>One line of what is bought.</summary>
/// <param name="UnitAmount">In the currency's smallest unit.</param>
/// <param name="Amount">In the currency's smallest unit: the unit's amount times the quantity.</param>
internal sealed record ShopLineView(string Name, string? Description, int Quantity, Money UnitAmount, Money Amount);

/// <summary>Where the goods go.</summary>
internal sealed record ShippingView(string? Name, string? PhoneNumber, string? Method, DeliveryAddress? Address);

/// <summary>How a session was paid, to compare with an account's statement.</summary>
/// <param name="Type">mobile_money or card.</param>
/// <param name="Operator">The network that was named; left out where it is that of the number.</param>
/// <param name="PhoneNumber">The phone that paid.</param>
/// <param name="Receipt">The network's own number of the payment, where the aggregator says it.</param>
/// <param name="ProviderReference">The aggregator's number of the payment.</param>
internal sealed record PaidByView(
    string Type, string? Operator, string? PhoneNumber, string? Receipt, string? ProviderReference);

/// <summary>What the customer entered on the page.</summary>
internal sealed record CollectedView(
    string? Name, string? Email, string? PhoneNumber, IReadOnlyDictionary<string, string>? CustomFields);

/// <summary>What the hosted page shows to whoever has its address. The shop's own notes are not among it.</summary>
/// <param name="SessionId">The session's id.</param>
/// <param name="Status">open, complete or expired.</param>
/// <param name="PaymentStatus">requires_payment_method, pending, succeeded, failed or cancelled.</param>
/// <param name="StoreName">Who is paid.</param>
/// <param name="AmountTotal">In the currency's smallest unit.</param>
/// <param name="CustomerPhone">The phone that is rung where the customer names none; not all digits.</param>
/// <param name="SuccessUrl">Where to go once it is paid; left out before.</param>
/// <param name="FailureReason">For paymentStatus failed: why.</param>
/// <param name="Asks">What the payment link wants to know; left out once the customer has said it.</param>
/// <param name="SuccessMessage">What to say once it is paid; left out before.</param>
/// <param name="NextAction">Where the customer goes on; left out where there is nothing to do but wait.</param>
/// <param name="Subscription">How often the customer pays; left out for a single payment.</param>
internal sealed record HostedPageView(
    Guid SessionId, string CheckoutRef, string Status, string PaymentStatus, bool Livemode, string StoreName,
    string Currency, Money AmountTotal, IReadOnlyList<ShopLineView> LineItems,
    IReadOnlyList<string> PaymentMethodTypes, string SubmitType, string? Description, string? CustomerEmail,
    string? CustomerPhone, string? SuccessUrl, string? CancelUrl, string? FailureCode, string? FailureReason,
    DateTimeOffset ExpiresAt, LinkQuestions? Asks, string? SuccessMessage,
    NextActionView? NextAction, PagePlanView? Subscription)
{
    public string Object { get; } = "checkout_page";
}

/// <summary>How often the customer pays.</summary>
/// <param name="Interval">day, week, month or year.</param>
/// <param name="IntervalCount">Each so many of the interval.</param>
/// <param name="TrialEndsAt">Nothing has to be paid before; left out without a trial.</param>
internal sealed record PagePlanView(string Interval, int IntervalCount, DateTimeOffset? TrialEndsAt);

/// <summary>What the customer has to do now.</summary>
/// <param name="Url">The card gateway's page.</param>
internal sealed record NextActionView(string Url)
{
    public string Type { get; } = "redirect_to_url";
}

/// <summary>Makes the views of hosted sessions.</summary>
internal static class HostedViews
{
    public const string Path = "/api/v1/checkout/sessions";

    private const string Declined = "payment_declined";

    /// <param name="page">The scheme and host by which customers reach this server.</param>
    public static HostedSessionView For(Session.Opened session, string page, bool withLines)
    {
        var (opening, terms) = (session.Opening, TermsOf(session));
        return new HostedSessionView
        {
            Id = session.Id,
            CheckoutRef = terms.CheckoutRef,
            Url = $"{page}{PathOf(session)}",
            Status = session.HostedStatus,
            PaymentStatus = session.HostedPaymentStatus,
            Mode = terms.Subscription is null ? "payment" : SubscriptionRules.Mode,
            SubscriptionId = terms.Subscription?.Id,
            SubscriptionPeriod = terms.Subscription?.Number,
            TrialEndsAt = terms.Subscription?.TrialEndsAt,
            Livemode = opening.LiveMode,
            StoreId = opening.KitchenId,
            CheckoutId = terms.Register?.Number,
            WalletId = terms.Register?.WalletId,
            Currency = terms.Currency,
            Country = terms.Country,
            AmountSubtotal = opening.Total,
            AmountTotal = opening.Total,
            PaymentMethodTypes = terms.Methods,
            ChargeReference = session.Payments.Count > 0 ? session.Payments[0].Id : null,
            ClientSecret = $"cs_{session.Id:N}_secret_{terms.ClientKey}",
            ClientReferenceId = opening.ClientReference ?? terms.CheckoutRef,
            ExternalReference = opening.ClientReference ?? terms.CheckoutRef,
            SubmitType = terms.SubmitType,
            Description = terms.Description,
            Source = terms.Source,
            CustomerEmail = terms.CustomerEmail,
            CustomerPhone = opening.CustomerPhone,
            SuccessUrl = terms.SuccessUrl,
            CancelUrl = terms.CancelUrl,
            CallbackUrl = terms.CallbackUrl,
            Shipping = terms.Shipping is { } shipping
                ? new ShippingView(shipping.Name, shipping.PhoneNumber, shipping.Method, shipping.Address)
                : null,
            Metadata = MapOf(terms.Metadata),
            PaymentLinkId = terms.Link?.Id,
            PaidBy = session.PaidBy is { } attempt
                ? new PaidByView(
                    attempt.Card is null ? HostedWords.MobileMoney : HostedWords.Card,
                    attempt.Card is null ? session.Payments[^1].Provider : null, attempt.PhoneNumber, attempt.Receipt,
                    attempt.ProviderReference)
                : null,
            Collected = (session.Payments is [{ Collected: { } paid }, ..] ? paid : terms.Link?.Entered)
                is { } collected
                ? new CollectedView(
                    collected.Name, collected.Email, collected.PhoneNumber, MapOf(collected.CustomFields))
                : null,
            LineItems = withLines ? LinesOf(terms) : null,
            FailureCode = session.HostedFailureReason is null ? null : Declined,
            FailureReason = session.HostedFailureReason,
            Created = opening.OpenedAt,
            ExpiresAt = terms.ExpiresAt,
            CompletedAt = (session as Session.Confirmed)?.At,
        };
    }

    /// <summary>Where the session's page is on this server.</summary>
    public static string PathOf(Session.Opened session) =>
        PathOf(PageToken.Of(session));

    public static HostedPageView PageOf(Session.Opened session, string storeName)
    {
        var opening = session.Opening;
        var terms = session.PageTerms ?? throw new InvalidOperationException("The session has no page.");
        return new HostedPageView(
            session.Id, terms.CheckoutRef, session.HostedStatus, session.HostedPaymentStatus, opening.LiveMode,
            storeName, terms.Currency, opening.Total, LinesOf(terms), terms.Methods, terms.SubmitType,
            terms.Description, terms.CustomerEmail,
            Sessions.SessionViews.Phone(CallerKind.HostedPage, opening.CustomerPhone),
            session is Session.Confirmed ? HostedRules.Filled(terms.SuccessUrl, session.Id) : null,
            HostedRules.Filled(terms.CancelUrl, session.Id),
            session.HostedFailureReason is null ? null : Declined, session.HostedFailureReason, terms.ExpiresAt,
            terms.Link is { Entered: null } link
                ? LinkQuestions.Of(link.CustomFields, link.CollectsName, link.CollectsPhone)
                : null,
            session is Session.Confirmed ? terms.Link?.SuccessMessage : null,
            session.CardPage is { } card ? new NextActionView(card) : null,
            terms.Subscription is { Plan: var plan, TrialEndsAt: var trial }
                ? new PagePlanView(plan.Interval, plan.Every, trial)
                : null);
    }

    /// <summary>Where a card gateway sends the customer back to: the page, in the customer's language.</summary>
    public static string ReturnUrl(HttpContext http, PageToken page) =>
        $"{http.PublicAddress}{PathOf(page)}?{Languages.Parameter}={http.Request.Language.Tag}&fromCard";

    private static string PathOf(PageToken page) => $"/pay/{page}";

    private static HostedTerms TermsOf(Session.Opened session) => session.Opening.Hosted
        ?? throw new InvalidOperationException("Only sessions of web shops have this view.");

    private static ShopLineView[] LinesOf(HostedTerms terms) =>
    [
        .. terms.LineItems.Select(line => new ShopLineView(
            line.Name, line.Description, line.Quantity, line.UnitAmount, line.UnitAmount * line.Quantity)),
    ];

    internal static Dictionary<string, string>? MapOf(Sequence<MetadataEntry>? entries) =>
        entries?.ToDictionary(entry => entry.Key, entry => entry.Value);
}
