namespace JikoXpress.Domain;

public enum CallerKind
{
    Staff = 1, Till, Kiosk, TableGuest, AppUser, Bot, Merchant, Operator, Clock, Aggregator, KitchenDisplay,
    HostedPage,
}

/// <summary>The caller, as the rules need it; the front end has authenticated it already.</summary>
/// <param name="Id">
/// The staff member, device, account or key; a merchant, whichever of its keys was used; a page's session.
/// </param>
/// <param name="KitchenId">The kitchen that the caller belongs to, if any.</param>
/// <param name="DeviceId">
/// The till or kiosk that the caller uses; cash goes into its drawer. Of a merchant, the app token, if it is one's.
/// </param>
public sealed record Caller(CallerKind Kind, Guid Id, Guid? KitchenId = null, Guid? DeviceId = null)
{
    /// <summary>The caller of changes that a deadline makes.</summary>
    public static Caller Clock { get; } = new(CallerKind.Clock, Guid.Empty);

    /// <summary>The caller of changes that a mobile-money report makes.</summary>
    public static Caller Aggregator { get; } = new(CallerKind.Aggregator, Guid.Empty);
}
