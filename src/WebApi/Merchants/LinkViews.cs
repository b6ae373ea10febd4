using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.WebApi.Merchants;

/// <summary>A merchant's payment link. Members that do not apply are left out.</summary>
internal sealed record PaymentLinkView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "payment_link";

    /// <summary>The address for messages, posters and pages.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// open; full: customers who are paying hold the last places; complete: as many have paid as may; expired;
    /// inactive.
    /// </summary>
    public required string Status { get; init; }

    public required bool Active { get; init; }

    public required bool Livemode { get; init; }

    /// <summary>The kitchen that gets the money.</summary>
    public required Guid StoreId { get; init; }

    public required string Currency { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public Money? Amount { get; init; }

    public OpenAmountView? OpenAmount { get; init; }

    public IReadOnlyList<LinkLineView>? LineItems { get; init; }

    public string? Description { get; init; }

    public required string SubmitType { get; init; }

    public string? SuccessUrl { get; init; }

    public string? SuccessMessage { get; init; }

    public string? CancelUrl { get; init; }

    public string? CallbackUrl { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public IReadOnlyList<CustomFieldView>? CustomFields { get; init; }

    public required bool CollectName { get; init; }

    public required bool CollectPhone { get; init; }

    public int? MaxPayments { get; init; }

    /// <summary>How many sessions of the link were paid.</summary>
    public required int CompletedPayments { get; init; }

    /// <summary>How many sessions of the link can still be paid.</summary>
    public required int OpenSessions { get; init; }

    /// <summary>How long a customer has to pay, in seconds.</summary>
    public required int SessionExpiresIn { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset Created { get; init; }
}

/// <summary>Amounts in the currency's smallest unit, between which the visitor chooses.</summary>
internal sealed record OpenAmountView(Money Min, Money Max, Money? Preset)
{
    public static OpenAmountView? Of(OpenAmount? open) =>
        open is null ? null : new OpenAmountView(open.Least, open.Most, open.Preset);
}

/// <summary>One line of what is bought.</summary>
/// <param name="UnitAmount">In the currency's smallest unit.</param>
/// <param name="MinQuantity">Only where the visitor may choose.</param>
internal sealed record LinkLineView(
    string Name, string? Description, Money UnitAmount, int Quantity, int? MinQuantity, int? MaxQuantity)
{
    public static IReadOnlyList<LinkLineView>? Of(Sequence<LinkLine>? lines) => lines?
        .Select(line => new LinkLineView(
            line.Name, line.Description, line.UnitAmount, line.Quantity, line.LeastQuantity, line.MostQuantity))
        .ToList();
}

/// <summary>What the shop wants to know of its customer.</summary>
/// <param name="Type">text, number or dropdown.</param>
internal sealed record CustomFieldView(
    string Key, string Label, string Type, bool Required, IReadOnlyList<string>? Options)
{
    public static IReadOnlyList<CustomFieldView>? Of(Sequence<CustomField>? fields) => fields?
        .Select(field => new CustomFieldView(field.Key, field.Label, field.Kind, field.Required, field.Options))
        .ToList();
}

/// <summary>What a page asks of its customer beside the money.</summary>
/// <param name="Name">The customer has to say a name.</param>
/// <param name="PhoneNumber">The customer has to say a phone number.</param>
internal sealed record LinkQuestions(bool Name, bool PhoneNumber, IReadOnlyList<CustomFieldView>? CustomFields)
{
    /// <summary>Null when nothing is asked.</summary>
    public static LinkQuestions? Of(Sequence<CustomField>? fields, bool name, bool phone) =>
        fields is { Count: > 0 } || name || phone
            ? new LinkQuestions(name, phone, CustomFieldView.Of(fields))
            : null;
}

/// <summary>What the page of a payment link shows and asks. The shop's own notes are not among it.</summary>
/// <param name="Status">open lets a session be opened; full, complete, expired and inactive do not.</param>
/// <param name="StoreName">Who is paid.</param>
/// <param name="Amount">In the currency's smallest unit.</param>
internal sealed record LinkPageView(
    string Status, bool Livemode, string StoreName, string Currency, Money? Amount, OpenAmountView? OpenAmount,
    IReadOnlyList<LinkLineView>? LineItems, string SubmitType, string? Description, LinkQuestions? Asks,
    DateTimeOffset? ExpiresAt)
{
    public string Object { get; } = "payment_link_page";
}

/// <summary>The session that a visitor has opened, and where it is paid.</summary>
/// <param name="Url">The hosted page.</param>
/// <param name="PublicToken">For `/api/checkout/{publicToken}`.</param>
/// <param name="AmountTotal">In the currency's smallest unit.</param>
internal sealed record LinkSessionView(
    Guid SessionId, string Url, string PublicToken, Money AmountTotal, string Currency, DateTimeOffset ExpiresAt)
{
    public string Object { get; } = "payment_link_session";
}

/// <summary>Makes the views of payment links.</summary>
internal static class LinkViews
{
    public const string Path = "/api/v1/payment-links";

    /// <param name="page">The scheme and host by which the caller reached this server.</param>
    public static PaymentLinkView For(PaymentLink link, string page, DateTimeOffset now) => new()
    {
        Id = link.Id,
        Url = $"{page}/links/{new PageToken(link.Id, link.Key)}",
        Status = WordOf(link, now),
        Active = link.Active,
        Livemode = link.LiveMode,
        StoreId = link.StoreId,
        Currency = link.Currency,
        Amount = link.Terms.Amount,
        OpenAmount = OpenAmountView.Of(link.Terms.OpenAmount),
        LineItems = LinkLineView.Of(link.Terms.LineItems),
        Description = link.Terms.Description,
        SubmitType = link.Terms.SubmitType ?? "pay",
        SuccessUrl = link.Terms.SuccessUrl,
        SuccessMessage = link.Terms.SuccessMessage,
        CancelUrl = link.Terms.CancelUrl,
        CallbackUrl = link.Terms.CallbackUrl,
        Metadata = HostedViews.MapOf(link.Terms.Metadata),
        CustomFields = CustomFieldView.Of(link.Terms.CustomFields),
        CollectName = link.Terms.CollectsName,
        CollectPhone = link.Terms.CollectsPhone,
        MaxPayments = link.Terms.MostPayments,
        CompletedPayments = link.Use.Paid,
        OpenSessions = link.Use.Open,
        SessionExpiresIn = link.Terms.SessionSeconds ?? (int)LinkRules.UsualLife.TotalSeconds,
        ExpiresAt = link.Terms.ExpiresAt,
        Created = link.CreatedAt,
    };

    public static LinkPageView PageOf(PaymentLink link, string storeName, DateTimeOffset now) => new(
        WordOf(link, now), link.LiveMode, storeName, link.Currency, link.Terms.Amount,
        OpenAmountView.Of(link.Terms.OpenAmount), LinkLineView.Of(link.Terms.LineItems),
        link.Terms.SubmitType ?? "pay", link.Terms.Description,
        LinkQuestions.Of(link.Terms.CustomFields, link.Terms.CollectsName, link.Terms.CollectsPhone),
        link.Terms.ExpiresAt);

    public static LinkSessionView SessionOf(Session.Opened session, string page)
    {
        var shown = HostedViews.For(session, page, withLines: false);
        return new LinkSessionView(
            session.Id, shown.Url, shown.Url[(shown.Url.LastIndexOf('/') + 1)..], shown.AmountTotal, shown.Currency,
            shown.ExpiresAt);
    }

    private static string WordOf(PaymentLink link, DateTimeOffset now) =>
        link.StatusAt(now).WireName.ToLowerInvariant();
}
