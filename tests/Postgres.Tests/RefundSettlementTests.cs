using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>A refused refund goes another way only while nobody tries it, and while the drawer holds as much.</summary>
public sealed class RefundSettlementTests(TestDatabase database) : StoreTests(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly RefundFacts Known = new(IsRefused: true, PayoutAdapter: "simulator");

    private Refunds Refunds => field ??= new Refunds(Store.Database);

    [Fact]
    public async Task A_no_is_certain_until_the_refund_is_tried_again()
    {
        var (till, _, reference) = await Owed("certain");
        var first = await Claim(till, reference);
        Assert.False(await Refunds.IsRefused(reference));

        await Refunds.TryAgain(first, till.Now, refusedAt: till.Now);
        Assert.True(await Refunds.IsRefused(reference));

        var second = await Claim(till, reference);
        Assert.False(await Refunds.IsRefused(reference));
        // A host that hung tells its old answer now.
        await Refunds.TryAgain(first, till.Now, refusedAt: till.Now);
        Assert.False(await Refunds.IsRefused(reference));
        await Refunds.TryAgain(second, till.Now, refusedAt: null);
        Assert.False(await Refunds.IsRefused(reference));
    }

    [Fact]
    public async Task A_decision_that_meets_another_try_changes_nothing()
    {
        var (till, paid, reference) = await Owed("met");
        await Refunds.TryAgain(await Claim(till, reference), till.Now, refusedAt: till.Now);
        var settled = Settled(till, paid, new SettleRefund(till.Cashier, reference, RefundWay.AnotherPhone, "+255700000009"));
        var underWay = await Claim(till, reference);

        Assert.IsType<CommitAnswer.VersionConflict>(await Answer(settled));
        Assert.Equal(0, await RowsOf("payment_refund", $"session_id = '{paid.Key}' AND settled_as IS NOT NULL"));
        Assert.Equal(1, await RowsOf("payment_refund", $"session_id = '{paid.Key}'"));

        await Refunds.TryAgain(underWay, till.Now, refusedAt: till.Now);
        Assert.IsType<CommitAnswer.Committed>(await Answer(settled));
        Assert.Equal(1, await RowsOf("payment_refund", $"session_id = '{paid.Key}' AND payout AND phone = '+255700000009'"));
        Assert.DoesNotContain(
            await Refunds.Claim(till.Now.AddYears(1), Lease, 100), work => work.Reference == reference);
    }

    [Fact]
    public async Task What_was_settled_is_asked_about_and_not_tried()
    {
        var (till, paid, reference) = await Owed("asked");
        Assert.IsType<CommitAnswer.Committed>(await Answer(
            Settled(till, paid, new SettleRefund(till.Cashier, reference, RefundWay.Dashboard))));
        ISettledRefunds settled = Refunds;

        Assert.DoesNotContain(
            await settled.Claim(till.Now.AddSeconds(59), Lease, 100), one => one.Refund.Reference == reference);
        var due = Assert.Single(
            await settled.Claim(till.Now.AddSeconds(60), Lease, 100), one => one.Refund.Reference == reference);
        Assert.Equal(till.Now, due.SettledAt);
        await settled.AskAgain(reference, null);
        Assert.DoesNotContain(
            await settled.Claim(till.Now.AddYears(1), Lease, 100), one => one.Refund.Reference == reference);
    }

    [Fact]
    public async Task Cash_meets_a_drawer_that_was_emptied_or_closed_meanwhile()
    {
        await using var office = new Office(Database);
        var kitchen = (await office.Kitchen("Cash back")).Id;
        var device = (await office.Device(kitchen)).Device.Id;
        var cashier = new Caller(CallerKind.Staff, kitchen, kitchen, device);
        var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, new Money(9_000))));
        Assert.Equal(
            new OpenDrawer(shift.Id, device, new Money(9_000)), await Refunds.Drawer(kitchen, shift.Id));
        Assert.Null(await Refunds.Drawer(Guid.NewGuid(), shift.Id));

        var (till, paid, reference) = await Owed("drawer");
        await Refunds.TryAgain(await Claim(till, reference), till.Now, refusedAt: till.Now);
        await Database.Run($"UPDATE jiko.payment_refund SET kitchen_id = '{kitchen}' WHERE reference = '{reference}'");
        var before = await Refunds.Drawer(kitchen, shift.Id);
        Office.Done(await office.Shifts.Move(
            shift, new MoveCash(cashier, StaffRole.Manager, DrawerMovementKind.PayOut, new Money(4_001), "Milk")));
        var cash = Moved(
            Settled(
                till, paid, new SettleRefund(till.Cashier, reference, RefundWay.Cash, ShiftId: shift.Id),
                Known with { Drawer = before }),
            kitchen);

        Assert.IsType<CommitAnswer.VersionConflict>(await Answer(cash));
        Office.Done(await office.Shifts.Close(shift, new CloseShift(cashier, new Money(4_999), Note: null)));
        Assert.Null(await Refunds.Drawer(kitchen, shift.Id));
        Assert.IsType<CommitAnswer.VersionConflict>(await Answer(cash));
    }

    /// <summary>The commit, as if its session were of that kitchen, where the drawer is.</summary>
    private static GrainCommit Moved(GrainCommit commit, Guid kitchen) => commit with
    {
        Effects = commit.Effects.Select(effect => effect is Effect.Transfer transfer
            ? new Effect.Transfer(transfer.Movement with { KitchenId = kitchen })
            : effect).ToSequence(),
    };

    /// <summary>A guest has paid 5,000 by phone when the sale was over: they go back.</summary>
    private async Task<(Till Till, GrainCommit Paid, string Reference)> Owed(string name)
    {
        var till = new Till(name);
        var opened = till.TableOrder((till.Pilau, 1));
        var cancelled = till.Cancelled(opened);
        var paid = till.PaidByPhone(cancelled, new Money(5_000));
        foreach (var commit in new[] { opened, cancelled, paid })
            Assert.IsType<CommitAnswer.Committed>(await Answer(commit));
        return (till, paid, paid.Effects.OfType<Effect.StartRefund>().Single().Refund.Reference);
    }

    private async Task<CommitAnswer> Answer(GrainCommit commit) => (await Store.CommitTogether(commit))[0];

    private async Task<RefundWork> Claim(Till till, string reference)
    {
        await Database.Run($"UPDATE jiko.payment_refund SET next_try_at = '{till.Now:O}' WHERE reference = '{reference}'");
        return (await Refunds.Claim(till.Now, Lease, 100)).Single(work => work.Reference == reference);
    }

    private static GrainCommit Settled(Till till, GrainCommit paid, SettleRefund command, RefundFacts? facts = null) =>
        till.Continue(paid, session => session.SettleRefund(command, facts ?? Known, till.Now));
}
