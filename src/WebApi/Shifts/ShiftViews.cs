using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Payments;

namespace JikoXpress.WebApi.Shifts;

/// <summary>A shift: the money of one till from the float to the count.</summary>
/// <param name="Kind">RESCUE: money that a till took while no shift was open there.</param>
/// <param name="OpenedBy">The staff member who is responsible; absent for a rescue shift.</param>
/// <param name="Float">Cash in the drawer for change at the start.</param>
/// <param name="Counted">The cash counted in the drawer at the end, with the float.</param>
/// <param name="ExpectedCash">The cash that should be in the drawer. Cashiers see it after their count.</param>
/// <param name="Difference">Counted less expected: positive is over, negative is short.</param>
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

    public required string Currency { get; init; }

    /// <summary>Cash put into the drawer that does not come from sales.</summary>
    public Money? PaidIn { get; init; }

    /// <summary>Cash taken out of the drawer that was not handed back to guests.</summary>
    public Money? PaidOut { get; init; }

    /// <summary>Money that staff took and handed back at the till, by payment method.</summary>
    public IReadOnlyList<TakingsView>? Takings { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DrawerMovementView>? CashMovements { get; init; }

    /// <summary>How the shift ended by all that is known now; absent if nothing was corrected since.</summary>
    public CorrectedShiftView? Corrected { get; init; }

    /// <summary>Corrections of the count, oldest first.</summary>
    public IReadOnlyList<CountCorrectionView>? CountCorrections { get; init; }

    /// <summary>Payments of the shift whose method was corrected after its closing, oldest first.</summary>
    public IReadOnlyList<PaymentCorrectionView>? PaymentCorrections { get; init; }

    /// <summary>What cashiers attested with receipts at this till; it is part of the takings.</summary>
    public AttestedSumView? Attested { get; init; }

    public static ShiftView Of(Shift shift, Currency currency) => new(
        shift.Id, shift.Status, shift.Kind, shift.TillId, shift.OpenedBy, shift.OpenedAt, shift.Float,
        shift.Closing?.By, shift.Closing?.At, shift.Closing?.Counted, shift.Closing?.Expected,
        shift.Closing?.Difference, shift.Closing?.Note)
    {
        Currency = currency.WireName,
    };

    public static ShiftView Of(ShiftReport report, Currency currency) => Blind(report, currency) with
    {
        ExpectedCash = report.Figures.ExpectedCash,
        PaidIn = report.Figures.PaidIn,
        PaidOut = report.Figures.PaidOut,
        Takings = [.. report.Figures.Takings.Select(TakingsView.Of)],
        Corrected = report.Corrected is { } closing
            ? new CorrectedShiftView(closing.Counted, closing.Expected, closing.Difference)
            : null,
        CountCorrections = report.Counts is { Count: > 0 } counts
            ? [.. counts.Select(count => CountCorrectionView.Of(count, currency))]
            : null,
        PaymentCorrections = report.Late is { Count: > 0 } late
            ? [.. late.Select(correction => PaymentCorrectionView.Of(correction, currency))]
            : null,
        Attested = report.Attested is { Count: > 0 } attested ? AttestedSumView.Of(attested) : null,
    };

    /// <summary>The view for a cashier who has not counted yet: without the expected amounts.</summary>
    public static ShiftView Blind(ShiftReport report, Currency currency) => Of(report.Shift, currency) with
    {
        CashMovements = [.. report.Movements.Select(movement => DrawerMovementView.Of(movement, currency))],
    };
}

/// <summary>The takings of one payment method.</summary>
/// <param name="Payments">Number of payments taken, top-ups included.</param>
/// <param name="Taken">In whole shillings.</param>
/// <param name="Returned">Money handed back at this till.</param>
/// <param name="Corrected">
/// What corrections brought to this method while the shift was open, or, when negative, took from it.
/// </param>
internal sealed record TakingsView(
    PaymentMethod PaymentMethod, int Payments, Money Taken, Money Returned, Money? Corrected)
{
    public static TakingsView Of(Takings takings) => new(
        takings.PaymentMethod, takings.Payments, takings.Taken, takings.Returned,
        takings.Corrected == Money.Zero ? null : takings.Corrected);
}

/// <summary>What cashiers attested with networks' receipts.</summary>
/// <param name="Sum">In whole shillings.</param>
/// <param name="Unconfirmed">The part of it of which no till has told the same amount.</param>
internal sealed record AttestedSumView(Money Sum, Money Unconfirmed, IReadOnlyList<AttestedReceiptView> Receipts)
{
    public static AttestedSumView Of(Sequence<AttestedReceipt> receipts) => new(
        receipts.Sum(receipt => receipt.Amount),
        receipts.Where(receipt => receipt.Notified != receipt.Amount).Sum(receipt => receipt.Amount),
        [
            .. receipts.Select(receipt => new AttestedReceiptView(
                receipt.Receipt, receipt.Amount, receipt.By, receipt.At, receipt.SessionId, receipt.Notified)),
        ]);
}

/// <summary>A receipt that a cashier attested.</summary>
/// <param name="By">The staff member.</param>
/// <param name="Notified">What the till says that it brought; left out while the till has said nothing.</param>
internal sealed record AttestedReceiptView(
    string Receipt, Money Amount, Guid By, DateTimeOffset At, Guid SessionId, Money? Notified);

/// <summary>The end of a shift after corrections.</summary>
/// <param name="Counted">By the last correction of the count.</param>
/// <param name="ExpectedCash">With the payments whose method was corrected.</param>
/// <param name="Difference">Counted less expected: positive is over, negative is short.</param>
internal sealed record CorrectedShiftView(Money Counted, Money ExpectedCash, Money Difference);

/// <summary>A count that was typed wrongly.</summary>
/// <param name="Before">What was counted before, in whole shillings.</param>
/// <param name="Counted">What was in the drawer, in whole shillings.</param>
/// <param name="Corrects">The correction that was wrong itself.</param>
internal sealed record CountCorrectionView(
    Guid Id, Guid ShiftId, Money Before, Money Counted, string Reason, Guid By, DateTimeOffset At, Guid? Corrects)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "count_correction";

    public required string Currency { get; init; }

    public static CountCorrectionView Of(CountCorrection correction, Currency currency) => new(
        correction.Id, correction.ShiftId, correction.Before, correction.Counted, correction.Reason, correction.By,
        correction.At, correction.Corrects)
    {
        Currency = currency.WireName,
    };
}

/// <summary>Cash put into the drawer or taken out of it.</summary>
/// <param name="Reverses">The wrong movement that this one undoes.</param>
internal sealed record DrawerMovementView(
    Guid Id, Guid ShiftId, DrawerMovementKind Type, Money Amount, string Reason, Guid By, DateTimeOffset At,
    Guid? Reverses)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "drawer_movement";

    public required string Currency { get; init; }

    public static DrawerMovementView Of(DrawerMovement movement, Currency currency) => new(
        movement.Id, movement.ShiftId, movement.Kind, movement.Amount, movement.Reason, movement.By, movement.At,
        movement.Reverses)
    {
        Currency = currency.WireName,
    };
}

/// <summary>How the views of shifts are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson), typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<ShiftStatus>),
        typeof(WireNameJson<ShiftKind>), typeof(WireNameJson<DrawerMovementKind>)])]
[JsonSerializable(typeof(ShiftView))]
[JsonSerializable(typeof(ListView<ShiftView>))]
[JsonSerializable(typeof(DrawerMovementView))]
internal sealed partial class ShiftJson : JsonSerializerContext;
