using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Shifts;

/// <summary>The refusals of a shift, in the order in which callers see them.</summary>
public static class ShiftRefusals
{
    public static Refusal AmountOutOfRange(string pointer, long least) => new(
        Rules, "amount-out-of-range", $"An amount must be {least} to {Money.Largest}.", pointer);

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such shift.");

    public static Refusal ShiftAlreadyOpen { get; } = new(
        State, "shift-already-open", "A shift is already open at this till; close it first.");

    public static Refusal ShiftNotOpen { get; } = new(State, "shift-not-open", "This shift is closed.");

    public static Refusal ShiftNotClosed { get; } = new(
        State, "shift-not-closed", "The expected cash is shown after the drawer is counted.");
}
