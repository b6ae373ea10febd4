using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Testing;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>
/// What scenarios of web shops are told with. The numbers in their names are lines of the checklist in
/// docs/scenarios.md: I, K, M and P each stand for one document about what merchants expect.
/// </summary>
public abstract class MerchantScenario(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    protected const string Sessions = "/checkout/sessions";

    /// <summary>A merchant whose only store is a new kitchen, and its backend with a key.</summary>
    protected async Task<(Guid Merchant, Guid Store, Caller Backend)> Shop(bool live = false, string? scopes = null)
    {
        var platform = await Restaurant.Operator();
        var store = await platform.Post("/operator/kitchens", $$"""
            { "name": "Duka la Asha", "livemode": {{(live ? "true" : "false")}} }
            """).Is(201);
        var merchant = await platform.Post("/operator/merchants", $$"""
            { "name": "Asha", "storeIds": ["{{store.Id}}"] }
            """).Is(201, """{ "object": "merchant" }""");
        var key = await platform.Post($"/operator/merchants/{merchant.Id}/keys", scopes is null
            ? """{ "name": "Web shop" }"""
            : $$"""{ "name": "Web shop", "scopes": [{{scopes}}] }""").Is(201);
        return (merchant.Id, store.Id, new Caller(Restaurant, key["token"]));
    }

    /// <summary>What the customer's browser asks: the path of the page that a session's url names.</summary>
    protected static string PageOf(Answer session) => $"//api/checkout/{session["url"].Split("/pay/")[1]}";

    /// <summary>
    /// The feed says this. An event shows in it only once no commit before it is under way, not even one of another
    /// test in the same PostgreSQL.
    /// </summary>
    protected static async Task FeedSays(Caller shop, string type, int events, string expected)
    {
        await Wait.Until(async () =>
            (await shop.Get($"/events?type={type}").Is(200)).At("data").GetArrayLength() >= events);
        await shop.Get($"/events?type={type}").Is(200, expected);
    }

    protected Task<Answer> PayOnPage(Answer session, string phone) => Restaurant.Stranger.Post($"{PageOf(session)}/pay", $$"""
        { "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{phone}}" } } }
        """);
}
