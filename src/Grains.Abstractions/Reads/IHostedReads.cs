using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds a merchant's hosted sessions in the store.</summary>
public interface IHostedReads
{
    /// <summary>The sessions that match, newest first.</summary>
    Task<Page<Snapshot<Session.Opened>>> List(HostedFilter filter, PageRequest page);

    /// <summary>The newest session of the register that can still be paid; null if none waits.</summary>
    Task<Session.Opened?> Waiting(Guid storeId, int checkoutId, DateTimeOffset now);
}

/// <summary>Which hosted sessions to list; a null member does not filter.</summary>
/// <param name="Status">open, complete or expired.</param>
/// <param name="PaymentLinkId">The link that they come from.</param>
/// <param name="CheckoutId">The number of a register, which each store counts on its own.</param>
/// <param name="From">Business days of the store, both ends included.</param>
public sealed record HostedFilter(
    Guid MerchantId, string? Status = null, DateOnly? From = null, DateOnly? To = null, string? ClientReference = null,
    string? Currency = null, Guid? StoreId = null, int? CheckoutId = null,
    Guid? PaymentLinkId = null);
