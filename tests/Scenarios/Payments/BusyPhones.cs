using System.Globalization;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>
/// A network shows one request for the PIN at a time. So a phone rings for one payment at a time, whoever asks, and
/// nobody can have another person's phone ring without end.
/// </summary>
public sealed class BusyPhones(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private const string Busy = """{ "code": "phone-busy", "until": "*" }""";
    private const string TooOften = """{ "code": "phone-asked-too-often", "until": "*" }""";

    [Fact]
    public async Task Fifteen_sales_at_once_ring_a_phone_once_and_the_others_are_told_when_to_try_again()
    {
        var branch = await Restaurant.OpenBranch();
        var phone = Mobile.Phone("001");

        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(index =>
            Sale(index % 2 == 0 ? Kiosk : Kiosk.At(branch), phone)));

        var sale = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != sale), answer =>
        {
            answer.Is(409, Busy);
            Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 180);
        });
        Assert.Equal(1, await Attempts(phone));
        await Pay();
        Assert.Equal(5000, Mobile.Spent(phone));
        await Sale(Kiosk, phone).Is(201);
        await Pay();
        Assert.Equal(10_000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_refusal_on_the_phone_frees_it_at_once()
    {
        var phone = Mobile.Phone("012");
        await Sale(Kiosk, phone).Is(201);
        await Pay();

        await Sale(Till, phone, "POS").Is(201);
        await Pay();
    }

    [Fact]
    public async Task A_phone_that_never_answers_is_free_after_three_minutes()
    {
        var phone = Mobile.Phone("036");
        await Sale(Kiosk, phone).Is(201);
        await Mobile.UntilQuiet();

        await Pass(100.Seconds);
        var busy = await Sale(Till, phone, "POS").Is(409, Busy);
        Assert.Equal("80", busy.Header("Retry-After"));
        await Pass(80.Seconds);
        await Sale(Till, phone, "POS").Is(201);
        await Pass(15.Minutes);
    }

    [Fact]
    public async Task A_refused_request_counts_for_nothing_and_its_key_can_be_used_again()
    {
        var phone = Mobile.Phone("012");
        await Sale(Kiosk, phone).Is(201);
        for (var time = 0; time < 10; time++) await Sale(Kiosk.WithKey($"again-{phone[1..]}"), phone).Is(409, Busy);

        await Pay();
        var sale = await Sale(Kiosk.WithKey($"again-{phone[1..]}"), phone).Is(201);
        for (var time = 0; time < 10; time++)
            Assert.Equal(sale.Id, (await Sale(Kiosk.WithKey($"again-{phone[1..]}"), phone).Is(201)).Id);

        await Pay();
        Assert.Equal(2, await Attempts(phone));
        await Sale(Kiosk, phone).Is(201);
        await Pay();
    }

    [Fact]
    public async Task Who_rings_a_phone_in_vain_is_stopped_before_its_owner_is()
    {
        var phone = Mobile.Phone("012");
        for (var time = 0; time < 5; time++)
        {
            await Sale(Kiosk, phone).Is(201);
            await Pay();
        }

        var stopped = await Sale(Kiosk, phone).Is(429, TooOften);
        Assert.InRange(int.Parse(stopped.Header("Retry-After")!, CultureInfo.InvariantCulture), 3400, 3600);

        for (var time = 0; time < 5; time++)
        {
            await Sale(Till, phone, "POS").Is(201);
            await Pay();
        }

        await Sale(Till, phone, "POS").Is(429, TooOften);
        // Ten in an hour are enough for one phone, whoever asks.
        await Sale(Restaurant.Neighbour.Kiosk, phone, dish: Restaurant.Neighbour.Pilau).Is(429, TooOften);
        await Sale(Kiosk, Mobile.Phone("001")).Is(201);
        await Pass(1.Hours);
        await Sale(Kiosk, phone).Is(201);
        await Pay();
    }

    [Fact]
    public async Task Who_pays_is_never_stopped()
    {
        var phone = Mobile.Phone("001");
        for (var time = 0; time < 12; time++)
        {
            await Sale(Kiosk, phone).Is(201);
            await Pay();
        }

        Assert.Equal(60_000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task Two_parts_of_a_sale_by_the_same_phone_are_paid_one_after_the_other()
    {
        var phone = Mobile.Phone("001");
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [
                { "paymentMethod": "MOBILE_MONEY", "amount": 2000, "phoneNumber": "{{phone}}" },
                { "paymentMethod": "MOBILE_MONEY", "amount": 3000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201, """{ "payments": [{ "push": { "status": "SENT" } }, { "payReference": "*" }] }""");
        var second = $"/checkout-sessions/{sale.Id}/payments/{sale["payments.1.id"]}/initiate";

        await Till.Post(second, $$"""{ "phoneNumber": "{{phone}}" }""").Is(409, Busy);
        await Pay();
        Assert.Equal(2000, Mobile.Spent(phone));
        await Till.Post(second, $$"""{ "phoneNumber": "{{phone}}" }""").Is(202);
        await Pay();

        await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_slip_whose_phone_is_busy_stays_as_it_was_and_takes_cash()
    {
        var phone = Mobile.Phone("036");
        await Sale(Kiosk, phone).Is(201);
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", $$"""
            { "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }] }
            """).Is(409, Busy);
        await Till.Post(
            $"/checkout-sessions/{slip.Id}/confirm-slip", """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""")
            .Is(200, """{ "status": "CONFIRMED" }""");
        await Pass(15.Minutes);
    }

    [Fact]
    public async Task What_a_busy_phone_was_to_pay_for_is_on_the_shelf_again()
    {
        var phone = Mobile.Phone("036");
        var dish = await Kitchen.AddDish($"Samaki {phone}", 5000);
        await Kitchen.Receive(dish, 1);
        await Sale(Kiosk, phone).Is(201);

        await Sale(Kiosk, phone, dish: dish).Is(409, Busy);
        await Sale(Kiosk, Mobile.Phone("001"), dish: dish).Is(201);
        await Pay();
        await Pass(15.Minutes);
    }

    private Task<long> Attempts(string phone) =>
        Restaurant.Database.Ask<long>($"SELECT count(*) FROM jiko.payment_attempt WHERE phone = '{phone}'");

    private Task<Answer> Sale(Caller seller, string phone, string channel = "KIOSK", Guid? dish = null) =>
        seller.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "{{channel}}", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish ?? Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
        }
        """);
}
