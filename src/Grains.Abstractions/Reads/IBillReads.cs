using JikoXpress.Domain;
using JikoXpress.Domain.Bills;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds bills in the store. When the id is known, call the bill's grain instead.</summary>
public interface IBillReads
{
    /// <summary>The kitchen's bills that match, newest first.</summary>
    Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page);
}

/// <summary>Which bills to list; a null member does not filter.</summary>
/// <param name="Channel">All bills are of the POS.</param>
/// <param name="SessionType">All bills are of TAB sessions.</param>
/// <param name="From">Business days on which they were opened, both ends included.</param>
/// <param name="SlipNumber">No bill has a slip.</param>
/// <param name="ClientReference">Only bills with a round of a session with this reference.</param>
public sealed record BillFilter(
    Guid KitchenId,
    BillStatus? Status = null,
    string? TableNumber = null,
    Channel? Channel = null,
    SessionType? SessionType = null,
    DateOnly? From = null,
    DateOnly? To = null,
    int? SlipNumber = null,
    string? ClientReference = null);
