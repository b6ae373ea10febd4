using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>Reads what is known of the receipts of kitchens' own tills.</summary>
public interface IChannelReceipts
{
    /// <summary>What is known of each; a receipt of which nothing is known is left out.</summary>
    Task<IReadOnlyDictionary<TillReceipt, KnownReceipt>> Known(IReadOnlyCollection<TillReceipt> receipts);
}

/// <param name="Receipts">Under which name the network's receipts are kept for the kitchen.</param>
public sealed record TillReceipt(string Receipts, string Receipt);

/// <summary>What tills tell, and which payment it fits.</summary>
public interface ITillNotices
{
    /// <summary>Keeps a notice once. What the till has said of a receipt first stands.</summary>
    /// <returns>The notice as it is kept, and whose its receipt is.</returns>
    Task<KeptNotice> Keep(NewTillNotice notice);

    /// <summary>
    /// The reference of the only payment that the notice fits, taken from all other notices; null when it fits none, or
    /// several. A notice that has been given one gets the same one again.
    /// </summary>
    /// <param name="phoneNumber">The phone that paid, in E.164; null when it is not known.</param>
    Task<string?> Fit(KeptNotice notice, string? phoneNumber);
}

/// <param name="Adapter">The till's name.</param>
public sealed record NewTillNotice(
    string Adapter, string Receipt, Guid KitchenId, Money Amount, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt);

/// <param name="Owner">The reference that the receipt belongs to; null when it belongs to none yet.</param>
/// <param name="Attested">The amount that a cashier has attested with the receipt; null when nobody has.</param>
/// <param name="SessionId">The session of what was attested.</param>
/// <param name="IsListed">It fitted no payment before, and people decide about it, or have decided.</param>
public sealed record KeptNotice(
    string Adapter, string Receipt, Guid KitchenId, Money Amount, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt,
    string? Owner, Money? Attested, Guid? SessionId, bool IsListed);
