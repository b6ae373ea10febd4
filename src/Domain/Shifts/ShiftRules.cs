using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Ledger.AccountKind;
using static JikoXpress.Domain.Shifts.ShiftRefusals;

namespace JikoXpress.Domain.Shifts;

/// <summary>The rules for shift commands, and the ledger transfers of a shift.</summary>
public static class ShiftRules
{
    public const int LongestReason = 200;

    public static Sequence<Refusal> Broken(OpenShift command) =>
        [.. FieldRules.Amount(command.Float, "/float", least: 0)];

    public static Sequence<Refusal> Broken(MoveCash command) =>
    [
        .. FieldRules.Amount(command.Amount, "/amount"),
        .. FieldRules.Text(command.Reason, "/reason", LongestReason),
    ];

    public static Sequence<Refusal> Broken(ReverseMovement command) =>
        [.. FieldRules.Text(command.Reason, "/reason", LongestReason)];

    public static Sequence<Refusal> Broken(CloseShift command) =>
    [
        .. FieldRules.Amount(command.Counted, "/counted", least: 0),
        .. FieldRules.Text(command.Note, "/note", LongestReason),
    ];

    extension(DrawerMovement movement)
    {
        /// <summary>
        /// Why the movement cannot be made by this staff member now; null when it can. A sale or a refund of the same
        /// instant may come before or after.
        /// </summary>
        /// <param name="limit">The most that a cashier may move at once.</param>
        /// <param name="figures">The shift's figures before the movement.</param>
        public Refusal? NotMovable(StaffRole role, Money limit, ShiftFigures figures) => movement switch
        {
            { Amount: var amount } when amount > limit && role != StaffRole.Manager => ManagerRequired(limit),
            { Kind: DrawerMovementKind.PayOut } when movement.Amount > figures.ExpectedCash => DrawerHoldsLess,
            { Kind: DrawerMovementKind.PayIn } when movement.Amount > Money.Largest - figures.ExpectedCash =>
                DrawerFull,
            _ => null,
        };

        /// <summary>The movement in the other direction that undoes this one.</summary>
        public DrawerMovement Reversed(Guid id, ReverseMovement command, DateTimeOffset now) => new(
            id, movement.ShiftId,
            movement.Kind is DrawerMovementKind.PayIn ? DrawerMovementKind.PayOut : DrawerMovementKind.PayIn,
            movement.Amount, command.Reason, command.By.Id, now, movement.Id);
    }

    extension(Shift shift)
    {
        /// <summary>The float comes out of the safe. No transfer when it is zero.</summary>
        public Sequence<LedgerTransfer> FloatPosted() =>
            Posted(shift, shift.Id, LedgerStep.Float, Drawer, Safe, shift.Float);

        /// <summary>Cash put into the drawer comes out of the safe; cash taken out goes into it.</summary>
        public Sequence<LedgerTransfer> Posted(DrawerMovement movement) => movement.Kind switch
        {
            DrawerMovementKind.PayIn =>
                Posted(shift, movement.Id, LedgerStep.PayIn, Drawer, Safe, movement.Amount),
            DrawerMovementKind.PayOut =>
                Posted(shift, movement.Id, LedgerStep.PayOut, Safe, Drawer, movement.Amount),
        };

        /// <summary>
        /// The difference is booked as over or short, and the counted cash goes into the safe: the drawer is then
        /// empty.
        /// </summary>
        public Sequence<LedgerTransfer> Posted(ShiftClosing closing) =>
        [
            .. closing.Difference > Money.Zero
                ? Posted(shift, shift.Id, LedgerStep.OverShort, Drawer, OverShort, closing.Difference)
                : Posted(shift, shift.Id, LedgerStep.OverShort, OverShort, Drawer, Money.Zero - closing.Difference),
            .. Posted(shift, shift.Id, LedgerStep.Deposit, Safe, Drawer, closing.Counted),
        ];
    }

    private static Sequence<LedgerTransfer> Posted(
        Shift shift, Guid id, LedgerStep step, AccountKind debit, AccountKind credit, Money amount) =>
        amount == Money.Zero
            ? []
            :
            [
                new LedgerTransfer(
                    id, step, 0, shift.KitchenId, PaymentMethod.Cash, AccountOf(shift, debit), AccountOf(shift, credit),
                    amount, shift.TillId),
            ];

    private static Account AccountOf(Shift shift, AccountKind kind) =>
        new(kind, kind == Drawer ? shift.TillId : shift.KitchenId);
}
