using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using static JikoXpress.Domain.Ledger.AccountKind;
using static JikoXpress.Domain.Tests.Shifts.ShiftRulesTests;

namespace JikoXpress.Domain.Tests.Shifts;

/// <summary>What a shift should have in its drawer, and what each movement leaves in the books.</summary>
public sealed class ShiftBooksTests
{
    private static readonly Shift Morning = new(
        Id(50), MamaNtilie.Id, Till, ShiftKind.Regular, Cashier.Id, Noon, new Money(20_000));

    private static readonly ShiftReport Closed = new(
        Morning with { Closing = new ShiftClosing(Cashier.Id, Noon, new Money(600), new Money(6_000), Note: null) },
        new ShiftFigures(new Money(1_000), Money.Zero, Money.Zero, []), []);

    [Fact]
    public void The_cash_of_a_drawer_is_all_that_came_in_less_all_that_went_out()
    {
        var figures = new ShiftFigures(
            new Money(20_000), new Money(3_000), new Money(500),
            [
                new Takings(PaymentMethod.Cash, new Money(7_000), new Money(1_100), 3, new Money(-40)),
                new Takings(PaymentMethod.Card, new Money(9_000), new Money(2_000), 2, new Money(40)),
            ]);

        Assert.Equal(new Money(28_360), figures.ExpectedCash);
        Assert.Equal(new Money(22_500), (figures with { Takings = [] }).ExpectedCash);
    }

    [Fact]
    public void A_shift_is_open_until_it_is_counted()
    {
        Assert.Equal(ShiftStatus.Open, Morning.Status);
        Assert.Equal(ShiftStatus.Closed, Closed.Shift.Status);
    }

    [Fact]
    public void Cash_that_is_put_in_comes_out_of_the_safe_and_cash_that_is_taken_out_goes_into_it()
    {
        Assert.Equal(
            [Booked(LedgerStep.PayIn, new(Drawer, Till), OfTheKitchen(Safe))],
            Morning.Posted(Movement(DrawerMovementKind.PayIn)));
        Assert.Equal(
            [Booked(LedgerStep.PayOut, OfTheKitchen(Safe), new(Drawer, Till))],
            Morning.Posted(Movement(DrawerMovementKind.PayOut)));
    }

    [Fact]
    public void Without_a_float_nothing_leaves_the_safe() =>
        Assert.Empty((Morning with { Float = Money.Zero }).FloatPosted());

    [Theory]
    [InlineData(PaymentMethod.Cash, PaymentMethod.Cash, 0)]
    [InlineData(PaymentMethod.Cash, PaymentMethod.Card, -700)]
    [InlineData(PaymentMethod.Card, PaymentMethod.Cash, 700)]
    [InlineData(PaymentMethod.Card, PaymentMethod.KitchenChannel, 0)]
    public void A_late_correction_changes_the_expected_cash_by_what_was_cash(
        PaymentMethod from, PaymentMethod to, long cash) => Assert.Equal(
        new Money(cash),
        new LateCorrection(Id(70), SessionId, Id(301), from, to, new Money(700), "Keyed wrongly", Cashier.Id, Noon)
            .ExpectedCash);

    [Fact]
    public void A_shift_of_which_nothing_was_corrected_ended_as_it_was_counted()
    {
        Assert.Null((Closed with { Counts = [], Late = [] }).Corrected);
        Assert.Null((Closed with { Shift = Morning }).Corrected);
        Assert.Null((Closed with
        {
            Shift = Morning,
            Counts = [new CountCorrection(Id(60), Morning.Id, Money.Zero, new Money(7), "x", Cashier.Id, Noon)],
        }).Corrected);
    }

    [Fact]
    public void A_correction_of_a_count_has_who_when_why_and_what_it_corrects()
    {
        var first = Closed.Correct(
            new CorrectCount(Cashier, new Money(700), "Typed wrongly"), Id(60), Noon).Correction!;
        var second = (Closed with { Counts = [first] }).Correct(
            new CorrectCount(SecondCashier, new Money(900), "Again", first.Id), Id(61), Noon + 1.Minutes).Correction!;

        Assert.Equal(
            new CountCorrection(
                Id(60), Morning.Id, new Money(600), new Money(700), "Typed wrongly", Cashier.Id, Noon), first);
        Assert.Equal(
            new CountCorrection(
                Id(61), Morning.Id, new Money(700), new Money(900), "Again", SecondCashier.Id, Noon + 1.Minutes,
                Id(60)),
            second);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_reason_has_at_most_200_characters(int length, bool accepted)
    {
        var text = new string('a', length);

        Assert.Equal(
            accepted, new ReverseMovement(Cashier, StaffRole.Cashier, Id(60), text).Broken().Count == 0);
        Assert.Equal(accepted, new CloseShift(Cashier, Money.Zero, text).Broken().Count == 0);
        Assert.Equal(accepted, new CorrectCount(Cashier, Money.Zero, text).Broken().Count == 0);
        Assert.Equal(
            accepted,
            new MoveCash(Cashier, StaffRole.Cashier, DrawerMovementKind.PayIn, new Money(1), text).Broken().Count == 0);
    }

    [Fact]
    public void Each_command_says_which_of_its_members_is_wrong()
    {
        Assert.Equal(["/float"], Pointers(new OpenShift(Cashier, new Money(-1))));
        Assert.Equal(
            ["/amount", "/reason"],
            Pointers(new MoveCash(Cashier, StaffRole.Cashier, DrawerMovementKind.PayIn, Money.Zero, " ")));
        Assert.Equal(["/reason"], Pointers(new ReverseMovement(Cashier, StaffRole.Cashier, Id(60), " ")));
        Assert.Equal(["/counted", "/note"], Pointers(new CloseShift(Cashier, new Money(-1), " ")));
        Assert.Equal(["/counted", "/reason"], Pointers(new CorrectCount(Cashier, new Money(-1), " ")));
        Assert.All(
            new CloseShift(Cashier, new Money(-1), "a\u0007").Broken(),
            refusal => Assert.Matches("^[A-Z0-9].+\\.$", refusal.Sentence));
    }

    private static IEnumerable<string> Pointers(ICommand command) =>
        command.Broken().Select(refusal => refusal.Pointer);

    private static DrawerMovement Movement(DrawerMovementKind kind) =>
        new(Id(60), Morning.Id, kind, new Money(700), "Milk", Cashier.Id, Noon);

    private static LedgerTransfer Booked(LedgerStep step, Account debit, Account credit) =>
        Moved(Id(60), step, PaymentMethod.Cash, debit, credit, 700).Movement;
}
