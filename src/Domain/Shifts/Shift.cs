using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Shifts;

public enum ShiftKind
{
    /// <summary>Opened by a staff member who is responsible for the till.</summary>
    Regular = 1,

    /// <summary>Holds the money that a till took while no shift was open there.</summary>
    Rescue,
}

public enum ShiftStatus { Open = 1, Closed }

/// <summary>The money of one till, from the float to the count.</summary>
/// <param name="TillId">The till with the drawer.</param>
/// <param name="OpenedBy">The staff member responsible for it; null for a rescue shift.</param>
/// <param name="Float">The cash for change that was in the drawer at the start.</param>
public sealed record Shift(
    Guid Id,
    Guid KitchenId,
    Guid TillId,
    ShiftKind Kind,
    Guid? OpenedBy,
    DateTimeOffset OpenedAt,
    Money Float,
    ShiftClosing? Closing = null)
{
    [JsonIgnore]
    public ShiftStatus Status => Closing is null ? ShiftStatus.Open : ShiftStatus.Closed;

    /// <summary>Cashiers may handle their own shifts, managers all shifts of their kitchen.</summary>
    public bool IsOpenTo(Caller staff, StaffRole? role) =>
        staff.KitchenId == KitchenId && (role == StaffRole.Manager || staff.Id == OpenedBy);
}

/// <summary>How a shift ended.</summary>
/// <param name="Counted">The cash found in the drawer, the float included.</param>
/// <param name="Expected">The cash that should have been in the drawer.</param>
public sealed record ShiftClosing(Guid By, DateTimeOffset At, Money Counted, Money Expected, string? Note)
{
    /// <summary>Positive: over; negative: short.</summary>
    [JsonIgnore]
    public Money Difference => Counted - Expected;
}

public enum DrawerMovementKind { PayIn = 1, PayOut }

/// <summary>Cash put into a drawer or taken out of it for another reason than a sale.</summary>
/// <param name="Reverses">The wrong movement that this one undoes; null for a movement of its own.</param>
public sealed record DrawerMovement(
    Guid Id, Guid ShiftId, DrawerMovementKind Kind, Money Amount, string Reason, Guid By, DateTimeOffset At,
    Guid? Reverses = null);

/// <summary>The money of one payment method that was taken and handed back at a till.</summary>
/// <param name="Payments">The number of payments taken.</param>
/// <param name="Corrected">
/// What corrections brought to this method while the shift was open, or, when negative, took from it.
/// </param>
public sealed record Takings(
    PaymentMethod PaymentMethod, Money Taken, Money Returned, int Payments, Money Corrected = default);

/// <summary>The figures from which a till's expected money is calculated.</summary>
/// <param name="Takings">Cash, cards and the kitchen's own payment methods, which staff attest.</param>
public sealed record ShiftFigures(Money Float, Money PaidIn, Money PaidOut, Sequence<Takings> Takings)
{
    /// <summary>The cash that should be in the drawer.</summary>
    [JsonIgnore]
    public Money ExpectedCash => Takings
        .Where(takings => takings.PaymentMethod == PaymentMethod.Cash)
        .Aggregate(
            Float + PaidIn - PaidOut,
            (cash, takings) => cash + takings.Taken - takings.Returned + takings.Corrected);
}

/// <summary>A shift with its figures and drawer movements.</summary>
/// <param name="Movements">Oldest first.</param>
/// <param name="Counts">Corrections of the count, oldest first.</param>
/// <param name="Late">Payments whose method was corrected after the closing, oldest first.</param>
/// <param name="Attested">Receipts that were attested at the till, oldest first.</param>
public sealed record ShiftReport(
    Shift Shift, ShiftFigures Figures, Sequence<DrawerMovement> Movements, Sequence<CountCorrection>? Counts = null,
    Sequence<LateCorrection>? Late = null, Sequence<AttestedReceipt>? Attested = null);

/// <summary>A network's receipt that a cashier has attested for a payment.</summary>
/// <param name="Notified">What the till says that it brought; null while the till has said nothing.</param>
public sealed record AttestedReceipt(
    Guid SessionId, Guid PaymentId, string Receipt, Money Amount, Guid By, DateTimeOffset At, Money? Notified);

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
