using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>What anybody may send to the webhooks' path, and what becomes of it.</summary>
public sealed class Webhooks(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task Who_cannot_prove_it_is_told_the_same_whatever_is_wrong()
    {
        var (sale, reference) = await Ringing();
        var paid = Paid(reference);

        Assert.Equal(401, await Mobile.Send(paid, "evt_1", secret: "somebody else's secret"));
        Assert.Equal(401, await Mobile.Send(paid, "evt_1", age: 301.Seconds));
        Assert.Equal(401, await Mobile.Send(paid, "evt_1", age: -61.Seconds));
        Assert.Equal(401, await Mobile.Send(paid, "evt_1", token: "0123456789abcdef0123456789abcdef"));
        Assert.Equal(401, await Mobile.Send(paid, "evt_1", adapter: "azampay"));
        Assert.Equal(401, await Mobile.Send(paid, "evt_1", signedBody: Paid(reference, "1")));
        Assert.Equal(401, await Mobile.Send(Paid("JX000000000000000000"), "evt_1", secret: "somebody else's secret"));

        Assert.Equal(0, await Kept("evt_1"));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Pass(12.Minutes);
    }

    [Theory]
    [InlineData("somebody else's secret", 0)]
    [InlineData(MobileRestaurant.Secret, 301)]
    public async Task What_cannot_be_proven_is_a_reason_to_ask_and_not_too_often(string secret, int age)
    {
        // This guest has paid, and no callback ever tells.
        var (sale, reference) = await Ringing("037");
        await Pass(11.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "PENDING_PAYMENT" }""");

        for (var time = 0; time < 3; time++)
            Assert.Equal(401, await Mobile.Send(Paid(reference), $"evt_{reference}", age.Seconds, secret));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task A_no_is_asked_about_once_more_because_the_yes_after_it_may_be_lost()
    {
        // This guest has paid, and no callback ever tells.
        var (sale, reference) = await Ringing("037");
        await Pass(2.Seconds);
        Assert.Equal(200, await Mobile.Send(
            $$"""{ "reference": "{{reference}}", "status": "FAILED", "amount": "5000", "currency": "TZS" }""",
            $"evt_no_{reference}"));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}")
            .Is(200, """{ "status": "FAILED", "payments": [{ "push": { "status": "FAILED" } }] }""");

        await Pass(20.Seconds);

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """
            {
              "status": "FAILED",
              "payments": [{ "status": "RELEASED", "push": { "status": "SUCCEEDED", "refunded": 5000 } }]
            }
            """);
    }

    [Fact]
    public async Task However_often_it_is_forged_the_aggregator_is_asked_once_in_ten_seconds()
    {
        var (_, reference) = await Ringing("014");
        await Pass(11.Seconds);
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(401, await Mobile.Send(Paid(reference), $"evt_{reference}", secret: "somebody else's secret"));
            await Mobile.UntilQuiet();
        }

        var asked = await Restaurant.Database.Ask<DateTime>(
            $"SELECT looked_at FROM jiko.payment_attempt WHERE reference = '{reference}'");
        var next = await Restaurant.Database.Ask<DateTime>(
            $"SELECT next_look_at FROM jiko.payment_attempt WHERE reference = '{reference}'");
        Assert.Equal(Restaurant.Clock.GetUtcNow().UtcDateTime, asked);
        Assert.True(next > asked.AddSeconds(5), $"asked at {asked:O}, next at {next:O}");
        await Pass(2.Minutes);
    }

    [Fact]
    public async Task What_is_no_webhook_is_refused_before_it_is_looked_at()
    {
        Assert.Equal(415, await Mobile.Send("status=SUCCESS", "evt_2", type: "application/x-www-form-urlencoded"));
        Assert.Equal(415, await Mobile.Send("{}", "evt_2", type: "application/json; charset=utf-16"));
        Assert.Equal(413, await Mobile.Send($"\"{new string('x', 64 * 1024)}\"", "evt_2"));
        var answer = await Restaurant.Stranger.Get("//webhooks/payments/simulator/0123456789abcdef0123456789abcdef");
        Assert.Equal(405, answer.Status);
        Assert.Equal(0, await Kept("evt_2"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "reference": 7 }""")]
    [InlineData("""{ "reference": "JX000000000000000000", "reference": "JX000000000000000001" }""")]
    [InlineData("no json at all")]
    public async Task Genuine_nonsense_is_taken_and_changes_nothing(string body)
    {
        var id = $"evt_nonsense_{body.Length}_{body[0]}";

        Assert.Equal(200, await Mobile.Send(body, id));
        await Mobile.UntilQuiet();
        Assert.Equal(0, await Waiting(id));
    }

    [Theory]
    [InlineData("\"4999.50\"")]
    [InlineData("\"5e3\"")]
    [InlineData("\"-5000\"")]
    [InlineData("\"0\"")]
    [InlineData("\"\"")]
    [InlineData("\"500000000000000000000000000000\"")]
    [InlineData("5000.5")]
    [InlineData("null")]
    public async Task What_is_not_an_amount_pays_for_nothing(string amount)
    {
        var (sale, reference) = await Ringing();

        Assert.Equal(200, await Mobile.Send(Paid(reference, amount), $"evt_{reference}"));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}")
            .Is(200, """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "PENDING" }] }""");
        await Kiosk.Post($"/checkout-sessions/{sale}/cancel").Is(200);
        await Pass(12.Minutes);
    }

    [Fact]
    public async Task One_event_counts_once_whatever_else_it_says_later()
    {
        var (_, reference) = await Ringing();
        var declined = $$"""{ "reference": "{{reference}}", "status": "PENDING" }""";

        Assert.Equal(200, await Mobile.Send(declined, "evt_3"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Mobile.Send(Paid(reference), "evt_3")));
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Equal(1, await Kept("evt_3"));
        await Pass(12.Minutes);
    }

    [Fact]
    public async Task Nobody_s_money_waits_a_day_for_its_owner()
    {
        Assert.Equal(200, await Mobile.Send(Paid("JX999999999999999999"), "evt_4"));
        await Mobile.UntilQuiet();
        Assert.Equal(1, await Waiting("evt_4"));
        await Pass(24 * 60.Minutes);
        Assert.Equal(0, await Waiting("evt_4"));
        Assert.Equal(1, await Kept("evt_4"));
    }

    [Fact]
    public async Task An_event_that_came_before_its_push_is_heard_when_the_push_is_known()
    {
        var (sale, reference) = await Ringing("001");
        // The word comes while our own row is not there yet.
        await Restaurant.Database.Run($"UPDATE jiko.payment_attempt SET reference = 'JX{new string('0', 17)}Z' WHERE reference = '{reference}'");
        await Pass(1.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "PENDING_PAYMENT" }""");

        await Restaurant.Database.Run($"UPDATE jiko.payment_attempt SET reference = '{reference}' WHERE reference = 'JX{new string('0', 17)}Z'");
        await Pass(5.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task A_replay_of_everything_changes_nothing()
    {
        var phone = Mobile.Phone("001");
        var (sale, _) = await Ringing("001", phone);
        await Pass(1.Seconds);
        // It was opened and paid: two states, whatever was heard in between.
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED", "version": 2 }""");

        foreach (var id in Mobile.Deliveries.Answers.Select(answer => answer.Id).Distinct().ToList()) Mobile.Deliveries.Replay(id);
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED", "version": 2 }""");
        Assert.Single(Mobile.Entries(phone));
    }

    /// <summary>A sale of 5000 whose guest has been asked, and answers in ten minutes unless told otherwise.</summary>
    private async Task<(Guid Sale, string Reference)> Ringing(string ending = "036", string? phone = null)
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{
                "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone ?? Mobile.Phone(ending)}}"
              }]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        return (sale.Id, sale["payments.0.push.reference"]);
    }

    private static string Paid(string reference, string amount = "5000") =>
        $$"""{ "reference": "{{reference}}", "status": "SUCCESS", "amount": {{amount}}, "currency": "TZS" }""";

    private Task<long> Kept(string id) =>
        Restaurant.Database.Ask<long>($"SELECT count(*) FROM jiko.payment_inbox WHERE event_id = '{id}'");

    private Task<long> Waiting(string id) => Restaurant.Database.Ask<long>(
        $"SELECT count(*) FROM jiko.payment_inbox JOIN jiko.payment_inbox_waiting USING (id) WHERE event_id = '{id}'");
}
