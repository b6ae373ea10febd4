using JikoXpress.Grains.Ports;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Payments;

/// <summary>What a host had not yet noted when it died, or notes too late, costs no guest any money.</summary>
public sealed class LostNotes(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task A_yes_after_a_no_is_asked_about_even_when_the_host_died_before_it_noted_the_push()
    {
        var phone = Mobile.Phone("034");
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        await Restaurant.Database.Run("UPDATE jiko.payment_attempt SET pushed = false");

        // Nobody asks before the guest says no, and then yes.
        Restaurant.Clock.Advance(1.Seconds);
        await Mobile.UntilQuiet();
        await Pass(2.Seconds);
        await Pass(10.Seconds);

        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "FAILED" }""");
        Assert.Equal(5000, Mobile.Entries(phone)[0].Amount);
        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_question_that_somebody_wants_asked_soon_is_not_forgotten_by_who_asked_before()
    {
        await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [
                { "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("001")}}" }]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        var attempts = Restaurant.Host.Services.GetRequiredService<IAttempts>();
        var now = Restaurant.Clock.GetUtcNow() + 20.Seconds;
        var claimed = Assert.Single(await attempts.Claim(now, 15.Seconds, 100));

        await attempts.LookSoon(claimed.Reference, now);
        await attempts.LookAgain(claimed, at: null);

        var soon = await attempts.Claim(now + 10.Seconds, 15.Seconds, 100);
        Assert.Equal(claimed.Reference, Assert.Single(soon).Reference);
    }

    [Fact]
    public async Task A_webhook_whose_account_one_process_does_not_know_yet_is_left_to_the_others()
    {
        const string account = "of-a-newer-process";
        var inbox = Restaurant.Host.Services.GetRequiredService<IPaymentInbox>();
        var now = Restaurant.Clock.GetUtcNow();
        await inbox.Keep(new NewEvent(account, "evt_1", "{}"u8.ToArray(), now, now));

        await Pass(10.Seconds);

        Assert.Equal(1, await Waiting());
        await Pass(25.Hours);
        await Pass(25.Hours);
        Assert.Equal(0, await Waiting());

        Task<long> Waiting() => Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.payment_inbox_waiting w JOIN jiko.payment_inbox i USING (id)
            WHERE i.adapter = '{account}'
            """);
    }
}
