using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Races;

/// <summary>
/// Two hosts on one database, neither knowing of the other: what they promise each on their own holds for both, since
/// the rows have the last word.
/// </summary>
public sealed class TwoHosts(Restaurant restaurant) : Scenario(restaurant)
{
    private const int Rounds = 10;

    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    private RunningHost? other;

    [Fact]
    public async Task Sell_no_item_twice()
    {
        var hosts = await Both();
        var dish = await Kitchen.AddDish("Samaki", 5000);
        for (var round = 1; round <= Rounds; round++)
        {
            await Kitchen.Receive(dish, 10);

            var answers = await 60.AtOnce(buyer => Till.At(hosts[buyer % 2]).Post("/checkout-sessions", Sale(dish)));

            Assert.Equal(10, answers.Count(answer => answer.Status == 201));
            Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Is(409, """
                { "code": "insufficient-stock" }
                """));
        }
    }

    [Fact]
    public async Task Give_every_session_a_number_of_its_own()
    {
        var hosts = await Both();

        var answers = await 60.AtOnce(buyer => Till.At(hosts[buyer % 2]).Post("/checkout-sessions", Sale(Pilau)));

        Assert.All(answers, answer => answer.Is(201));
        Assert.Equal(60, answers.Select(answer => answer["number"]).Distinct().Count());
    }

    [Fact]
    public async Task Take_the_money_for_a_slip_once()
    {
        var hosts = await Both();
        for (var round = 1; round <= Rounds; round++)
        {
            var slip = await NewSlip();

            var answers = await 6.AtOnce(number => Till.At(hosts[number % 2])
                .Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash));

            var winner = Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer != winner), answer => answer.Is(409, $$"""
                { "code": "already-confirmed", "orderId": "{{winner["orderId"]}}" }
                """));
        }
    }

    [Fact]
    public async Task Take_a_key_for_the_same_request()
    {
        var hosts = await Both();
        for (var round = 1; round <= Rounds; round++)
        {
            var key = $"both-{round}";

            var answers = await 10.AtOnce(number =>
                Till.WithKey(key).At(hosts[number % 2]).Post("/checkout-sessions", Sale(Pilau)));

            Assert.All(answers, answer => answer.Is(201, """{ "status": "CONFIRMED" }"""));
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            Assert.Equal(9, answers.Count(answer => answer.Header("Idempotency-Replayed") is "true"));
        }
    }

    [Fact]
    public async Task End_what_is_due_once()
    {
        var hosts = await Both();
        var slips = await 30.AtOnce(number => NewSlip(number % 2 == 0 ? Kiosk : Kiosk.At(hosts[1])));
        Restaurant.Clock.Advance(15.Minutes);

        await 4.AtOnce(async number =>
        {
            await hosts[number % 2].Sweep();
            return number;
        });

        foreach (var slip in slips)
        {
            foreach (var host in hosts)
            {
                await Kiosk.At(host).Get($"/checkout-sessions/{slip.Id}?expand=timeline").Is(200, """
                    { "status": "EXPIRED", "version": 2, "timeline": [{ "event": "OPENED" }, { "event": "EXPIRED" }] }
                    """);
            }
        }
    }

    [Fact]
    public async Task Show_what_the_other_has_changed()
    {
        var hosts = await Both();
        var slip = await NewSlip();
        await Till.At(hosts[1]).Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");

        await Till.At(hosts[1]).Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash).Is(200);
        await Till.At(hosts[0]).Post($"/checkout-sessions/{slip.Id}/cancel").Is(409, """
            { "code": "session-not-pending", "sessionStatus": "CONFIRMED" }
            """);
        await Till.At(hosts[0]).Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task Wake_a_kiosk_that_waits_at_one_for_what_the_other_does()
    {
        var hosts = await Both();
        var slip = await NewSlip();
        var waiting = Kiosk.With("If-None-Match", slip.Header("ETag")!)
            .Get($"/checkout-sessions/{slip.Id}?waitSeconds=30");
        await Till.At(hosts[1]).Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash).Is(200);

        await waiting.Is(200, """{ "status": "CONFIRMED" }""");
    }

    private async Task<RunningHost[]> Both() => [Restaurant.Host, other ??= await Restaurant.OpenBranch()];

    private Task<Answer> NewSlip(Caller? kiosk = null) => (kiosk ?? Kiosk).Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """).Is(201);

    private static string Sale(Guid dish) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
        }
        """;
}
