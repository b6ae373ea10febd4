using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Shifts;

/// <summary>The money of one till, from the float to the count.</summary>
/// <param name="Kind">RESCUE: what a till took while nobody had opened a shift there.</param>
/// <param name="OpenedBy">Who answers for it; nobody for a rescue shift.</param>
/// <param name="Float">What was in the drawer to give change from.</param>
/// <param name="Counted">The cash found in the drawer at the end, the float included.</param>
/// <param name="ExpectedCash">What should be in the drawer. Cashiers see it once they have counted.</param>
/// <param name="Difference">Counted less expected: above zero over, below short.</param>
internal sealed record ShiftView(
    Guid Id,
    ShiftStatus Status,
    ShiftKind Kind,
    Guid TillId,
    Guid? OpenedBy,
    DateTimeOffset OpenedAt,
    Money Float,
    Guid? ClosedBy,
    DateTimeOffset? ClosedAt,
    Money? Counted,
    Money? ExpectedCash,
    Money? Difference,
    string? Note)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "shift";

    public string Currency { get; } = "TZS";

    /// <summary>What was put into the drawer for other reasons than sales.</summary>
    public Money? PaidIn { get; init; }

    /// <summary>What was taken out of it for other reasons than handing back.</summary>
    public Money? PaidOut { get; init; }

    /// <summary>What staff took and handed back at the till, by method.</summary>
    public IReadOnlyList<TakingsView>? Takings { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DrawerMovementView>? CashMovements { get; init; }

    public static ShiftView Of(Shift shift) => new(
        shift.Id, shift.Status, shift.Kind, shift.TillId, shift.OpenedBy, shift.OpenedAt, shift.Float,
        shift.Closing?.By, shift.Closing?.At, shift.Closing?.Counted, shift.Closing?.Expected,
        shift.Closing?.Difference, shift.Closing?.Note);

    public static ShiftView Of(ShiftReport report) => Blind(report) with
    {
        ExpectedCash = report.Figures.ExpectedCash,
        PaidIn = report.Figures.PaidIn,
        PaidOut = report.Figures.PaidOut,
        Takings = [.. report.Figures.Takings.Select(TakingsView.Of)],
    };

    /// <summary>As who has to count may see it.</summary>
    public static ShiftView Blind(ShiftReport report) => Of(report.Shift) with
    {
        CashMovements = [.. report.Movements.Select(DrawerMovementView.Of)],
    };
}

/// <summary>What one kind of payment brought.</summary>
/// <param name="Payments">How many were taken, top-ups among them.</param>
/// <param name="Taken">In whole shillings.</param>
/// <param name="Returned">Handed back at this till.</param>
internal sealed record TakingsView(PaymentMethod PaymentMethod, int Payments, Money Taken, Money Returned)
{
    public static TakingsView Of(Takings takings) =>
        new(takings.PaymentMethod, takings.Payments, takings.Taken, takings.Returned);
}

/// <summary>Cash put into the drawer or taken out of it.</summary>
internal sealed record DrawerMovementView(
    Guid Id, Guid ShiftId, DrawerMovementKind Type, Money Amount, string Reason, Guid By, DateTimeOffset At)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "drawer_movement";

    public string Currency { get; } = "TZS";

    public static DrawerMovementView Of(DrawerMovement movement) => new(
        movement.Id, movement.ShiftId, movement.Kind, movement.Amount, movement.Reason, movement.By, movement.At);
}

/// <summary>How the views of shifts are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson), typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<ShiftStatus>),
        typeof(WireNameJson<ShiftKind>), typeof(WireNameJson<DrawerMovementKind>)])]
[JsonSerializable(typeof(OpenShiftBody))]
[JsonSerializable(typeof(CashMovementBody))]
[JsonSerializable(typeof(CloseShiftBody))]
[JsonSerializable(typeof(ShiftView))]
[JsonSerializable(typeof(ListView<ShiftView>))]
[JsonSerializable(typeof(DrawerMovementView))]
internal sealed partial class ShiftJson : JsonSerializerContext;
