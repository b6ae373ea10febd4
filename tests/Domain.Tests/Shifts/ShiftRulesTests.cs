using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Shifts;

public sealed class ShiftRulesTests
{
    private static readonly Shift Morning = new(
        Id(50), MamaNtilie.Id, Till, ShiftKind.Regular, Cashier.Id, Noon, new Money(20_000));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1_000_000_000_000, true)]
    [InlineData(1_000_000_000_001, false)]
    public void A_float_and_a_count_may_be_nothing(long amount, bool allowed)
    {
        Assert.Equal(allowed, ShiftRules.Broken(new OpenShift(Cashier, new Money(amount))).Count == 0);
        Assert.Equal(allowed, ShiftRules.Broken(new CloseShift(Cashier, new Money(amount), Note: null)).Count == 0);
    }

    [Theory]
    [InlineData(0, "Milk", "amount-out-of-range")]
    [InlineData(1, "Milk")]
    [InlineData(1_000_000_000_000, "Milk")]
    [InlineData(1_000_000_000_001, " ", "amount-out-of-range", "invalid-text")]
    public void Cash_moves_for_a_reason(long amount, string reason, params string[] codes) => Assert.Equal(
        codes,
        ShiftRules.Broken(new MoveCash(Cashier, StaffRole.Cashier, DrawerMovementKind.PayOut, new Money(amount), reason))
            .Select(refusal => refusal.Code));

    [Theory]
    [InlineData(StaffRole.Cashier, true, true)]
    [InlineData(StaffRole.Cashier, false, false)]
    [InlineData(StaffRole.Manager, false, true)]
    public void Cashiers_answer_for_their_own_shifts_and_managers_for_all(StaffRole role, bool own, bool open) =>
        Assert.Equal(open, Morning.IsOpenTo(own ? Cashier : SecondCashier, role));

    [Fact]
    public void Nobody_of_another_kitchen_sees_it() => Assert.False(
        Morning.IsOpenTo(Cashier with { KitchenId = Id(999) }, StaffRole.Manager));

    [Fact]
    public void A_rescue_shift_is_the_managers()
    {
        var rescue = Morning with { Kind = ShiftKind.Rescue, OpenedBy = null };

        Assert.False(rescue.IsOpenTo(Cashier, StaffRole.Cashier));
        Assert.True(rescue.IsOpenTo(Cashier, StaffRole.Manager));
    }

    [Theory]
    [InlineData(DrawerMovementKind.PayOut, 5_000, StaffRole.Cashier, null)]
    [InlineData(DrawerMovementKind.PayOut, 5_001, StaffRole.Cashier, "drawer-holds-less")]
    [InlineData(DrawerMovementKind.PayOut, 5_001, StaffRole.Manager, "drawer-holds-less")]
    [InlineData(DrawerMovementKind.PayIn, 500_000, StaffRole.Cashier, null)]
    [InlineData(DrawerMovementKind.PayIn, 500_001, StaffRole.Cashier, "manager-required")]
    [InlineData(DrawerMovementKind.PayIn, 500_001, StaffRole.Manager, null)]
    [InlineData(DrawerMovementKind.PayIn, 999_999_995_000, StaffRole.Manager, null)]
    [InlineData(DrawerMovementKind.PayIn, 999_999_995_001, StaffRole.Manager, "drawer-full")]
    public void A_drawer_of_five_thousand(DrawerMovementKind kind, long amount, StaffRole role, string? refusal)
    {
        var figures = new ShiftFigures(
            new Money(2_000), PaidIn: Money.Zero, PaidOut: Money.Zero,
            [
                new Takings(PaymentMethod.Cash, new Money(4_000), new Money(1_000), 2),
                new Takings(PaymentMethod.Card, new Money(9_000), Money.Zero, 1),
            ]);

        Assert.Equal(refusal, Movement(kind, amount).NotMovable(role, new Money(500_000), figures)?.Code);
    }

    [Theory]
    [InlineData(DrawerMovementKind.PayIn, DrawerMovementKind.PayOut)]
    [InlineData(DrawerMovementKind.PayOut, DrawerMovementKind.PayIn)]
    public void A_reversal_goes_the_other_way_and_names_what_it_undoes(
        DrawerMovementKind wrong, DrawerMovementKind undone) => Assert.Equal(
        new DrawerMovement(Id(61), Morning.Id, undone, new Money(700), "Typed wrongly", SecondCashier.Id, Noon, Id(60)),
        Movement(wrong, 700).Reversed(
            Id(61), new ReverseMovement(SecondCashier, StaffRole.Cashier, Id(60), "Typed wrongly"), Noon));

    private static DrawerMovement Movement(DrawerMovementKind kind, long amount) =>
        new(Id(60), Morning.Id, kind, new Money(amount), "Milk", Cashier.Id, Noon - 1.Minutes);

    [Fact]
    public void The_float_comes_out_of_the_safe() => Assert.Equal(
        [Moved(Morning.Id, LedgerStep.Float, PaymentMethod.Cash, new(Drawer, Till), OfTheKitchen(Safe), 20_000).Movement],
        Morning.FloatPosted());

    [Theory]
    [InlineData(20_000)]
    [InlineData(20_001)]
    [InlineData(19_999)]
    [InlineData(0)]
    public void What_is_over_or_short_is_booked_and_the_count_goes_into_the_safe(long counted)
    {
        var posted = Morning.Posted(new ShiftClosing(Cashier.Id, Noon, new Money(counted), new Money(20_000), Note: null));

        Assert.Equal(20_000, -Net(posted, new(Drawer, Till)));
        Assert.Equal(counted, Net(posted, OfTheKitchen(Safe)));
        Assert.Equal(20_000 - counted, Net(posted, OfTheKitchen(OverShort)));
        Assert.All(posted, transfer => Assert.Equal(Till, transfer.TillId));
    }

    internal static Account OfTheKitchen(AccountKind kind) => new(kind, MamaNtilie.Id);

    internal static long Net(IEnumerable<LedgerTransfer> posted, Account account) => posted.Sum(transfer =>
        (transfer.Debit == account ? transfer.Amount.Shillings : 0)
        - (transfer.Credit == account ? transfer.Amount.Shillings : 0));
}
