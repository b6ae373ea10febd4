using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

public sealed class ClickPesaSales() : RealAggregators("clickpesa");

public sealed class AzamPaySales() : RealAggregators("azampay");

public sealed class SnippeSales() : RealAggregators("snippe");

public sealed class PawaPaySales() : RealAggregators("pawapay");

/// <summary>
/// The hostile phones of every aggregator, over HTTP, in its own wire format and with its own faults. After each, both
/// books are the same and nobody was charged twice.
/// </summary>
public abstract class RealAggregators(string vendor) : IAsyncLifetime
{
    private readonly MobileRestaurant mobile = new() { Vendor = vendor };

    private Caller Kiosk => mobile.Restaurant.Kitchen.Kiosk;

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task Every_phone_comes_to_the_end_that_its_owner_meant()
    {
        var sales = new Dictionary<string, (Guid Sale, string Phone)>();
        foreach (var ending in Ends.Keys)
        {
            var phone = mobile.Phone(ending);
            sales.Add(ending, (await Sale(phone), phone));
        }

        await mobile.UntilQuiet();
        // The guests decide within a minute, lost news is asked for, and what is owed goes back.
        foreach (var pause in (int[])[1, 20, 30, 45, 60, 60]) await mobile.Pass(pause.Seconds);

        foreach (var (ending, (sale, phone)) in sales)
        {
            var (status, spent) = Ends[ending];
            var now = await Kiosk.Get($"/checkout-sessions/{sale}").Is(200);
            Assert.Equal((ending, status), (ending, now["status"]));
            Assert.Equal((ending, spent), (ending, mobile.Spent(phone)));
        }

        await mobile.MustBalance();
    }

    [Fact]
    public async Task A_replay_of_everything_a_day_later_changes_nothing()
    {
        var phone = mobile.Phone("001");
        var sale = await Sale(phone);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
        var before = await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");

        foreach (var id in mobile.Deliveries.Answers.Select(answer => answer.Id).Distinct().ToList())
            Assert.True(mobile.Deliveries.Replay(id));
        await mobile.UntilQuiet();
        await mobile.Pass((24 * 60).Minutes);

        var after = await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal(before["version"], after["version"]);
        Assert.Equal(5000, mobile.Spent(phone));
        await mobile.MustBalance();
    }

    /// <summary>What becomes of the sale, and what the guest has spent in the end.</summary>
    private static Dictionary<string, (string Status, long Spent)> Ends { get; } = new()
    {
        ["001"] = ("CONFIRMED", 5000),
        ["011"] = ("FAILED", 0),
        ["012"] = ("FAILED", 0),
        ["013"] = ("FAILED", 0),
        ["023"] = ("FAILED", 0),
        ["031"] = ("CONFIRMED", 5000),
        ["032"] = ("CONFIRMED", 5000),
        ["033"] = ("CONFIRMED", 5000),
        ["035"] = ("CONFIRMED", 5000),
        ["037"] = ("CONFIRMED", 5000),
        ["044"] = ("CONFIRMED", 5000),
        ["045"] = ("CONFIRMED", 5000),
        ["046"] = ("CONFIRMED", 5000),
        ["048"] = ("CONFIRMED", 5000),
    };

    private async Task<Guid> Sale(string phone) => (await Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
        }
        """).Is(201)).Id;
}
