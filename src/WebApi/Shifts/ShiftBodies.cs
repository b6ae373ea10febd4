using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Shifts;

/// <summary>A shift to open at the caller's till.</summary>
/// <param name="Float">Cash in the drawer for change at the start, in whole shillings; may be 0.</param>
internal sealed record OpenShiftBody(Money Float);

/// <summary>Cash put into the drawer, or taken out of it.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Reason">The reason for the movement.</param>
internal sealed record CashMovementBody(Money Amount, [Length(1, ShiftRules.LongestReason)] string Reason);

/// <summary>The cash count at the end of a shift.</summary>
/// <param name="Counted">All cash in the drawer, with the float, in whole shillings; may be 0.</param>
/// <param name="Note">A remark about the count.</param>
internal sealed record CloseShiftBody(Money Counted, [Length(1, ShiftRules.LongestReason)] string? Note = null);

/// <summary>Reads the bodies about shifts.</summary>
internal static class ShiftBodies
{
    extension(JsonBody body)
    {
        public OpenShift OpenShift(Caller by) => new(by, body.Root.Money("float"), body.Operation());

        public MoveCash MoveCash(Caller by, DrawerMovementKind kind) => new(
            by, kind, body.Root.Money("amount"),
            body.Root.Text("reason") ?? body.Root.Violations.Missing(body.Root.Pointer("reason"), "-"),
            body.Operation());

        public CloseShift CloseShift(Caller by) =>
            new(by, body.Root.Money("counted"), body.Root.Text("note"), body.Operation());
    }
}

/// <param name="Status">Only shifts with this status.</param>
internal sealed record ListShiftsQuery(ShiftStatus? Status) : PageQuery;

/// <param name="Paper">The paper's width in millimetres.</param>
internal sealed record PrintShiftQuery([AllowedValues("58", "80"), DefaultValue("80")] string? Paper);
