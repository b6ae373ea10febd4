using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>What a phone has paid for an order goes back to it.</summary>
public sealed class RefundsToPhones(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task Bit_by_bit_a_phone_gets_back_what_it_paid_and_no_more()
    {
        var phone = Mobile.Phone("000");
        var order = await Sell($$"""{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }""");
        Assert.Equal(5000, Mobile.Spent(phone));

        foreach (var amount in new[] { 1000, 1500, 2500 })
        {
            await Refund(order, amount).Is(201, $$"""
                {
                  "status": "PENDING", "amount": {{amount}},
                  "payments": [{ "paymentMethod": "MOBILE_MONEY", "status": "PENDING", "reference": "*" }]
                }
                """);
            await Mobile.UntilQuiet();
        }

        Assert.Equal(0, Mobile.Spent(phone));
        Assert.Equal([5000, -1000, -1500, -2500], Mobile.Entries(phone).Select(entry => entry.Amount));
        await Refund(order, 1).Is(409, """{ "code": "refund-exceeds-paid" }""");
        await Till.Get($"/orders/{order}").Is(200, """
            { "refunds": [{ "status": "SUCCEEDED" }, { "status": "SUCCEEDED" }, { "status": "SUCCEEDED" }] }
            """);
    }

    [Fact]
    public async Task The_phone_that_paid_too_much_gets_the_surplus_and_the_refund()
    {
        var phone = Mobile.Phone("039");
        var order = await Sell($$"""{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }""");
        await Mobile.UntilQuiet();
        Assert.Equal(5000, Mobile.Spent(phone));

        await Refund(order, 5000).Is(201);
        await Mobile.UntilQuiet();
        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Fact]
    public async Task Cash_and_phone_each_get_their_own()
    {
        var phone = Mobile.Phone("000");
        var order = await Sell($$"""
            { "paymentMethod": "MOBILE_MONEY", "amount": 3000, "phoneNumber": "{{phone}}" },
            { "paymentMethod": "CASH", "amount": 2000 }
            """);

        await Refund(order, 4000).Is(201, """
            {
              "status": "PENDING",
              "payments": [
                { "paymentMethod": "MOBILE_MONEY", "amount": 2000, "status": "PENDING" },
                { "paymentMethod": "CASH", "amount": 2000, "status": "SUCCEEDED" }
              ]
            }
            """);
        await Mobile.UntilQuiet();
        Assert.Equal(1000, Mobile.Spent(phone));
    }

    private async Task<Guid> Sell(string payments)
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }], "payments": [{{payments}}]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        await Pass(5.Seconds);
        return Guid.Parse((await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }"""))["orderId"]);
    }

    private Task<Answer> Refund(Guid order, long amount) =>
        Kitchen.Manager.Post($"/orders/{order}/refunds", $$"""{ "amount": {{amount}}, "reason": "Cold" }""");
}
