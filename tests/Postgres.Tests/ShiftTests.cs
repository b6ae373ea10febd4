using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>Which shift answers for money that is committed around its closing.</summary>
public sealed class ShiftTests(TestDatabase database) : StoreTests(database)
{
    /// <param name="earlier">By how much the clock of the host that sells stood before that of the closing.</param>
    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("00:00:00")]
    [InlineData("00:00:01")]
    [InlineData("23:59:59")]
    public async Task Money_that_bears_a_time_before_the_closing_and_comes_after_it_belongs_to_the_next_shift(
        string earlier)
    {
        await using var office = new Office(Database);
        var kitchen = (await office.Kitchen($"Closing {earlier}")).Id;
        var device = (await office.Device(kitchen)).Device.Id;
        var cashier = new Caller(CallerKind.Staff, kitchen, kitchen, device);
        var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, new Money(2_000))));
        var closed = Office.Done(
            await office.Shifts.Close(shift, new CloseShift(cashier, new Money(2_000), Note: null)));

        var till = new Till($"late {earlier}");
        var at = office.Clock.GetUtcNow() - TimeSpan.Parse(earlier, CultureInfo.InvariantCulture);
        await Store.Commit(Cash(till, kitchen, device) with { At = at });
        Office.Done(await office.Shifts.Open(new OpenShift(cashier, new Money(500))));

        var all = await office.Shifts.List(kitchen, null, null, new PageRequest(10));
        var rescue = Assert.Single(all.Items, one => one.Kind is ShiftKind.Rescue);
        Assert.Equal(new Money(5_000), (await office.Shifts.Report(rescue)).Figures.ExpectedCash);
        Assert.Equal(new Money(2_000), closed.Figures.ExpectedCash);
    }

    /// <summary>A customer pays cash in at a till.</summary>
    private static GrainCommit Cash(Till till, Guid kitchen, Guid device)
    {
        var topUp = till.TopUp(till.NextId(), 5_000);
        var movement = topUp.Effects.OfType<Effect.Transfer>().Single().Movement;
        return topUp with
        {
            KitchenId = kitchen,
            Effects =
            [
                new Effect.Transfer(movement with
                {
                    KitchenId = kitchen,
                    TillId = device,
                    Debit = new Account(AccountKind.Drawer, device),
                }),
            ],
        };
    }
}
