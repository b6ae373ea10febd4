using System.Net;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Customers who pay by card on a gateway's page, whose bank asks them whether they do.</summary>
public sealed class PaidByCard(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    private const string Good = "4000 0000 0000 3220", Poor = "4000 0000 0000 9995";

    [Fact(DisplayName = "I7, I8, K4, P7, P11: a customer pays by card after the bank's question, and the signed webhook completes the session")]
    public async Task A_customer_pays_by_card()
    {
        var (_, store, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 30000, "paymentMethodTypes": ["card"] }""")
            .Is(201, """{ "paymentMethodTypes": ["card"] }""");

        var gateway = await CardPageOf(session);
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "open", "paymentStatus": "pending" }""");
        var bank = await Enter(gateway, "number", Good);
        Assert.Equal(new Uri($"{gateway}/bank"), bank);
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "open", "paymentStatus": "pending" }""");
        Assert.Equal($"{session["url"]}?lang=en&fromCard", $"{await Enter(bank, "answer", "approve")}");
        await Mobile.UntilQuiet();

        await shop.Get($"{Sessions}/{session.Id}").Is(200, $$"""
            { "status": "complete", "paymentStatus": "succeeded", "chargeReference": "{{session["chargeReference"]}}" }
            """);
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, """{ "status": "complete", "nextAction": null }""");
        await (await Restaurant.Operator()).Get($"/operator/kitchens/{store}/trial-balance")
            .Holds("""{ "account": "CARD_GATEWAY", "balance": 30000 }""");
        // Whoever goes back in the browser is sent on, and pays nothing twice.
        Assert.Equal($"{session["url"]}?lang=en&fromCard", $"{await Enter(gateway, "number", Good)}");
        await PayByCard(session).Is(409, """{ "code": "already-confirmed" }""");
    }

    [Fact]
    public async Task After_the_banks_no_the_customer_pays_by_phone()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);

        await Enter(await CardPageOf(session), "number", Poor);
        await Mobile.UntilQuiet();
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, """
            { "status": "open", "paymentStatus": "failed", "failureReason": "Insufficient funds", "nextAction": null }
            """);

        var refused = await Enter(await CardPageOf(session), "number", Good);
        await Enter(refused, "answer", "refuse");
        await Mobile.UntilQuiet();
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, """{ "status": "open", "paymentStatus": "failed" }""");

        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "complete" }""");
    }

    [Fact]
    public async Task Who_pays_by_phone_and_then_by_the_card_page_that_was_left_open_gets_the_card_back()
    {
        var (_, store, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var gateway = await CardPageOf(session);
        var phone = Mobile.Phone("001");
        await PayOnPage(session, phone).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "complete" }""");

        await Enter(await Enter(gateway, "number", Good), "answer", "approve");
        await Mobile.UntilQuiet();
        await Pass(2.Minutes);

        Assert.Equal(5000, Mobile.Spent(phone));
        await (await Restaurant.Operator()).Get($"/operator/kitchens/{store}/trial-balance")
            .Holds("""{ "account": "CARD_GATEWAY", "balance": 0 }""");
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "complete", "paymentStatus": "succeeded" }""");
    }

    [Fact]
    public async Task A_card_page_that_was_left_is_over_after_its_time_and_the_page_takes_another()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var first = await CardPageOf(session);
        Assert.Equal(first, await CardPageOf(session));

        await Pass(15.Minutes);
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, """{ "status": "open", "paymentStatus": "failed" }""");

        var second = await CardPageOf(session);
        Assert.NotEqual(first, second);
        await Enter(await Enter(second, "number", Good), "answer", "approve");
        await Mobile.UntilQuiet();
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "complete" }""");
    }

    [Fact(DisplayName = "I8 card.token: no data of cards comes to this product")]
    public async Task No_data_of_cards_is_taken()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await Restaurant.Stranger.Post($"{PageOf(session)}/pay", """
            { "paymentMethod": { "type": "card", "card": { "token": "tok_1" } } }
            """).Is(422, """{ "code": "unknown-field" }""");
    }

    private Task<Answer> PayByCard(Answer session) => Restaurant.Stranger.Post(
        $"{PageOf(session)}/pay", """{ "paymentMethod": { "type": "card" } }""");

    /// <summary>Where the customer is sent.</summary>
    private async Task<Uri> CardPageOf(Answer session)
    {
        await PayByCard(session).Is(202, """{ "paymentStatus": "pending" }""");
        await Mobile.UntilQuiet();
        var page = await Restaurant.Stranger.Get(PageOf(session)).Is(200, """
            { "paymentStatus": "pending", "nextAction": { "type": "redirect_to_url", "url": "*" } }
            """);
        return new Uri(page["nextAction.url"]);
    }

    /// <summary>Sends a form of the gateway's, and says where it leads.</summary>
    private static async Task<Uri> Enter(Uri page, string field, string value)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([new(field, value)]);
        using var answer = await browser.PostAsync(page, form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return new Uri(page, answer.Headers.Location!);
    }
}
