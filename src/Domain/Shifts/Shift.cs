using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Shifts;

public enum ShiftKind
{
    /// <summary>Opened by somebody who answers for the till.</summary>
    Regular = 1,

    /// <summary>What a till took while nobody had opened a shift there.</summary>
    Rescue,
}

public enum ShiftStatus { Open = 1, Closed }

/// <summary>The money of one till, from the float to the count.</summary>
/// <param name="TillId">The till, whose drawer it is.</param>
/// <param name="OpenedBy">Who answers for it; null for a rescue shift.</param>
/// <param name="Float">What was in the drawer to give change from.</param>
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

    /// <summary>Cashiers answer for shifts of their own, managers for all of their kitchen.</summary>
    public bool IsOpenTo(Caller staff, StaffRole? role) =>
        staff.KitchenId == KitchenId && (role == StaffRole.Manager || staff.Id == OpenedBy);
}

/// <summary>How a shift ended.</summary>
/// <param name="Counted">The cash found in the drawer, the float included.</param>
/// <param name="Expected">What should have been there.</param>
public sealed record ShiftClosing(Guid By, DateTimeOffset At, Money Counted, Money Expected, string? Note)
{
    /// <summary>Above zero: over; below: short.</summary>
    [JsonIgnore]
    public Money Difference => Counted - Expected;
}

public enum DrawerMovementKind { PayIn = 1, PayOut }

/// <summary>Cash put into a drawer or taken out of it for another reason than a sale.</summary>
public sealed record DrawerMovement(
    Guid Id, Guid ShiftId, DrawerMovementKind Kind, Money Amount, string Reason, Guid By, DateTimeOffset At);

/// <summary>What one kind of payment brought at a till, and what of it was handed back there.</summary>
/// <param name="Payments">How many were taken.</param>
public sealed record Takings(PaymentMethod PaymentMethod, Money Taken, Money Returned, int Payments);

/// <summary>What there should be at a till.</summary>
/// <param name="Takings">Cash, cards and the kitchen's own channels: what staff attest.</param>
public sealed record ShiftFigures(Money Float, Money PaidIn, Money PaidOut, Sequence<Takings> Takings)
{
    /// <summary>The cash that should be in the drawer.</summary>
    [JsonIgnore]
    public Money ExpectedCash => Takings
        .Where(takings => takings.PaymentMethod == PaymentMethod.Cash)
        .Aggregate(Float + PaidIn - PaidOut, (cash, takings) => cash + takings.Taken - takings.Returned);
}

/// <summary>All that there is to say about a shift.</summary>
/// <param name="Movements">Oldest first.</param>
public sealed record ShiftReport(Shift Shift, ShiftFigures Figures, Sequence<DrawerMovement> Movements);
