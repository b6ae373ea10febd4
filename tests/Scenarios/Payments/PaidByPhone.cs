using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;
using DomainCaller = JikoXpress.Domain.Caller;

namespace JikoXpress.Scenarios.Payments;

/// <summary>The reference's orders with mobile money, told to their end.</summary>
public sealed class PaidByPhone(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact(DisplayName = "9. Kiosk Machine — Mobile Money (Immediate), paid")]
    public async Task Kiosk_mobile_money_confirms()
    {
        var order = await Sale(Kiosk, "KIOSK", Phone(5000)).Is(201, """{ "status": "PENDING_PAYMENT", "orderId": null }""");

        await Mobile.UntilQuiet();
        // That the push was taken is no change for the kiosk: it waits on, and its ETag holds.
        var ringing = await Kiosk.Get($"/checkout-sessions/{order.Id}")
            .Is(200, """{ "status": "PENDING_PAYMENT", "payments": [{ "push": { "status": "SENT" } }] }""");
        Assert.Equal(order["version"], ringing["version"]);
        await Pass(1.Seconds);
        await Kiosk.Get($"/checkout-sessions/{order.Id}").Is(200, """
            { "status": "CONFIRMED", "orderId": "*", "payments": [{ "status": "PAID", "push": { "received": 5000 } }] }
            """);
    }

    [Fact(DisplayName = "2. POS — Pay Now, Split Payment, paid")]
    public async Task Cash_and_mobile_money_confirm_with_the_phone()
    {
        var sale = await Sale(Till, "POS", """{ "paymentMethod": "CASH", "amount": 2000 }""", Phone(3000));

        await Pay();
        await Till.Get($"/checkout-sessions/{sale.Id}")
            .Is(200, """{ "status": "CONFIRMED", "payments": [{ "status": "PAID" }, { "status": "PAID" }] }""");
    }

    [Fact(DisplayName = "Three-Way Split, with two phones")]
    public async Task A_three_way_split_waits_for_every_phone()
    {
        var guest = await Kitchen.Guest(2000);
        var sale = await Sale(
            Till, "POS",
            $$"""{ "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 2000 }""",
            Phone(1000), Phone(2000));

        await Pay();
        await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        Assert.Equal((0, 0), await Kitchen.WalletOf(guest));
    }

    [Fact(DisplayName = "Cashier Confirms Slip — Split Payment, paid")]
    public async Task A_slip_is_paid_in_cash_and_by_phone()
    {
        var slip = await Slip();
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", $$"""
            { "payments": [{ "paymentMethod": "CASH", "amount": 2000 }, {{Phone(3000)}}] }
            """).Is(202, """{ "slip": { "paymentInProgressUntil": "*" } }""");

        await Pay();
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
    }

    [Fact]
    public async Task A_slip_whose_phone_says_no_can_be_paid_again()
    {
        var slip = await Slip();
        await Till.Post(
            $"/checkout-sessions/{slip.Id}/confirm-slip", $$"""{ "payments": [{{Phone(5000, "013")}}] }""").Is(202);
        await Kitchen.SecondCashier.Post(
            $"/checkout-sessions/{slip.Id}/confirm-slip", """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""")
            .Is(409, """{ "code": "slip-payment-in-progress" }""");

        await Pay();
        await Kitchen.SecondCashier.Post(
            $"/checkout-sessions/{slip.Id}/confirm-slip", """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""")
            .Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact(DisplayName = "Payment Split Model, paid")]
    public async Task Six_ways_to_pay_wait_for_a_phone_and_an_app()
    {
        var guest = await Kitchen.Guest(500);
        var (user, wallet) = await AppUser(1000);
        var sale = await Sale(
            Till, "POS",
            """{ "paymentMethod": "CASH", "amount": 1000 }""",
            Phone(1000),
            """{ "paymentMethod": "CARD", "amount": 500 }""",
            """{ "paymentMethod": "PLATFORM_WALLET", "amount": 1000 }""",
            $$"""{ "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 500 }""",
            $$"""{ "paymentMethod": "KITCHEN_CHANNEL", "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}", "amount": 1000 }""");

        await Pay();
        await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        var approval = $"/checkout-sessions/{sale.Id}/payments/{sale["payments.3.id"]}/authorize";
        await Till.Post(approval).Is(403);
        await user.WithKey("approve-1").Post(approval).Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        await user.WithKey("approve-1").Post(approval).Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal(0, await wallet());
    }

    [Fact]
    public async Task A_wallet_with_too_little_approves_nothing()
    {
        var (user, wallet) = await AppUser(4999);
        var sale = await Sale(Till, "POS", """{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000 }""");

        await user.Post($"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/authorize")
            .Is(422, """{ "code": "insufficient-wallet-balance" }""");
        Assert.Equal(4999, await wallet());
    }

    [Fact]
    public async Task A_number_given_later_rings_once()
    {
        var sale = await Sale(Kiosk, "KIOSK", """{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }""");
        var initiate = $"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/initiate";
        var phone = Mobile.Phone("001");

        await Kiosk.Post(initiate, """{ "phoneNumber": "075400011" }""").Is(422, """{ "code": "phone-invalid" }""");
        await Kiosk.Post(initiate, $$"""{ "phoneNumber": "{{phone}}", "provider": "VODACOM" }""")
            .Is(202, """{ "payments": [{ "provider": "VODACOM", "push": { "status": "SENT" } }] }""");
        await Kiosk.Post(initiate, $$"""{ "phoneNumber": "{{phone}}" }""").Is(409, """{ "code": "payment-in-progress" }""");
        await Pay();
        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_decline_hands_the_cash_back()
    {
        var sale = await Sale(Till, "POS", """{ "paymentMethod": "CASH", "amount": 2000 }""", Phone(3000, "011"));

        await Pay();
        await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """
            {
              "status": "FAILED", "failureReason": "PAYMENT_DECLINED", "cashToReturn": 2000,
              "payments": [{ "status": "TO_RETURN" }, { "push": { "failureReason": "Insufficient balance" } }]
            }
            """);
    }

    [Fact]
    public async Task Cancelling_asks_the_aggregator_first()
    {
        // The guest has paid, and no callback will ever tell.
        var paid = await Sale(Kiosk, "KIOSK", Phone(5000, "037"));
        await Pay();
        await Kiosk.Post($"/checkout-sessions/{paid.Id}/cancel").Is(409, """{ "code": "already-confirmed", "orderId": "*" }""");
        await Kiosk.Get($"/checkout-sessions/{paid.Id}").Is(200, """{ "status": "CONFIRMED" }""");

        var unpaid = await Sale(Kiosk, "KIOSK", Phone(5000, "036"));
        await Mobile.UntilQuiet();
        await Kiosk.Post($"/checkout-sessions/{unpaid.Id}/cancel").Is(200, """{ "status": "CANCELLED" }""");
        await Pass(10.Minutes);
        await Kiosk.Get($"/checkout-sessions/{unpaid.Id}")
            .Is(200, """{ "status": "CANCELLED", "payments": [{ "push": { "received": 5000, "refunded": 5000 } }] }""");
    }

    [Fact]
    public async Task An_answer_to_the_last_question_comes_in_time()
    {
        var sale = await Sale(Kiosk, "KIOSK", Phone(5000, "036"));
        await Pass(5.Minutes);
        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Pass(60.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale.Id}")
            .Is(200, """{ "status": "EXPIRED", "expiryReason": "PAYMENT_TIMEOUT", "payments": [{ "status": "RELEASED" }] }""");
        await Pass(5.Minutes);
    }

    private string Phone(long amount, string ending = "001") =>
        $$"""{ "paymentMethod": "MOBILE_MONEY", "amount": {{amount}}, "phoneNumber": "{{Mobile.Phone(ending)}}" }""";

    private Task<Answer> Sale(Caller seller, string channel, params string[] payments) => seller.Post(
        "/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "{{channel}}", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{{string.Join(", ", payments)}}]
        }
        """).Is(201);

    private Task<Answer> Slip() => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
        }
        """).Is(201);

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
