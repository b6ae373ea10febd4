using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Carts;

/// <summary>The checkout of a cart: a session for each kitchen, all paid together or none.</summary>
internal sealed record CheckoutGroupView
{
    public required Guid GroupId { get; init; }

    public string Object { get; } = "checkout_group";

    /// <summary>The status of its sessions; all have the same.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole shillings: the sum of its sessions.</summary>
    public required Money Total { get; init; }

    /// <summary>The payments of the whole group. Each session has its share of them among its own payments.</summary>
    public required IReadOnlyList<PaymentView> Payments { get; init; }

    /// <summary>One for each kitchen. On the first one, a mobile-money payment can be started again.</summary>
    public required IReadOnlyList<SessionView> Sessions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a group that waits for payment expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required CheckoutGroupLinks Links { get; init; }
}

/// <summary>Links to what clients of a group usually request next.</summary>
internal sealed record CheckoutGroupLinks(string Self);

internal static class CheckoutGroupViews
{
    public const string Path = "/api/v1/checkout-groups";

    public static CheckoutGroupView For(CallerKind viewer, CheckoutGroup group) => new()
    {
        GroupId = group.Leading.Id,
        Status = group.Leading.Status,
        Livemode = group.Leading.Opening.LiveMode,
        Currency = group.Leading.Opening.Currency.WireName,
        Total = group.Total,
        Payments =
        [
            .. group.Payments.Select(payment =>
                SessionViews.Payment(viewer, payment, group.Leading.Opening.Currency)),
        ],
        Sessions = [.. group.Members.Select(member => SessionViews.For(viewer, member.Opened, member.Version))],
        CreatedAt = group.Leading.Opening.OpenedAt,
        ExpiresAt = (group.Leading as Session.Pending)?.ExpiresAt,
        Links = new CheckoutGroupLinks($"{Path}/{group.Leading.Id}"),
    };

    /// <summary>A tag that changes when any of its sessions changes.</summary>
    public static string Tag(CheckoutGroup group) => string.Join(
        '_', group.Members.Select(member => SessionAnswers.StateTag(member.Opened, member.Version)));
}
