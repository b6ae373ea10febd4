namespace JikoXpress.Domain;

public enum CallerKind { Staff = 1, Till, Kiosk, TableGuest, AppUser, Bot, Merchant, Operator, Clock, Aggregator }

/// <summary>Who asks, as the rules need it; the front end has already established that it is true.</summary>
/// <param name="Id">The staff member, device, account or key.</param>
/// <param name="KitchenId">The kitchen that the caller belongs to, where it belongs to one.</param>
/// <param name="DeviceId">The till or kiosk that the caller stands at; cash goes into its drawer.</param>
public sealed record Caller(CallerKind Kind, Guid Id, Guid? KitchenId = null, Guid? DeviceId = null)
{
    /// <summary>The passing of time, when it ends something.</summary>
    public static Caller Clock { get; } = new(CallerKind.Clock, Guid.Empty);

    /// <summary>Mobile money, when what it says changes something.</summary>
    public static Caller Aggregator { get; } = new(CallerKind.Aggregator, Guid.Empty);
}
