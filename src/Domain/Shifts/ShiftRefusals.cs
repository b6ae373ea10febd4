using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Shifts;

/// <summary>The refusals of a shift, in the order in which callers see them.</summary>
public static class ShiftRefusals
{
    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such shift.");

    public static Refusal MovementNotFound { get; } = new(
        NotThere, "not-found", "This shift has no such movement.");

    public static Refusal ShiftAlreadyOpen { get; } = new(
        State, "shift-already-open", "A shift is already open at this till; close it first.");

    public static Refusal ManagerRequired(Money limit) => new(
        State, "manager-required", $"Only a manager moves more than {limit} at once.");

    public static Refusal ShiftNotOpen { get; } = new(State, "shift-not-open", "This shift is closed.");

    public static Refusal MovementReversed { get; } = new(
        State, "movement-reversed", "This movement has been reversed already, or is itself a reversal.");

    /// <summary>Without the amount in the drawer: a cashier counts it without knowing what it should be.</summary>
    public static Refusal DrawerHoldsLess { get; } = new(
        State, "drawer-holds-less", "The drawer does not hold as much as is taken out of it.");

    public static Refusal DrawerFull { get; } = new(
        State, "drawer-full", $"A drawer holds {Money.Largest} at most.");

    public static Refusal CorrectionNotFound { get; } = new(
        NotThere, "not-found", "This shift's count has no such correction.");

    public static Refusal CountNotTaken { get; } = new(
        State, "shift-not-closed", "The shift is not closed; close it with the right count.");

    public static Refusal CountCorrected(Guid correctionId) => new(
        State, "count-corrected", "The count was corrected before; name that correction to correct it.", "",
        [new RefusalDetail("correctionId", $"{correctionId}")]);

    public static Refusal TooManyCorrections { get; } = new(
        State, "too-many-corrections", $"A count can be corrected at most {ShiftCorrections.MostCorrections} times.");

    public static Refusal CountUnchanged { get; } = new(
        State, "count-unchanged", "This is the count already.");

    public static Refusal ShiftNotClosed { get; } = new(
        State, "shift-not-closed", "The expected cash is shown after the drawer is counted.");
}
