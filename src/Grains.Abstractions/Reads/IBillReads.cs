using JikoXpress.Domain.Bills;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds bills in the store. When the id is known, call the bill's grain instead.</summary>
public interface IBillReads
{
    /// <summary>The kitchen's bills that match, newest first.</summary>
    Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page);
}

/// <summary>Which bills to list; a null member does not filter.</summary>
/// <param name="Sale">
/// All bills are of TAB sessions of the POS, and have no slip; they were opened on the business days, and a bill has a
/// client reference if a session of one of its rounds has it.
/// </param>
public sealed record BillFilter(Guid KitchenId, BillStatus? Status = null, SaleFilter? Sale = null);
