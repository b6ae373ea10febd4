using JikoXpress.Domain.Bills;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds bills in the store; one that is known by its id is asked at its own door instead.</summary>
public interface IBillReads
{
    /// <summary>The kitchen's bills that match, newest first.</summary>
    Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page);
}

/// <summary>Which bills to list: what is null filters nothing.</summary>
public sealed record BillFilter(Guid KitchenId, BillStatus? Status = null, string? TableNumber = null);
