using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;
using DomainCaller = JikoXpress.Domain.Caller;

namespace JikoXpress.Scenarios.Payments;

/// <summary>An app user shows a code at the till, and the wallet pays at once.</summary>
public sealed class WalletCodes(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private const string Invalid = """
        { "code": "wallet-authorization-invalid", "errors": [{ "pointer": "/payments/0/walletAuthorization" }] }
        """;

    [Fact]
    public async Task A_code_pays_one_sale_at_once_however_it_is_typed()
    {
        var (user, wallet) = await AppUser(10_000);
        var code = await CodeOf(user);

        var typed = $"{code[..4].ToLowerInvariant()}-{code[4..]}";
        await Sale(typed).Is(201, """{ "status": "CONFIRMED", "orderId": "*", "payments": [{ "status": "PAID" }] }""");
        Assert.Equal(5_000, await wallet());
        await Sale(code).Is(422, Invalid);
        Assert.Equal(5_000, await wallet());
    }

    [Fact]
    public async Task A_slip_is_paid_with_it_and_a_repeat_is_answered_again()
    {
        var (user, wallet) = await AppUser(5_000);
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        var payment = $$"""{ "payments": [{{Payment(await CodeOf(user))}}] }""";

        var till = Till.WithKey($"wallet-{slip.Id}");
        await till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", payment).Is(200, """{ "status": "CONFIRMED" }""");
        await till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", payment).Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal(0, await wallet());
    }

    [Fact]
    public async Task Of_two_tills_that_use_it_at_once_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var (user, wallet) = await AppUser(50_000);
            var code = await CodeOf(user);

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 6).Select(turn => Sale(code, turn % 2 == 0 ? Till : Kitchen.SecondCashier)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(5, answers.Count(answer => answer.Status is 422 or 429));
            Assert.Equal(45_000, await wallet());
            await Pass(1.Minutes);
        }
    }

    [Fact]
    public async Task Old_replaced_and_invented_codes_and_those_for_less_are_told_the_same()
    {
        var (user, wallet) = await AppUser(10_000);
        var old = await CodeOf(user);
        await Pass(120.Seconds);
        await Sale(old).Is(422, Invalid);
        var replaced = await CodeOf(user);
        var small = await CodeOf(user, """{ "limit": 4999 }""");
        await Sale(replaced).Is(422, Invalid);
        await Sale(small).Is(422, Invalid);
        await Sale("0000-0000").Is(422, Invalid);
        await Sale(await CodeOf(user, """{ "limit": 5000 }""")).Is(201, """{ "status": "CONFIRMED" }""");
        Assert.Equal(5_000, await wallet());
    }

    [Fact]
    public async Task A_wallet_with_too_little_keeps_its_code()
    {
        var (user, wallet) = await AppUser(4_999);
        var code = await CodeOf(user);

        await Sale(code).Is(422, """{ "code": "insufficient-wallet-balance", "available": 4999 }""");
        Assert.Equal(4_999, await wallet());
    }

    [Fact]
    public async Task Who_tries_many_codes_is_stopped()
    {
        await Pass(2.Minutes);
        var answers = new List<int>();
        for (var guess = 0; guess < 22; guess++) answers.Add((await Sale($"0000{guess:D4}")).Status);

        Assert.Equal([.. Enumerable.Repeat(422, 20), 429, 429], answers);
        await Pass(2.Minutes);
    }

    [Fact]
    public async Task Only_app_users_make_codes_and_only_wallets_take_them()
    {
        var (user, _) = await AppUser(1);
        await Till.Post("/account/wallet-authorizations").Is(403);
        await user.Post("/account/wallet-authorizations", """{ "limit": 0 }""").Is(422, """{ "code": "amount-out-of-range" }""");
        await Till.Post("/checkout-sessions", Body("""
            { "paymentMethod": "CASH", "amount": 5000, "walletAuthorization": "0123ABCD" }
            """)).Is(422, """{ "code": "wallet-authorization-not-allowed" }""");
    }

    private static async Task<string> CodeOf(Caller user, string? body = null) =>
        (await user.Post("/account/wallet-authorizations", body ?? "{}")
            .Is(201, """{ "object": "wallet_authorization", "code": "*", "expiresAt": "*" }"""))["code"];

    private Task<Answer> Sale(string code, Caller? till = null) =>
        (till ?? Till).Post("/checkout-sessions", Body(Payment(code)));

    private string Body(string payment) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{{payment}}]
        }
        """;

    private static string Payment(string code) =>
        $$"""{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000, "walletAuthorization": "{{code}}" }""";

    private async Task<(Caller User, Func<Task<long>> Balance)> AppUser(long balance)
    {
        var accounts = Restaurant.Host.Services.GetRequiredService<IAccounts>();
        var account = TestKitchen.Done(
            await accounts.Add(new NewAccount("Rehema", Mobile.Phone("001"), LiveMode: false), null)).Account.Id;
        var platform = new DomainCaller(CallerKind.Operator, Guid.Empty);
        TestKitchen.Done(await accounts.TopUp(account, new Money(balance), platform, null));
        var token = TestKitchen.Done(await accounts.IssueToken(account)).Token;
        return (
            new Caller(Restaurant, token),
            async () => TestKitchen.Done(await accounts.Find(account)).Wallet.Available.Shillings);
    }
}
