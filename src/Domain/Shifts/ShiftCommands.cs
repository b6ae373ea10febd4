namespace JikoXpress.Domain.Shifts;

/// <summary>A staff member opens a shift at the till where they are signed in.</summary>
public sealed record OpenShift(Caller By, Money Float, Operation? Operation = null) : ICommand
{
    public Sequence<Refusal> Broken() => ShiftRules.Broken(this);
}

/// <summary>Cash goes into the drawer, or out of it.</summary>
public sealed record MoveCash(
    Caller By, StaffRole Role, DrawerMovementKind Kind, Money Amount, string Reason, Operation? Operation = null)
    : ICommand
{
    public Sequence<Refusal> Broken() => ShiftRules.Broken(this);
}

/// <summary>A wrong movement is undone by one in the other direction that names it.</summary>
public sealed record ReverseMovement(
    Caller By, StaffRole Role, Guid MovementId, string Reason, Operation? Operation = null) : ICommand
{
    public Sequence<Refusal> Broken() => ShiftRules.Broken(this);
}

/// <summary>The drawer is counted and emptied.</summary>
/// <param name="Counted">All cash in it, the float included.</param>
public sealed record CloseShift(Caller By, Money Counted, string? Note, Operation? Operation = null) : ICommand
{
    public Sequence<Refusal> Broken() => ShiftRules.Broken(this);
}
