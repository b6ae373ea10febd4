namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Receipts that were told of under more than one reference.</summary>
public interface IPaymentConflicts
{
    /// <summary>Newest first.</summary>
    Task<Page<PaymentConflict>> List(PageRequest page);

    /// <summary>People have settled it with the aggregator. Null when there is no such conflict.</summary>
    Task<PaymentConflict?> Close(Guid id, Guid by);
}

/// <param name="Reference">Under which it was told of again; nothing was counted for it.</param>
/// <param name="KnownReference">The reference that the receipt was counted for.</param>
/// <param name="ClosedAt">When people had settled it; null while they have not.</param>
public sealed record PaymentConflict(
    Guid Id, string Adapter, string Receipt, string Reference, string KnownReference, DateTimeOffset SeenAt,
    DateTimeOffset? ClosedAt = null);
