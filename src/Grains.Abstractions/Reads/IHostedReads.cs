using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds a merchant's hosted sessions in the store.</summary>
public interface IHostedReads
{
    /// <summary>The sessions that match, newest first.</summary>
    Task<Page<Snapshot<Session.Opened>>> List(HostedFilter filter, PageRequest page);
}

/// <summary>Which hosted sessions to list; a null member does not filter.</summary>
/// <param name="Status">open, complete or expired.</param>
/// <param name="PaymentLinkId">The link that they come from.</param>
/// <param name="From">Business days of the store, both ends included.</param>
public sealed record HostedFilter(
    Guid MerchantId, string? Status = null, DateOnly? From = null, DateOnly? To = null, string? ClientReference = null,
    string? Currency = null, Guid? PaymentLinkId = null);
