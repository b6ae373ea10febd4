using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Money that nobody has claimed for a day goes back to the phone that paid it.</summary>
public sealed class UnclaimedMoney(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private const string Waiting = "/operator/payment-exceptions";
    private const string Decided = "/operator/payment-exceptions?status=DECIDED&limit=100";

    [Fact]
    public async Task A_payment_with_an_unknown_reference_goes_back_once_after_a_day()
    {
        var (phone, reference) = (Mobile.Phone("000"), Unknown("A"));
        var id = await Paid(phone, reference, 5000);
        await Pass(22.Hours);
        Assert.Equal(5000, Mobile.Spent(phone));

        await Pass(2.Hours);
        await Pass(2.Hours);

        Assert.Equal([5000, -5000], Mobile.Entries(phone).Select(entry => entry.Amount));
        var platform = await Restaurant.Operator();
        Assert.DoesNotContain(reference, (await platform.Get(Waiting).Is(200)).Body, StringComparison.Ordinal);
        (await platform.Get(Decided).Is(200)).Holds($$"""
            { "id": "{{id}}", "decision": "RETURNED", "returnStatus": "SUCCEEDED", "amount": 5000 }
            """);
        await platform.Post($"{Waiting}/{id}/resolve", """{ "decision": "CLOSE" }""")
            .Is(409, """{ "code": "payment-exception-resolved" }""");
        await platform.Post($"{Waiting}/{id}/resolve", """{ "decision": "RETURNED" }""")
            .Is(409, """{ "code": "payment-exception-resolved" }""");
    }

    [Fact]
    public async Task What_people_have_decided_stays_as_they_decided()
    {
        var (phone, reference) = (Mobile.Phone("000"), Unknown("B"));
        var id = await Paid(phone, reference, 5000);
        var platform = await Restaurant.Operator();
        await platform.Post($"{Waiting}/{id}/resolve", """{ "decision": "RETURNED" }""")
            .Is(422, """{ "code": "decision-not-allowed" }""");
        await platform.Post($"{Waiting}/{id}/resolve", """{ "decision": "CLOSE", "note": "Paid in the dashboard" }""").Is(200);

        await Pass(25.Hours);

        Assert.Equal(5000, Mobile.Spent(phone));
        // What the operator did there.
        Assert.NotNull(Mobile.Aggregator.PayOut("by hand B", phone, 5000));
    }

    [Fact]
    public async Task What_the_network_refuses_waits_for_people_again_and_can_be_assigned()
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("014")}}" }]
            }
            """).Is(201);
        var (phone, reference) = (Mobile.Phone("051"), Unknown("C"));
        var id = await Paid(phone, reference, 5000);
        await Pass(25.Hours);
        for (var time = 1; time <= 7; time++) await Pass(6.Minutes);

        Assert.Equal([5000], Mobile.Entries(phone).Select(entry => entry.Amount));
        var platform = await Restaurant.Operator();
        (await platform.Get($"{Waiting}?limit=100").Is(200)).Holds($$"""{ "id": "{{id}}", "kind": "UNKNOWN_REFERENCE" }""");
        await Pass(25.Hours);
        await platform.Post(
            $"{Waiting}/{id}/resolve",
            $$"""{ "decision": "ASSIGN", "reference": "{{sale["payments.0.push.reference"]}}" }""").Is(200);
        Assert.Equal([5000], Mobile.Entries(phone).Select(entry => entry.Amount));
    }

    [Fact]
    public async Task What_only_a_list_tells_of_and_what_is_ours_under_another_account_waits_for_people()
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("014")}}" }]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        var (listed, renamed) = (Mobile.Phone("000"), Mobile.Phone("000"));
        await Paid(listed, Unknown("E"), 5000);
        await Paid(renamed, Unknown("F"), 5000);
        await Restaurant.Database.Run($"""
            DELETE FROM jiko.payment_inbox_waiting;
            UPDATE jiko.payment_exception SET listed = true WHERE reference = '{Unknown("E")}';
            UPDATE jiko.payment_exception SET reference = '{sale["payments.0.push.reference"]}'
            WHERE reference = '{Unknown("F")}';
            UPDATE jiko.payment_attempt SET adapter = 'formerly' WHERE reference = '{sale["payments.0.push.reference"]}'
            """);

        await Pass(25.Hours);
        await Pass(2.Hours);

        Assert.Equal((5000, 5000), (Mobile.Spent(listed), Mobile.Spent(renamed)));
        // What the operator did in the dashboard.
        Assert.NotNull(Mobile.Aggregator.PayOut("by hand E", listed, 5000));
        Assert.NotNull(Mobile.Aggregator.PayOut("by hand F", renamed, 5000));
        await Restaurant.Database.Run("UPDATE jiko.payment_attempt SET adapter = 'simulator' WHERE adapter = 'formerly'");
    }

    private static string Unknown(string letter) => $"JX0000000000000000{letter}0";

    /// <summary>Somebody types a reference that is none of ours into the phone's menu.</summary>
    private async Task<string> Paid(string phone, string reference, long amount)
    {
        Mobile.Aggregator.Pay(new PushBody(reference, phone, amount, "TZS"));
        await Mobile.UntilQuiet();
        await Pass(61.Seconds);
        await Pass(2.Minutes);
        var listed = await (await Restaurant.Operator()).Get($"{Waiting}?limit=100").Is(200);
        return listed.Json.GetProperty("data").EnumerateArray()
            .First(item => item.GetProperty("reference").GetString() == reference).GetProperty("id").GetString()!;
    }
}

/// <summary>Where the setting is 0, and where a kitchen decides about late money by hand.</summary>
public sealed class UnclaimedMoneySettings
{
    [Fact]
    public async Task With_0_nothing_goes_back_by_itself()
    {
        var mobile = new MobileRestaurant
        {
            Otherwise = builder => builder.Configuration.AddInMemoryCollection([new("JIKO_RETURN_UNCLAIMED", "0")]),
        };
        await using var _ = mobile;
        await mobile.InitializeAsync();
        var phone = mobile.Phone("000");
        mobile.Aggregator.Pay(new PushBody("JX0000000000000000D0", phone, 5000, "TZS"));
        await mobile.UntilQuiet();
        await mobile.Pass(2.Minutes);

        await mobile.Pass(49.Hours);

        Assert.Equal(5000, mobile.Spent(phone));
        (await (await mobile.Restaurant.Operator()).Get("/operator/payment-exceptions").Is(200))
            .Holds("""{ "reference": "JX0000000000000000D0", "kind": "UNKNOWN_REFERENCE" }""");
    }

    [Fact]
    public async Task Late_money_that_a_kitchen_does_not_decide_about_goes_back_after_a_day()
    {
        var mobile = new MobileRestaurant();
        await using var _ = mobile;
        await mobile.InitializeAsync();
        var at = mobile.Restaurant.Kitchen;
        await at.Manager.Patch($"/kitchens/{at.Id}/settings", """{ "settings": { "latePayments": "MANUAL" } }""").Is(200);
        var phone = mobile.Phone("036");
        await at.Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        await mobile.UntilQuiet();
        await mobile.Pass(6.Minutes);
        await mobile.Pass(6.Minutes);
        Assert.Equal(5000, mobile.Spent(phone));
        await mobile.Pass(23.Hours);
        Assert.Equal(5000, mobile.Spent(phone));

        await mobile.Pass(2.Hours);

        Assert.Equal(0, mobile.Spent(phone));
        await mobile.MustBalance();
    }
}
