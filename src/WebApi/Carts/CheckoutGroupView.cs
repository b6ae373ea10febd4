using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Carts;

/// <summary>What a cart was checked out as: a session for each kitchen, paid together or not at all.</summary>
internal sealed record CheckoutGroupView
{
    public required Guid GroupId { get; init; }

    public string Object { get; } = "checkout_group";

    /// <summary>That of each of its sessions.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public string Currency { get; } = "TZS";

    /// <summary>In whole shillings: what its sessions come to.</summary>
    public required Money Total { get; init; }

    /// <summary>What was asked of the guest, in one piece; each session has its share of it among its own.</summary>
    public required IReadOnlyList<PaymentView> Payments { get; init; }

    /// <summary>One for each kitchen, first the one at which a payment by phone is begun anew.</summary>
    public required IReadOnlyList<SessionView> Sessions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>While it waits for payment: until when.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required CheckoutGroupLinks Links { get; init; }
}

/// <summary>What a group's clients ask for next.</summary>
internal sealed record CheckoutGroupLinks(string Self);

internal static class CheckoutGroupViews
{
    public const string Path = "/api/v1/checkout-groups";

    public static CheckoutGroupView For(CallerKind viewer, CheckoutGroup group) => new()
    {
        GroupId = group.Leading.Id,
        Status = group.Leading.Status,
        Livemode = group.Leading.Opening.LiveMode,
        Total = group.Total,
        Payments = [.. group.Payments.Select(payment => SessionViews.Payment(viewer, payment))],
        Sessions = [.. group.Members.Select(member => SessionViews.For(viewer, member.Opened, member.Version))],
        CreatedAt = group.Leading.Opening.OpenedAt,
        ExpiresAt = (group.Leading as Session.Pending)?.ExpiresAt,
        Links = new CheckoutGroupLinks($"{Path}/{group.Leading.Id}"),
    };

    /// <summary>Changes with any of its sessions.</summary>
    public static string Tag(CheckoutGroup group) => string.Join(
        '_', group.Members.Select(member => SessionAnswers.StateTag(member.Opened, member.Version)));
}
