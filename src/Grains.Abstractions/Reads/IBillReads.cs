using JikoXpress.Domain.Bills;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds bills in the store. When the id is known, call the bill's grain instead.</summary>
public interface IBillReads
{
    /// <summary>The kitchen's bills that match, newest first.</summary>
    Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page);
}

/// <summary>Which bills to list; a null member does not filter.</summary>
public sealed record BillFilter(Guid KitchenId, BillStatus? Status = null, string? TableNumber = null);
