using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// Which cashier is responsible for the money at which till. Sales do not refer to shifts: money that a till took
/// belongs to the shift that is open there when it is counted, or to a rescue shift when none is open.
/// </summary>
public interface IShifts
{
    /// <summary>Newest first; rescue shifts only where there is money in them.</summary>
    /// <param name="openedBy">Only the shifts of this staff member; null for all of the kitchen.</param>
    Task<Page<Shift>> List(Guid kitchenId, Guid? openedBy, ShiftStatus? status, PageRequest page);

    /// <summary>Refuses with not-found when the kitchen has no such shift.</summary>
    Task<Reply<Shift>> Find(Guid kitchenId, Guid shiftId);

    /// <summary>With the figures as they are now.</summary>
    Task<ShiftReport> Report(Shift shift);

    /// <summary>Opens a shift at the till where the caller is signed in.</summary>
    Task<Reply<Shift>> Open(OpenShift command);

    /// <summary>
    /// Puts cash into the drawer, or takes it out, while the shift is open. A drawer gives no more than it holds, and
    /// a cashier moves no more at once than the kitchen's limit.
    /// </summary>
    Task<Reply<DrawerMovement>> Move(Shift shift, MoveCash command);

    /// <summary>Undoes a movement of the open shift, once, by one that names it; the same limits apply.</summary>
    Task<Reply<DrawerMovement>> Reverse(Shift shift, ReverseMovement command);

    /// <summary>Books the cash difference, over or short, and empties the drawer; a shift is closed once.</summary>
    Task<Reply<ShiftReport>> Close(Shift shift, CloseShift command);

    /// <summary>
    /// Corrects the count of a closed shift: the difference is booked anew by an entry of its own, and the closing
    /// stays as it was.
    /// </summary>
    Task<Reply<ShiftReport>> Correct(Shift shift, CorrectCount command);
}
