using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Shifts;
using JikoXpress.Printing;

namespace JikoXpress.WebApi.Shifts;

/// <summary>Fills in the report of a shift.</summary>
internal static class ShiftDocuments
{
    /// <param name="names">The names of the kitchen's staff, by id.</param>
    public static TillReport Of(ShiftReport report, Kitchen kitchen, IReadOnlyDictionary<Guid, string> names)
    {
        var (shift, figures) = (report.Shift, report.Figures);
        return new TillReport
        {
            KitchenName = kitchen.Name,
            Digits = kitchen.Settings.Currency.Digits,
            Headings =
            [
                shift.Kind == ShiftKind.Rescue ? "Rescue shift" : "Shift",
                $"Opened {Moment(shift.OpenedAt)}{By(shift.OpenedBy)}",
                .. shift.Closing is { } closed ? [$"Closed {Moment(closed.At)}{By(closed.By)}"] : Array.Empty<string>(),
                .. shift.Closing?.Note is { } note ? [note] : Array.Empty<string>(),
            ],
            Groups =
            [
                [.. figures.Takings.SelectMany(Taken)],
                [
                    .. (report.Attested ?? []).GroupBy(receipt => receipt.By).Select(group => new TillFigure(
                        $"{group.Count()} attested{By(group.Key)}", group.Sum(receipt => receipt.Amount).Shillings)),
                ],
                [.. report.Movements.Select(movement => new TillFigure(
                    movement.Reason, movement.Kind == DrawerMovementKind.PayIn
                        ? movement.Amount.Shillings
                        : -movement.Amount.Shillings))],
                [
                    new TillFigure("Float", figures.Float.Shillings),
                    new TillFigure("Cash expected", figures.ExpectedCash.Shillings),
                    .. shift.Closing is { } closing ? Counted(closing) : [],
                ],
                [.. report.Corrected is { } corrected ? Corrected(report, corrected) : []],
            ],
        };

        string Moment(DateTimeOffset moment) => kitchen.Settings.LocalTimeOf(moment)
            .ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

        string By(Guid? member) => member is { } id && names.TryGetValue(id, out var name) ? $" by {name}" : "";
    }

    private static IEnumerable<TillFigure> Taken(Takings takings) =>
    [
        new TillFigure($"{takings.Payments} x {takings.PaymentMethod.WireName}", takings.Taken.Shillings),
        .. takings.Returned > Money.Zero
            ? [new TillFigure($"{takings.PaymentMethod.WireName} handed back", -takings.Returned.Shillings)]
            : Array.Empty<TillFigure>(),
        .. takings.Corrected != Money.Zero
            ? [new TillFigure($"{takings.PaymentMethod.WireName} corrected", takings.Corrected.Shillings)]
            : Array.Empty<TillFigure>(),
    ];

    /// <summary>What was corrected after the closing; the figures before it stay as they were printed then.</summary>
    private static IEnumerable<TillFigure> Corrected(ShiftReport report, ShiftClosing corrected) =>
    [
        .. (report.Late ?? []).Select(late => new TillFigure(
            $"Corrected: {late.From.WireName} was {late.To.WireName}", late.Amount.Shillings)),
        new TillFigure("Cash expected, corrected", corrected.Expected.Shillings),
        .. Counted(corrected),
    ];

    private static IEnumerable<TillFigure> Counted(ShiftClosing closing) =>
    [
        new TillFigure("Cash counted", closing.Counted.Shillings),
        new TillFigure(
            closing.Difference == Money.Zero ? "Difference" : closing.Difference < Money.Zero ? "SHORT" : "OVER",
            closing.Difference.Shillings),
    ];
}
