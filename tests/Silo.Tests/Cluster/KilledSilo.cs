using System.Runtime.CompilerServices;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Silo.Grains;
using Orleans.TestingHost;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>A silo dies with sessions in its memory: they go on elsewhere as they were committed.</summary>
public sealed class KilledSilo : IAsyncLifetime
{
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    private readonly Restaurant restaurant = new();

    private Caller Till => restaurant.Kitchen.Cashier;
    private InProcessTestCluster Silos => restaurant.Host.Silos;

    public Task InitializeAsync() => restaurant.InitializeAsync();

    public Task DisposeAsync() => restaurant.DisposeAsync();

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
    public async Task A_slip_has_a_reminder_to_its_deadline()
    {
        await NewSlip();

        Assert.Equal(
            restaurant.Clock.GetUtcNow().UtcDateTime + 15.Minutes,
            await restaurant.Database.Ask<DateTime>("SELECT start_at FROM jiko_cluster.reminder"));
    }

    [Fact]
    public async Task A_reminder_ends_a_slip_that_is_in_nobodys_memory()
    {
        var slip = await NewSlip();
        // Nobody who looks through the rows sees its deadline any more.
        await restaurant.Database.Run("UPDATE jiko.checkout_session SET deadline = NULL");
        await Silos.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Until(async () => await Activation(slip) is null);

        restaurant.Clock.Advance(15.Minutes);

        await UntilInTime(async () =>
            await restaurant.Database.Ask<string>("SELECT status FROM jiko.checkout_session") is "EXPIRED");
        await UntilInTime(async () =>
            await restaurant.Database.Ask<long>("SELECT count(*) FROM jiko_cluster.reminder") is 0);
        await restaurant.MustBalance();
    }

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

    private async Task Kill(SiloAddress address)
    {
        await Silos.KillSiloAsync(Silos.Silos.Single(silo => silo.SiloAddress.Equals(address)));
        await Until(async () =>
            (await Silos.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count is 1);
    }

    /// <summary>
    /// A minute passes before each look: a silo that had no reminder of this row in its memory when it was due learns
    /// of it from the table, and rings at the next repetition.
    /// </summary>
    private Task UntilInTime(
        Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        Until(
            () =>
            {
                restaurant.Clock.Advance(1.Minutes);
                return holds();
            },
            what);

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
