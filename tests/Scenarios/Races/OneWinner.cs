using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Races;

/// <summary>Two want one thing at the same moment: one gets it, the others hear why not.</summary>
public sealed class OneWinner(Restaurant restaurant) : Scenario(restaurant)
{
    private const int Rounds = 20;

    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    [Fact]
    public async Task The_last_shilling_of_a_wallet_is_spent_once()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var guest = await Kitchen.Guest(balance: 5000);

            var answers = await 10.AtOnce(number => Till.Post("/checkout-sessions", number % 2 == 0
                ? Sale($$"""{ "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 5000 }""")
                : Sale($$"""
                    { "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 4000 },
                    { "paymentMethod": "MOBILE_MONEY", "amount": 1000 }
                    """)));

            var winner = Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(answers.Where(answer => answer != winner), answer => answer.Is(422, """
                { "code": "insufficient-wallet-balance" }
                """));
            Assert.Equal(winner["status"] is "CONFIRMED" ? (0, 0) : (1000, 4000), await Kitchen.WalletOf(guest));
        }
    }

    [Fact]
    public async Task A_slip_is_confirmed_or_cancelled_or_expired()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var slip = await NewSlip();

            var answers = await 6.AtOnce(number => (number % 3) switch
            {
                0 => Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash),
                1 => Kiosk.Post($"/checkout-sessions/{slip.Id}/cancel"),
                _ => Kitchen.SecondCashier.Post($"/checkout-sessions/{slip.Id}/expire"),
            });

            await OneWon(slip, answers);
        }
    }

    [Fact]
    public async Task A_slip_is_confirmed_in_time_or_it_expires()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var slip = await NewSlip();
            Restaurant.Clock.Advance(15.Minutes - 1.Seconds);

            var answers = await 4.AtOnce(async number =>
            {
                if (number == 1) await Pass(1.Seconds);
                return await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash);
            });

            var end = await Kiosk.Get($"/checkout-sessions/{slip.Id}").Is(200);
            Assert.Equal(end["status"] is "CONFIRMED" ? 1 : 0, answers.Count(answer => answer.Status == 200));
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Is(
                end["status"] is "CONFIRMED" ? 409 : 410));
        }
    }

    [Fact]
    public async Task Two_cashiers_take_the_money_for_one_slip_once()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var slip = await NewSlip();

            var answers = await 6.AtOnce(number => (number % 2 == 0 ? Till : Kitchen.SecondCashier)
                .Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash));

            await OneWon(slip, answers);
        }
    }

    /// <summary>One answer of yes, and what it says is what the session is.</summary>
    private async Task OneWon(Answer slip, Answer[] answers)
    {
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Contains(
            answer["code"], (string[])["already-confirmed", "session-not-pending", "slip-expired"]));
        await Till.Get($"/checkout-sessions/{slip.Id}")
            .Is(200, $$"""{ "status": "{{winner["status"]}}", "version": 2 }""");
    }

    private Task<Answer> NewSlip() => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """).Is(201);

    private string Sale(string payments) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }], "payments": [{{payments}}]
        }
        """;
}
