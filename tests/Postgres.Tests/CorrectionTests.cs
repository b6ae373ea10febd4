using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>A correction was decided on a shift as it was read: by the commit it may be another one.</summary>
public sealed class CorrectionTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task A_correction_that_was_decided_before_the_shift_was_closed_is_a_conflict()
    {
        await using var office = new Office(Database);
        var (till, cashier) = await Opened(office, "closed meanwhile");
        var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, new Money(2_000))));
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);
        Office.Done(await office.Shifts.Close(shift, new CloseShift(cashier, new Money(3_000), Note: null)));

        var answer = await Store.Commits.Commit(
            ToCard(till, sale, new PaymentShift(shift.Id, IsClosed: false, new Money(3_000))));

        Assert.IsType<CommitAnswer.VersionConflict>(answer);
        Assert.Equal(0, await RowsOf("payment_correction", $"kitchen_id = '{till.KitchenId}'"));
        await Store.Commit(ToCard(till, sale, new PaymentShift(shift.Id, IsClosed: true, Money.Zero)));
    }

    [Fact]
    public async Task A_correction_that_was_decided_before_the_till_had_a_shift_is_a_conflict()
    {
        await using var office = new Office(Database);
        var (till, cashier) = await Opened(office, "opened meanwhile");
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);
        Office.Done(await office.Shifts.Open(new OpenShift(cashier, Money.Zero)));

        var answer = await Store.Commits.Commit(
            ToCard(till, sale, new PaymentShift(ShiftId: null, IsClosed: false, new Money(1_000))));

        Assert.IsType<CommitAnswer.VersionConflict>(answer);
        Assert.Equal(0, await RowsOf("payment_correction", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task A_correction_takes_no_cash_out_of_a_drawer_that_was_emptied_meanwhile()
    {
        await using var office = new Office(Database);
        var (till, cashier) = await Opened(office, "emptied meanwhile");
        var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, Money.Zero)));
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);
        Office.Done(await office.Shifts.Move(
            shift, new MoveCash(cashier, StaffRole.Cashier, DrawerMovementKind.PayOut, new Money(1), "Milk")));

        var answer = await Store.Commits.Commit(
            ToCard(till, sale, new PaymentShift(shift.Id, IsClosed: false, new Money(1_000))));

        Assert.IsType<CommitAnswer.VersionConflict>(answer);
        Assert.Equal(0, await RowsOf("payment_correction", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task A_correction_waits_for_whoever_opens_or_closes_a_shift_at_the_till_or_moves_its_cash()
    {
        await using var office = new Office(Database);
        var (till, cashier) = await Opened(office, "at the same moment");
        var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, Money.Zero)));
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);
        await using var held = await Database.Lock($"jiko.device WHERE id = '{till.DeviceId}'");

        var correction = Store.Commits.Commit(
            ToCard(till, sale, new PaymentShift(shift.Id, IsClosed: false, new Money(1_000))));
        await Database.UntilWaiting(1, correction);

        Assert.False(correction.IsCompleted);
        await held.DisposeAsync();
        Assert.IsType<CommitAnswer.Committed>(await correction);
    }

    /// <summary>A kitchen of the office, with the till where its cashier sells.</summary>
    private static async Task<(Till Till, Caller Cashier)> Opened(Office office, string name)
    {
        var kitchen = (await office.Kitchen(name)).Id;
        var till = new Till(name) { KitchenId = kitchen, DeviceId = (await office.Device(kitchen)).Device.Id };
        return (till, till.Cashier);
    }

    /// <summary>The cash of a sale was a card.</summary>
    private static GrainCommit ToCard(Till till, GrainCommit sale, PaymentShift shift) =>
        till.Continue(sale, session => session.CorrectPayment(
            new CorrectPayment(
                till.Cashier, ((Session.Opened)session).Payments[0].Id, PaymentMethod.Card,
                KitchenPaymentMethodId: null, "Keyed wrongly"),
            till.NextId(), new CorrectionFacts(new Dictionary<Guid, KitchenPaymentMethod>(), shift), till.Now));
}
