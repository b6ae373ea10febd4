using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Shifts;

/// <summary>The refusals of a shift, in the order in which callers see them.</summary>
public static class ShiftRefusals
{
    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such shift.");

    public static Refusal ShiftAlreadyOpen { get; } = new(
        State, "shift-already-open", "Somebody has opened a shift at this till already; that one is closed first.");

    public static Refusal ShiftNotOpen { get; } = new(State, "shift-not-open", "This shift is closed.");

    public static Refusal ShiftNotClosed { get; } = new(
        State, "shift-not-closed", "The drawer is counted before anybody is told what should be in it.");
}
