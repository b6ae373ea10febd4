using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using JikoXpress.Domain.Tests.Orders;
using static JikoXpress.Domain.Tests.Shifts.ShiftRulesTests;

namespace JikoXpress.Domain.Tests.Shifts;

/// <summary>The count of a closed shift that was typed wrongly.</summary>
public sealed class ShiftCorrectionTests
{
    private static readonly Shift Morning = new(
        Id(50), MamaNtilie.Id, Till, ShiftKind.Regular, Cashier.Id, Noon, new Money(1_000));

    private static readonly ShiftReport Closed = new(
        Morning with { Closing = new ShiftClosing(Cashier.Id, Noon, new Money(600), new Money(6_000), Note: null) },
        new ShiftFigures(new Money(1_000), Money.Zero, Money.Zero, []), []);

    private static readonly ShiftReport Again = Closed with { Counts = [Closed.Correct(Count(6_100), Id(60), Noon).Correction!] };

    [Theory]
    [InlineData(6_000)]
    [InlineData(0)]
    public void The_safe_and_what_is_over_or_short_change_by_the_difference(long counted)
    {
        var (correction, refusal) = Closed.Correct(Count(counted), Id(60), Noon);

        Assert.Null(refusal);
        var posted = Closed.Shift.Posted(correction!);
        Assert.Equal(counted - 600, Net([posted], OfTheKitchen(AccountKind.Safe)));
        Assert.Equal(600 - counted, Net([posted], OfTheKitchen(AccountKind.OverShort)));
        Assert.Equal((LedgerStep.Correct, null), (posted.Step, posted.TillId));
    }

    [Fact]
    public void The_count_as_it_was_stays()
    {
        Assert.Equal(new Money(-5_400), Again.Shift.Closing!.Difference);
        Assert.Equal((new Money(6_100), new Money(100)), (Again.Corrected!.Counted, Again.Corrected!.Difference));
        Assert.Null(Closed.Corrected);
    }

    [Fact]
    public void A_payment_that_was_corrected_after_the_closing_changes_what_was_expected()
    {
        var late = Again with { Late = [Late(PaymentMethod.Cash, PaymentMethod.Card), Late(PaymentMethod.Card, PaymentMethod.KitchenChannel)] };

        Assert.Equal((new Money(5_300), new Money(800)), (late.Corrected!.Expected, late.Corrected!.Difference));
        Assert.Equal(
            new Money(6_700), (Closed with { Late = [Late(PaymentMethod.KitchenChannel, PaymentMethod.Cash)] }).Corrected!.Expected);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Equal("shift-not-closed", Refusal(Closed with { Shift = Morning }, Count(1)));
        Assert.Equal("count-unchanged", Refusal(Closed, Count(600)));
        Assert.Equal("not-found", Refusal(Closed, Count(1) with { Corrects = Id(60) }));
        Assert.Equal("count-corrected", Refusal(Again, Count(1)));
        Assert.Equal("count-corrected", Refusal(Again, Count(1) with { Corrects = Id(61) }));
        Assert.Equal("count-unchanged", Refusal(Again, Count(6_100) with { Corrects = Id(60) }));
        Assert.Null(Refusal(Again, Count(600) with { Corrects = Id(60) }));
        var full = Closed with
        {
            Counts = Enumerable.Range(0, ShiftCorrections.MostCorrections)
                .Select(number => new CountCorrection(Id(60 + number), Morning.Id, Money.Zero, new Money(7), "x", Cashier.Id, Noon))
                .ToSequence(),
        };
        Assert.Equal("too-many-corrections", Refusal(full, Count(1) with { Corrects = Id(69) }));
        Assert.Equal(["amount-out-of-range", "invalid-text"], (Count(-1) with { Reason = " " }).Broken().Select(refusal => refusal.Code));
    }

    private static CorrectCount Count(long counted) => new(Sales.Manager, new Money(counted), "Typed wrongly");

    private static LateCorrection Late(PaymentMethod from, PaymentMethod to) =>
        new(Id(70), SessionId, Id(301), from, to, new Money(700), "Keyed wrongly", Cashier.Id, Noon);

    private static string? Refusal(ShiftReport report, CorrectCount command) =>
        report.Correct(command, Id(62), Noon).Refusal?.Code;
}
