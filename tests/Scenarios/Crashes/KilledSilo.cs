using System.Runtime.CompilerServices;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Orleans.TestingHost;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Crashes;

/// <summary>A silo dies with sessions in its memory: they go on elsewhere as they were committed.</summary>
public sealed class KilledSilo : IAsyncLifetime
{
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    private readonly Restaurant restaurant = new();

    private Caller Till => restaurant.Kitchen.Cashier;
    private InProcessTestCluster Silos => restaurant.Host.Silos;

    public ValueTask InitializeAsync() => restaurant.InitializeAsync();

    public ValueTask DisposeAsync() => restaurant.DisposeAsync();

    [Fact]
    public async Task A_session_keeps_its_state_and_goes_on_with_another()
    {
        var slip = await NewSlip();
        await Kill(await SiloOf(slip));

        await Till.Get($"/checkout-sessions/{slip}").Is(200, """{ "status": "PENDING_PAYMENT", "version": 1 }""");
        await Till.Post($"/checkout-sessions/{slip}/confirm-slip", FiveThousandInCash)
            .Is(200, """{ "status": "CONFIRMED", "version": 2 }""");
        await restaurant.MustBalance();
    }

    [Fact]
    public async Task A_slip_expires_on_the_survivor()
    {
        await restaurant.Kitchen.Receive(restaurant.Kitchen.Pilau, 10);
        var slips = await 6.AtOnce(_ => NewSlip());
        await Kill(await SiloOf(slips[0]));

        await restaurant.Pass(15.Minutes);

        foreach (var slip in slips)
        {
            await Till.Get($"/checkout-sessions/{slip}?expand=timeline").Is(200, """
                { "status": "EXPIRED", "timeline": [{ "event": "OPENED" }, { "event": "EXPIRED" }] }
                """);
        }

        Assert.Equal(10, await restaurant.Database.Ask<int>("SELECT on_hand - reserved FROM jiko.stock_item"));
        await restaurant.MustBalance();
    }

    [Fact]
    public async Task A_kitchen_has_one_reminder_however_many_slips_it_prints()
    {
        await 6.AtOnce(_ => NewSlip());

        await Until(async () => await Reminders() is 1);
        Assert.StartsWith("inventory/", await restaurant.Database.Ask<string>(
            "SELECT grain FROM jiko_cluster.reminder"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_ends_a_slip_when_neither_it_nor_its_kitchen_is_in_memory()
    {
        // The sweep looks every five minutes: between two of its looks only the reminder does.
        restaurant.Clock.Advance(1.Minutes);
        var slip = await NewSlip();
        await Until(async () => await Reminders() is 1);
        await Silos.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Until(async () => await Activation(slip) is null && await Activation(restaurant.Kitchen) is null);

        for (var minute = 0; minute < 15; minute++) restaurant.Clock.Advance(1.Minutes);
        restaurant.Clock.Advance(59.Seconds);

        await Until(async () =>
            await restaurant.Database.Ask<string>("SELECT status FROM jiko.checkout_session") is "EXPIRED");
        await restaurant.MustBalance();
    }

    private Task<long> Reminders() => restaurant.Database.Ask<long>("SELECT count(*) FROM jiko_cluster.reminder");

    private async Task<Guid> NewSlip() => (await Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
        }
        """).Is(201)).Id;

    private async Task<SiloAddress> SiloOf(Guid session) =>
        await Activation(session)
        ?? throw new InvalidOperationException("The session is in nobody's memory.");

    /// <summary>Where a session is in memory; null where it is not.</summary>
    private async Task<SiloAddress?> Activation(Guid session) =>
        await Silos.Client.GetGrain<IManagementGrain>(0)
            .GetActivationAddress(Silos.Client.GetGrain<ICheckoutSessionGrain>(session));

    private async Task<SiloAddress?> Activation(TestKitchen kitchen) =>
        await Silos.Client.GetGrain<IManagementGrain>(0)
            .GetActivationAddress(Silos.Client.GetGrain<IKitchenInventoryGrain>(kitchen.Id));

    private async Task Kill(SiloAddress address)
    {
        await Silos.KillSiloAsync(Silos.Silos.Single(silo => silo.SiloAddress.Equals(address)));
        await Until(async () =>
            (await Silos.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count is 1);
    }

    /// <summary>Looks until it holds; a test that waits for ever would take the whole run with it.</summary>
    private static async Task Until(
        Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        for (var looks = 0; !await holds(); looks++)
        {
            Assert.True(looks < 600, $"Never came true: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
