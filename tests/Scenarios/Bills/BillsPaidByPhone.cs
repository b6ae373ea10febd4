using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;
using DomainCaller = JikoXpress.Domain.Caller;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A table pays with its phones: the bill waits for them, and for nothing else.</summary>
public sealed class BillsPaidByPhone(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact(DisplayName = "A bill waits for a phone, and is paid with it")]
    public async Task Paid()
    {
        var bill = await OpenBill("31");

        await Till.Post($"/bills/{bill}/pay", Payments("""{ "paymentMethod": "CASH", "amount": 2000 }""", Phone(3000)))
            .Is(202, """
            { "status": "PAYMENT_PENDING", "paid": 0, "balance": 5000, "payments": [{
                "status": "PENDING_PAYMENT", "payments": [{ "status": "HELD" }, { "status": "PENDING" }] }] }
            """);
        await Round(bill, "31").Is(409, """{ "code": "bill-payment-in-progress" }""");
        await Pay(bill, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(409, """{ "code": "bill-payment-in-progress" }""");

        await UntilQuiet();
        var paid = await Till.Get($"/bills/{bill}").Is(200, """
            { "status": "PAID", "paid": 5000, "payments": [{ "status": "CONFIRMED",
                "payments": [{ "status": "PAID" }, { "status": "PAID", "push": { "received": 3000 } }] }] }
            """);
        await Till.Get($"/orders/{paid["orderIds.0"]}").Is(200, """{ "paymentState": "PAID" }""");
    }

    [Fact(DisplayName = "A phone that says no leaves the bill open, and the cash to be returned")]
    public async Task Declined()
    {
        var bill = await OpenBill("32");
        var asked = await Till.Post(
            $"/bills/{bill}/pay", Payments("""{ "paymentMethod": "CASH", "amount": 2000 }""", Phone(3000, "013"))).Is(202);
        var payment = asked["payments.0.checkoutSessionId"];

        await UntilQuiet();
        await Till.Get($"/bills/{bill}").Is(200, """
            { "status": "OPEN", "balance": 5000,
              "payments": [{ "status": "FAILED", "payments": [{ "status": "TO_RETURN" }, { "status": "RELEASED" }] }] }
            """);
        await Till.Post($"/checkout-sessions/{payment}/return-money").Is(200, """{ "cashToReturn": null }""");
        await Till.Get($"/bills/{bill}").Is(200, """{ "payments": [{ "payments": [{ "status": "RETURNED" }, {}] }] }""");
        await Round(bill, "32").Is(201);
        await Pay(bill, """{ "paymentMethod": "CARD", "amount": 10000 }""").Is(200, """{ "status": "PAID" }""");
    }

    [Fact(DisplayName = "A phone that never answers opens the bill again when its time is over")]
    public async Task Expired()
    {
        var bill = await OpenBill("33");
        await Till.Post($"/bills/{bill}/pay", Payments("""{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }""")).Is(202);

        await Pass(7.Minutes);
        await Till.Get($"/bills/{bill}").Is(200, """{ "status": "OPEN", "payments": [{ "status": "EXPIRED" }] }""");
        await Pay(bill, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(200, """{ "status": "PAID" }""");
    }

    [Fact(DisplayName = "A payment whose time is over keeps no round waiting, whoever looks")]
    public async Task Expired_and_nobody_looked()
    {
        var bill = await OpenBill("34");
        await Pay(bill, """{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000 }""").Is(202);

        Restaurant.Clock.Advance(6.Minutes);
        await Round(bill, "34").Is(201);
    }

    [Fact(DisplayName = "The payment of a bill can be cancelled, and the bill is open again")]
    public async Task Cancelled()
    {
        var bill = await OpenBill("35");
        var asked = await Pay(bill, """{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000 }""").Is(202);

        await Till.Post($"/checkout-sessions/{asked["payments.0.checkoutSessionId"]}/cancel").Is(200);
        await Till.Get($"/bills/{bill}").Is(200, """{ "status": "OPEN", "payments": [{ "status": "CANCELLED" }] }""");
    }

    [Fact(DisplayName = "An app user pays a bill with a code, or by approving it")]
    public async Task App_wallet()
    {
        var user = await AppUser(10_000);
        var bill = await OpenBill("36");
        var code = (await user.Post("/account/wallet-authorizations", "{}").Is(201))["code"];
        await Pay(bill, $$"""{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000, "walletAuthorization": "{{code}}" }""")
            .Is(200, """{ "status": "PAID" }""");

        var other = await OpenBill("36");
        await Pay(other, $$"""{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000, "walletAuthorization": "{{code}}" }""")
            .Is(422, """{ "code": "wallet-authorization-invalid" }""");
        var asked = await Pay(other, """{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000 }""").Is(202);
        await user.Post($"/checkout-sessions/{asked["payments.0.checkoutSessionId"]}/payments/{asked["payments.0.payments.0.id"]}/authorize")
            .Is(200, """{ "status": "CONFIRMED" }""");
        await Till.Get($"/bills/{other}").Is(200, """{ "status": "PAID" }""");
    }

    [Fact(DisplayName = "Money that comes after a bill was paid otherwise goes back to the phone")]
    public async Task Too_late()
    {
        var bill = await OpenBill("37");
        var phone = Mobile.Phone("036"); // pays ten minutes later
        await Pay(bill, $$"""{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }""").Is(202);
        await Pass(7.Minutes);
        await Pay(bill, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(200, """{ "status": "PAID" }""");

        await Pass(10.Minutes);
        Assert.Equal(0, Mobile.Spent(phone));
        await Till.Get($"/bills/{bill}").Is(200, """{ "status": "PAID", "paid": 5000 }""");
    }

    private async Task UntilQuiet()
    {
        await Mobile.UntilQuiet();
        await Pass(1.Seconds);
    }

    private async Task<Guid> OpenBill(string table) => Guid.Parse((await Round(null, table).Is(201))["billId"]);

    private Task<Answer> Round(Guid? bill, string table) => Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
          {{(bill is null ? "" : $"\"billId\": \"{bill}\",")}}
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }]
        }
        """);

    private Task<Answer> Pay(Guid bill, string payment) => Till.Post($"/bills/{bill}/pay", Payments(payment));

    private static string Payments(params string[] payments) => $$"""{ "payments": [{{string.Join(", ", payments)}}] }""";

    private string Phone(long amount, string ending = "001") =>
        $$"""{ "paymentMethod": "MOBILE_MONEY", "amount": {{amount}}, "phoneNumber": "{{Mobile.Phone(ending)}}" }""";

    private async Task<Caller> AppUser(long balance)
    {
        var accounts = Restaurant.Host.Services.GetRequiredService<IAccounts>();
        var phone = Mobile.Phone("001");
        var account = TestKitchen.Done(await accounts.Add(new NewAccount("Neema", phone, LiveMode: false), null)).Account;
        var by = new DomainCaller(CallerKind.Operator, Guid.NewGuid());
        TestKitchen.Done(await accounts.TopUp(account.Id, new Money(balance), by, null));
        return new Caller(Restaurant, TestKitchen.Done(await accounts.IssueToken(account.Id)).Token);
    }
}
