using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Every host does the payments' work, and together they do it once.</summary>
public sealed class SeveralHosts(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task Two_hosts_ring_each_phone_once_and_confirm_each_sale_once()
    {
        var branch = await Restaurant.OpenBranch();
        var phones = Enumerable.Range(0, 10).Select(_ => Mobile.Phone("033")).ToList();
        var sales = await Task.WhenAll(phones.Select(phone => Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201)));

        for (var second = 0; second < 3; second++)
        {
            await Task.WhenAll(Restaurant.Hosts.Select(host => host.Rounds()));
            Restaurant.Clock.Advance(1.Seconds);
            await Mobile.Aggregator.CatchUp();
        }

        await Mobile.UntilQuiet();
        await branch.Rounds();
        await Mobile.UntilQuiet();
        Assert.All(phones, phone => Assert.Single(Mobile.Entries(phone)));
        // The rows are asked: a host answers for what it did itself, and may not have heard of the other's yet.
        var ids = string.Join(", ", sales.Select(sale => $"'{sale.Id}'"));
        Assert.Equal(10, await Restaurant.Database.Ask<long>(
            $"SELECT count(*) FROM jiko.checkout_session WHERE id IN ({ids}) AND status = 'CONFIRMED'"));
    }

    [Fact]
    public void The_simulator_is_no_aggregator_for_production()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => JikoXpressSilo.Build([], builder =>
        {
            builder.Environment.EnvironmentName = "Production";
            builder.Configuration.AddInMemoryCollection(
            [
                new("JIKO_POSTGRES", Restaurant.Database.ConnectionString),
                new("JIKO_SIMULATOR", "http://127.0.0.1:5090"), new("JIKO_SIMULATOR_SECRET", MobileRestaurant.Secret),
            ]);
        }));

        Assert.Contains("Production", refused.Message, StringComparison.Ordinal);
    }
}
