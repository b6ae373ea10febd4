using FsCheck.Fluent;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using static JikoXpress.Domain.Tests.Shifts.ShiftRulesTests;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// A drawer into which and out of which cash goes for any reason, in any order, and which is counted well or badly: what
/// is expected is what a child would have counted along, and the books of a closed drawer are empty.
/// </summary>
public sealed class ShiftProperties
{
    private const int Runs = 2_000;

    private enum What { Sale = 1, HandedBack, CardSale, PayIn, PayOut }

    private sealed record Step(What What, long Amount);

    [Fact]
    public void A_drawer_is_what_went_in_less_what_came_out()
    {
        var step =
            from what in Gen.Elements(Enum.GetValues<What>())
            from amount in Gen.Choose(1, 50_000)
            select new Step(what, amount);

        Property.Holds(Runs, step, Simpler, steps =>
        {
            var shift = new Shift(
                Id(50), MamaNtilie.Id, Till, ShiftKind.Regular, Cashier.Id, Noon, new Money(steps.Count * 1_000));
            var posted = shift.FloatPosted().Concat(steps.SelectMany((one, place) => Posted(shift, one, place))).ToList();
            var inTheDrawer = shift.Float.Shillings + steps.Sum(one => one.What switch
            {
                What.Sale or What.PayIn => one.Amount,
                What.HandedBack or What.PayOut => -one.Amount,
                What.CardSale => 0,
            });

            Assert.Equal(inTheDrawer, FiguresOf(shift, steps).ExpectedCash.Shillings);
            Assert.Equal(inTheDrawer, Net(posted, Drawer));

            var counted = Math.Max(0, inTheDrawer + (steps.Count % 3) - 1);
            var closing = new ShiftClosing(
                Cashier.Id, Noon, new Money(counted), new Money(inTheDrawer), Note: null);
            posted.AddRange(shift.Posted(closing));
            Assert.Equal(0, Net(posted, Drawer));
            Assert.Equal(-closing.Difference.Shillings, Net(posted, OfTheKitchen(AccountKind.OverShort)));
        });
    }

    private static Account Drawer => new(AccountKind.Drawer, Till);

    private static Sequence<LedgerTransfer> Posted(Shift shift, Step step, int place)
    {
        return step.What switch
        {
            What.Sale => [Moves(LedgerStep.Pay, Drawer, OfTheKitchen(AccountKind.Sales))],
            What.HandedBack => [Moves(LedgerStep.Return, OfTheKitchen(AccountKind.ToReturn), Drawer)],
            What.CardSale => [Moves(LedgerStep.Pay, OfTheKitchen(AccountKind.CardTerminal), OfTheKitchen(AccountKind.Sales))],
            What.PayIn or What.PayOut => shift.Posted(Movement(shift, step, place)),
        };

        LedgerTransfer Moves(LedgerStep why, Account debit, Account credit) => Moved(
            Id(100 + place), why, PaymentMethod.Cash, debit, credit, step.Amount).Movement;
    }

    private static DrawerMovement Movement(Shift shift, Step step, int place) => new(
        Id(100 + place), shift.Id, step.What == What.PayIn ? DrawerMovementKind.PayIn : DrawerMovementKind.PayOut,
        new Money(step.Amount), "A reason", Cashier.Id, Noon);

    private static ShiftFigures FiguresOf(Shift shift, Sequence<Step> steps)
    {
        return new ShiftFigures(
            shift.Float, Of(What.PayIn), Of(What.PayOut),
            [
                new Takings(PaymentMethod.Cash, Of(What.Sale), Of(What.HandedBack), 1),
                new Takings(PaymentMethod.Card, Of(What.CardSale), Money.Zero, 1),
            ]);

        Money Of(What what) => new(steps.Where(step => step.What == what).Sum(step => step.Amount));
    }

    private static IEnumerable<Step> Simpler(Step step) => step.Amount > 1 ? [step with { Amount = 1 }] : [];
}
