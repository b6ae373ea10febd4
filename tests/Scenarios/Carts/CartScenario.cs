using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;
using DomainCaller = JikoXpress.Domain.Caller;

namespace JikoXpress.Scenarios.Carts;

/// <summary>What every scenario about carts is told with: two kitchens, and app users with phones and wallets.</summary>
public abstract class CartScenario(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    protected TestKitchen Neighbour => Restaurant.Neighbour;

    /// <summary>A new user of the app, with an empty cart.</summary>
    protected async Task<AppUser> SignUp(long balance = 0)
    {
        var accounts = Restaurant.Host.Services.GetRequiredService<IAccounts>();
        var phone = Mobile.Phone("001");
        var id = TestKitchen.Done(await accounts.Add(new NewAccount("Rehema", phone, LiveMode: false), null)).Account.Id;
        var attendant = new DomainCaller(CallerKind.Operator, Guid.Empty);
        if (balance > 0) TestKitchen.Done(await accounts.TopUp(id, new Money(balance), attendant, null));
        var token = TestKitchen.Done(await accounts.IssueToken(id)).Token;
        return new AppUser(new Caller(Restaurant, token), phone, async () =>
            TestKitchen.Done(await accounts.Find(id)).Wallet is { Available: var available, Held: var held }
                ? (available.Shillings, held.Shillings)
                : default);
    }

    /// <summary>A user with 15000 shillings' worth in the cart: 10000 of one kitchen, 5000 of the other.</summary>
    protected async Task<AppUser> Shopper(long balance = 0)
    {
        var user = await SignUp(balance);
        await user.Put(Kitchen.Pilau, 2);
        await user.Put(Neighbour.Pilau, 1);
        return user;
    }

    protected static string FromCart(params string[] payments) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "fromCart": true,
          "payments": [{{string.Join(", ", payments)}}]
        }
        """;

    /// <summary>A payment by a phone whose last digits say what its guest does.</summary>
    protected string Phone(long amount, string ending = "001") =>
        By(Mobile.Phone(ending), amount);

    protected static string By(string phone, long amount) =>
        $$"""{ "paymentMethod": "MOBILE_MONEY", "amount": {{amount}}, "phoneNumber": "{{phone}}" }""";

    protected static string Wallet(long amount) =>
        $$"""{ "paymentMethod": "PLATFORM_WALLET", "amount": {{amount}} }""";

    protected static async Task<int> Left(TestKitchen kitchen, Guid dish)
    {
        var menu = await kitchen.Cashier.Get("/menu").Is(200);
        var item = menu.At("data").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == dish);
        return item.GetProperty("stock").GetInt32();
    }
}

/// <summary>Somebody with the app.</summary>
public sealed record AppUser(Caller Caller, string Phone, Func<Task<(long Available, long Held)>> Wallet)
{
    public Task<Answer> Put(Guid dish, int quantity) =>
        Caller.Put($"/cart/items/{dish}", $$"""{ "quantity": {{quantity}} }""").Is(200);

    public Task<Answer> CheckOut(string body) => Caller.Post("/checkout-sessions", body);

    public Task<Answer> Cart() => Caller.Get("/cart").Is(200);
}
