using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>A till at which the same morning's sales have been made whenever somebody counts.</summary>
internal sealed class SampleShifts(TimeProvider clock, IIds ids) : IShifts
{
    private static readonly Sequence<Takings> Morning =
    [
        new(PaymentMethod.Cash, Taken: new Money(86_000), Returned: new Money(5_000), Payments: 17),
        new(PaymentMethod.Card, Taken: new Money(24_000), Returned: Money.Zero, Payments: 3),
        new(PaymentMethod.KitchenChannel, Taken: new Money(31_500), Returned: Money.Zero, Payments: 6),
    ];

    private Sequence<DrawerMovement> movements = [];
    private Shift? shift;

    public Task<Reply<Shift>> Open(OpenShift command)
    {
        shift = new Shift(
            ids.Next(), command.By.KitchenId ?? Guid.Empty, command.By.DeviceId ?? Guid.Empty, ShiftKind.Regular,
            command.By.Id, clock.GetUtcNow(), command.Float);
        return Task.FromResult<Reply<Shift>>(shift);
    }

    public Task<Reply<Shift>> Find(Guid kitchenId, Guid shiftId) => Task.FromResult<Reply<Shift>>(
        shift?.Id == shiftId ? shift : ShiftRefusals.NotFound);

    public Task<ShiftReport> Report(Shift shift) => Task.FromResult(ReportOf(shift));

    public Task<Reply<DrawerMovement>> Move(Shift shift, MoveCash command)
    {
        var moved = new DrawerMovement(
            ids.Next(), shift.Id, command.Kind, command.Amount, command.Reason, command.By.Id, clock.GetUtcNow());
        movements = movements.With(moved);
        return Task.FromResult<Reply<DrawerMovement>>(moved);
    }

    public Task<Reply<DrawerMovement>> Reverse(Shift shift, ReverseMovement command)
    {
        var reversed = movements.Single(movement => movement.Id == command.MovementId)
            .Reversed(ids.Next(), command, clock.GetUtcNow());
        movements = movements.With(reversed);
        return Task.FromResult<Reply<DrawerMovement>>(reversed);
    }

    public Task<Reply<ShiftReport>> Close(Shift shift, CloseShift command)
    {
        var expected = ReportOf(shift).Figures.ExpectedCash;
        var closed = shift with
        {
            Closing = new ShiftClosing(command.By.Id, clock.GetUtcNow(), command.Counted, expected, command.Note),
        };
        return Task.FromResult<Reply<ShiftReport>>(ReportOf(closed));
    }

    public Task<Reply<ShiftReport>> Correct(Shift shift, CorrectCount command)
    {
        var report = ReportOf(shift);
        var (correction, refusal) = report.Correct(command, ids.Next(), clock.GetUtcNow());
        return Task.FromResult<Reply<ShiftReport>>(correction is null
            ? refusal ?? ShiftRefusals.NotFound
            : report with { Counts = [correction] });
    }

    public Task<Page<Shift>> List(Guid kitchenId, Guid? openedBy, ShiftStatus? status, PageRequest page) =>
        throw new NotSupportedException();

    private ShiftReport ReportOf(Shift of) => new(
        of,
        new ShiftFigures(of.Float, Sum(DrawerMovementKind.PayIn), Sum(DrawerMovementKind.PayOut), Morning),
        movements);

    private Money Sum(DrawerMovementKind kind) =>
        movements.Where(movement => movement.Kind == kind).Sum(movement => movement.Amount);
}
