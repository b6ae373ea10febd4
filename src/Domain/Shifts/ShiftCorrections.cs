using System.Text.Json.Serialization;
using JikoXpress.Domain.Ledger;

namespace JikoXpress.Domain.Shifts;

/// <summary>A manager corrects the count of a closed shift.</summary>
/// <param name="Counted">All the cash that was in the drawer, the float included.</param>
/// <param name="Corrects">The shift's last correction, when that one was wrong; null for the first one.</param>
public sealed record CorrectCount(
    Caller By, Money Counted, string Reason, Guid? Corrects = null, Operation? Operation = null) : ICommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. FieldRules.Amount(Counted, "/counted", least: 0),
        .. FieldRules.Text(Reason, "/reason", ShiftRules.LongestReason),
    ];
}

/// <summary>The count of a closed shift was typed wrongly.</summary>
/// <param name="Before">What was said to be in the drawer before.</param>
/// <param name="Corrects">The correction that was wrong itself.</param>
public sealed record CountCorrection(
    Guid Id, Guid ShiftId, Money Before, Money Counted, string Reason, Guid By, DateTimeOffset At,
    Guid? Corrects = null);

/// <summary>The method of a payment was corrected after its shift was closed.</summary>
public sealed record LateCorrection(
    Guid Id, Guid SessionId, Guid PaymentId, PaymentMethod From, PaymentMethod To, Money Amount, string Reason, Guid By,
    DateTimeOffset At)
{
    /// <summary>The change of the cash that should have been in the drawer.</summary>
    [JsonIgnore]
    public Money ExpectedCash => (From, To) switch
    {
        (PaymentMethod.Cash, PaymentMethod.Cash) => Money.Zero,
        (PaymentMethod.Cash, _) => Money.Zero - Amount,
        (_, PaymentMethod.Cash) => Amount,
        _ => Money.Zero,
    };
}

/// <summary>Corrections of a shift's count.</summary>
public static class ShiftCorrections
{
    public const int MostCorrections = 10;

    extension(ShiftReport report)
    {
        /// <summary>
        /// How the shift ended by all that is known now; null when nothing was corrected after its closing.
        /// </summary>
        public ShiftClosing? Corrected => report is { Shift.Closing: { } closing } && report.IsCorrected
            ? closing with
            {
                Counted = report.Counts is { Count: > 0 } counts ? counts[^1].Counted : closing.Counted,
                Expected = closing.Expected + (report.Late ?? []).Sum(late => late.ExpectedCash),
            }
            : null;

        private bool IsCorrected => report.Counts is { Count: > 0 } || report.Late is { Count: > 0 };

        /// <summary>The correction of the count, or why it cannot be made.</summary>
        public (CountCorrection? Correction, Refusal? Refusal) Correct(
            CorrectCount command, Guid id, DateTimeOffset now)
        {
            if (report.Shift.Closing is not { } closing) return (null, ShiftRefusals.CountNotTaken);
            var counts = report.Counts ?? [];
            var last = counts.Count > 0 ? counts[^1] : null;
            if (last is null && command.Corrects is not null) return (null, ShiftRefusals.CorrectionNotFound);
            if (last is not null && command.Corrects != last.Id) return (null, ShiftRefusals.CountCorrected(last.Id));
            if (counts.Count >= MostCorrections) return (null, ShiftRefusals.TooManyCorrections);
            var before = last?.Counted ?? closing.Counted;
            return command.Counted == before
                ? (null, ShiftRefusals.CountUnchanged)
                : (new CountCorrection(
                    id, report.Shift.Id, before, command.Counted, command.Reason, command.By.Id, now,
                    command.Corrects), null);
        }
    }

    extension(Shift shift)
    {
        /// <summary>
        /// The cash went into the safe when the drawer was counted: what was more there is less short, and the other
        /// way round.
        /// </summary>
        public LedgerTransfer Posted(CountCorrection correction)
        {
            var (safe, overShort) = (
                new Account(AccountKind.Safe, shift.KitchenId), new Account(AccountKind.OverShort, shift.KitchenId));
            var isMore = correction.Counted > correction.Before;
            return new LedgerTransfer(
                correction.Id, LedgerStep.Correct, 0, shift.KitchenId, PaymentMethod.Cash,
                isMore ? safe : overShort, isMore ? overShort : safe,
                isMore ? correction.Counted - correction.Before : correction.Before - correction.Counted);
        }
    }
}
