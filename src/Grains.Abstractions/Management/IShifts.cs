using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// Who answers for the money at which till. Sales know nothing of it: what a till took belongs to the shift that is
/// open there when it is counted, and to a rescue shift where none is.
/// </summary>
public interface IShifts
{
    /// <summary>Newest first; rescue shifts only where there is money in them.</summary>
    /// <param name="openedBy">Only those of this member; null for all of the kitchen.</param>
    Task<Page<Shift>> List(Guid kitchenId, Guid? openedBy, ShiftStatus? status, PageRequest page);

    /// <summary>Refuses with not-found where the kitchen has none such.</summary>
    Task<Outcome<Shift>> Find(Guid kitchenId, Guid shiftId);

    /// <summary>With the figures as they are now.</summary>
    Task<ShiftReport> Report(Shift shift);

    /// <summary>At the till where the caller stands.</summary>
    Task<Outcome<Shift>> Open(OpenShift command);

    /// <summary>Puts cash into the drawer, or takes it out, while the shift is open.</summary>
    Task<Outcome<DrawerMovement>> Move(Shift shift, MoveCash command);

    /// <summary>Books what is over or short and empties the drawer; a shift is closed once.</summary>
    Task<Outcome<ShiftReport>> Close(Shift shift, CloseShift command);
}
