using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Carts;

/// <summary>A cart becomes one checkout session for each kitchen: all of them are paid, or none.</summary>
public sealed class PaidCarts(MobileRestaurant mobile) : CartScenario(mobile)
{
    /// <summary>Such a guest takes ten minutes to decide.</summary>
    private const string Silent = "036";

    [Fact(DisplayName = "12. App — Checkout from Cart, Delivery")]
    public async Task From_cart()
    {
        var user = await Shopper();
        var group = await user.CheckOut("""
            {
            "sessionType": "IMMEDIATE",
            "channel": "APP",
            "fulfillmentType": "DELIVERY",
            "fromCart": true,
            "deliveryAddress": {
            "street": "Lumumba St",
            "area": "Mbeya",
            "city": "Mbeya",
            "notes": "Green gate",
            "latitude": -8.9,
            "longitude": 33.4
            },
            "payments": [
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 15000
            }
            ]
            }
            """).Is(201, """
            {
              "object": "checkout_group", "status": "PENDING_PAYMENT", "total": 15000, "expiresAt": "*",
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 15000, "status": "PENDING", "push": { "status": "SENT" } }]
            }
            """);

        Assert.Equal($"/api/v1/checkout-groups/{group["groupId"]}", group.Header("Location"));
        Assert.Equal(2, group.At("sessions").GetArrayLength());
        group.Holds($$"""
            { "status": "PENDING_PAYMENT", "kitchenId": "{{Kitchen.Id}}", "total": 10000, "groupId": "{{group["groupId"]}}",
              "deliveryAddress": { "notes": "Green gate" }, "payments": [{ "amount": 10000, "status": "PENDING" }] }
            """, "sessions");
        group.Holds($$"""
            { "status": "PENDING_PAYMENT", "kitchenId": "{{Neighbour.Id}}", "total": 5000, "groupId": "{{group["groupId"]}}",
              "payments": [{ "amount": 5000, "status": "PENDING" }] }
            """, "sessions");
        await user.Cart().Is(200, $$"""{ "total": 15000, "checkoutGroupId": "{{group["groupId"]}}" }""");

        await Pay();
        var paid = await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """
            { "status": "CONFIRMED", "payments": [{ "amount": 15000, "status": "PAID" }], "expiresAt": null }
            """);
        paid.Holds($$"""{ "status": "CONFIRMED", "kitchenId": "{{Kitchen.Id}}", "orderId": "*", "payments": [{ "amount": 10000, "status": "PAID", "push": { "received": 10000 } }] }""", "sessions");
        paid.Holds($$"""{ "status": "CONFIRMED", "kitchenId": "{{Neighbour.Id}}", "orderId": "*", "payments": [{ "amount": 5000, "status": "PAID", "push": { "received": 5000 } }] }""", "sessions");
        await user.Cart().Is(200, """{ "total": 0, "checkoutGroupId": null }""");
        Assert.Equal(15000, Mobile.Spent(user.Phone));
    }

    [Fact(DisplayName = "A cart that a wallet pays is confirmed at once, every kitchen with its share")]
    public async Task By_wallet()
    {
        var user = await Shopper(20_000);
        var group = await user.CheckOut(FromCart(Wallet(15_000))).Is(201, """
            { "status": "CONFIRMED", "total": 15000, "payments": [{ "paymentMethod": "PLATFORM_WALLET", "amount": 15000, "status": "PAID" }] }
            """);

        Assert.Equal((5_000, 0), await user.Wallet());
        foreach (var kitchen in new[] { Kitchen, Neighbour })
        {
            var share = kitchen == Kitchen ? 10_000 : 5_000;
            var session = group.At("sessions").EnumerateArray()
                .Single(one => one.GetProperty("kitchenId").GetGuid() == kitchen.Id);
            await kitchen.Cashier.Get($"/orders/{session.GetProperty("orderId").GetGuid()}")
                .Is(200, $$"""{ "paymentState": "PAID", "total": {{share}}, "channel": "APP" }""");
            await kitchen.Cashier.Get($"/checkout-sessions/{session.GetProperty("id").GetGuid()}")
                .Is(200, $$"""{ "payments": [{ "amount": {{share}}, "status": "PAID" }] }""");
            await kitchen.Cook.Get($"/kitchens/{kitchen.Id}/tickets?limit=100").Is(200)
                .Holds($$"""{ "id": "{{session.GetProperty("orderId").GetGuid()}}", "status": "NEW" }""");
        }

        await user.Cart().Is(200, """{ "total": 0 }""");
    }

    [Fact(DisplayName = "A cart of one kitchen is a group as well")]
    public async Task One_kitchen()
    {
        var user = await SignUp(10_000);
        await user.Put(Kitchen.Pilau, 1);

        var group = await user.CheckOut(FromCart(Wallet(5_000))).Is(201, """{ "object": "checkout_group", "status": "CONFIRMED" }""");
        Assert.Equal(1, group.At("sessions").GetArrayLength());
    }

    [Fact(DisplayName = "A wallet pays a part of a cart and a phone the rest, across the kitchens")]
    public async Task Split()
    {
        foreach (var part in new[] { 3_000L, 10_000, 12_000 })
        {
            var user = await Shopper(12_000);
            var group = await user.CheckOut(FromCart(Wallet(part), Phone(15_000 - part))).Is(201, $$"""
                { "status": "PENDING_PAYMENT", "payments": [{}, {}] }
                """);
            Assert.Equal((12_000 - part, part), await user.Wallet());

            await Pay();
            await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """{ "status": "CONFIRMED" }""");
            Assert.Equal((12_000 - part, 0), await user.Wallet());
            await user.Cart().Is(200, """{ "total": 0 }""");
        }
    }

    [Fact(DisplayName = "A kitchen that is sold out keeps the other from keeping anything")]
    public async Task Sold_out()
    {
        var user = await SignUp(50_000);
        var (scarce, there) = (await Neighbour.AddDish($"Samaki {Guid.NewGuid():N}", 6000), await Kitchen.AddDish($"Kuku {Guid.NewGuid():N}", 4000));
        await Neighbour.Receive(scarce, 1);
        await Kitchen.Receive(there, 5);
        await user.Put(there, 2);
        await user.Put(scarce, 2);

        foreach (var pay in new[] { Wallet(20_000), Phone(20_000) })
        {
            await user.CheckOut(FromCart(pay)).Is(409, $$"""
                { "code": "insufficient-stock", "shortages": [{ "menuId": "{{scarce}}", "requested": 2, "available": 1 }] }
                """);
            Assert.Equal((50_000, 0), await user.Wallet());
            Assert.Equal(5, await Left(Kitchen, there));
            Assert.Equal(1, await Left(Neighbour, scarce));
        }

        await user.Cart().Is(200, """{ "total": 20000, "checkoutGroupId": null }""");
        await user.Put(scarce, 1);
        await user.CheckOut(FromCart(Wallet(14_000))).Is(201, """{ "status": "CONFIRMED" }""");
        Assert.Equal(0, await Left(Neighbour, scarce));
    }

    [Fact(DisplayName = "A phone that says no frees all, and the cart is as it was")]
    public async Task Declined()
    {
        var (user, dish) = await Hungry();
        var group = await user.CheckOut(FromCart(Wallet(1_000), Phone(10_000, "013"))).Is(201);
        Assert.Equal(3, await Left(Kitchen, dish));

        await Pay();
        var failed = await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """{ "status": "FAILED" }""");
        Assert.All(failed.At("sessions").EnumerateArray(), session =>
        {
            Assert.Equal("FAILED", session.GetProperty("status").GetString());
            Assert.Equal("PAYMENT_DECLINED", session.GetProperty("failureReason").GetString());
        });
        Assert.Equal(5, await Left(Kitchen, dish));
        Assert.Equal((1_000, 0), await user.Wallet());
        await user.Cart().Is(200, """{ "total": 11000, "checkoutGroupId": null }""");
        await user.CheckOut(FromCart(Phone(11_000))).Is(201);
        await Pay();
        await user.Cart().Is(200, """{ "total": 0 }""");
    }

    [Fact(DisplayName = "A phone that never answers frees all when the time is over")]
    public async Task Expired()
    {
        var (user, dish) = await Hungry();
        var group = await user.CheckOut(FromCart(Phone(11_000, Silent))).Is(201);

        await Pass(7.Minutes);
        var expired = await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """{ "status": "EXPIRED" }""");
        Assert.All(expired.At("sessions").EnumerateArray(), session =>
            Assert.Equal("EXPIRED", session.GetProperty("status").GetString()));
        Assert.Equal(5, await Left(Kitchen, dish));
        await user.Cart().Is(200, """{ "total": 11000, "checkoutGroupId": null }""");
    }

    [Fact(DisplayName = "A cart whose time is over can be checked out again, whoever looked")]
    public async Task Expired_and_nobody_looked()
    {
        var (user, _) = await Hungry();
        await user.CheckOut(FromCart(Phone(11_000, Silent))).Is(201);

        Restaurant.Clock.Advance(7.Minutes);
        await user.CheckOut(FromCart(Phone(11_000))).Is(201);
        await Pay();
        await user.Cart().Is(200, """{ "total": 0 }""");
    }

    [Fact(DisplayName = "Plates that a lapsed group kept are free for whoever comes, at each of its kitchens")]
    public async Task Expired_items()
    {
        var user = await SignUp();
        var dishes = new List<Guid>();
        foreach (var kitchen in new[] { Kitchen, Neighbour })
        {
            dishes.Add(await kitchen.AddDish($"Samaki {Guid.NewGuid():N}", 6000));
            await kitchen.Receive(dishes[^1], 1);
            await user.Put(dishes[^1], 1);
        }

        await user.CheckOut(FromCart(Phone(12_000, Silent))).Is(201);
        Restaurant.Clock.Advance(7.Minutes);
        await Task.WhenAll(new[] { (Kitchen, dishes[0]), (Neighbour, dishes[1]) }.Select(place =>
            place.Item1.Cashier.Post("/checkout-sessions", $$"""
                { "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
                  "items": [{ "menuId": "{{place.Item2}}", "quantity": 1 }],
                  "payments": [{ "paymentMethod": "CASH", "amount": 6000 }] }
                """).Is(201)));
    }

    [Fact(DisplayName = "A group is cancelled as a whole, and no session of it alone")]
    public async Task Cancelled()
    {
        var (user, dish) = await Hungry();
        var group = await user.CheckOut(FromCart(Phone(11_000, Silent))).Is(201);
        foreach (var session in group.At("sessions").EnumerateArray())
        {
            var path = $"/checkout-sessions/{session.GetProperty("id").GetGuid()}";
            await user.Caller.Post($"{path}/cancel").Is(409, $$"""{ "code": "session-in-group", "groupId": "{{group["groupId"]}}" }""");
        }

        await (await SignUp()).Caller.Post($"/checkout-groups/{group["groupId"]}/cancel").Is(404);
        await user.Caller.WithKey("give-up").Post($"/checkout-groups/{group["groupId"]}/cancel").Is(200, """
            { "status": "CANCELLED", "sessions": [{ "status": "CANCELLED" }, { "status": "CANCELLED" }] }
            """);
        var again = await user.Caller.WithKey("give-up").Post($"/checkout-groups/{group["groupId"]}/cancel").Is(200, """{ "status": "CANCELLED" }""");
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await user.Caller.Post($"/checkout-groups/{group["groupId"]}/cancel").Is(409, """{ "code": "session-not-pending" }""");
        Assert.Equal(5, await Left(Kitchen, dish));
        await user.Cart().Is(200, """{ "total": 11000, "checkoutGroupId": null }""");
    }

    [Fact(DisplayName = "A group that is paid already is not cancelled: the aggregator is asked first")]
    public async Task Paid_meanwhile()
    {
        var user = await Shopper();
        // The guest has paid, and no callback will ever tell.
        var group = await user.CheckOut(FromCart(Phone(15_000, "037"))).Is(201);
        await Mobile.UntilQuiet();
        Restaurant.Clock.Advance(1.Seconds);
        await Mobile.Aggregator.CatchUp();

        await user.Caller.Post($"/checkout-groups/{group["groupId"]}/cancel").Is(409, """{ "code": "already-confirmed" }""");
        await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """
            { "status": "CONFIRMED", "sessions": [{ "status": "CONFIRMED" }, { "status": "CONFIRMED" }] }
            """);
    }

    [Fact(DisplayName = "What is put into the cart while it is being paid is still there afterwards")]
    public async Task Changed_meanwhile()
    {
        var user = await Shopper();
        await user.CheckOut(FromCart(Phone(15_000))).Is(201);
        await user.Put(Kitchen.Chai, 2);
        await user.Put(Kitchen.Pilau, 3);

        await Pay();
        await user.Cart().Is(200, $$"""
            { "total": 7000, "kitchens": [{ "items": [{ "name": "Pilau", "quantity": 1 }, { "name": "Chai", "quantity": 2 }] }] }
            """);
    }

    [Fact(DisplayName = "A phone that pays too little for a group confirms none of it, and gets back what it paid")]
    public async Task Too_little()
    {
        var user = await Shopper();
        var phone = Mobile.Phone("041");
        var group = await user.CheckOut(FromCart(By(phone, 15_000))).Is(201);
        await Pay();
        await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """
            { "status": "PENDING_PAYMENT", "payments": [{ "status": "UNDERPAID" }] }
            """);

        await Pass(7.Minutes);
        await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """{ "status": "EXPIRED" }""");
        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Fact(DisplayName = "Money that comes when a group is over goes back in one piece")]
    public async Task Too_late()
    {
        var user = await Shopper();
        var phone = Mobile.Phone(Silent);
        var group = await user.CheckOut(FromCart(By(phone, 15_000))).Is(201);
        await Mobile.UntilQuiet();
        await user.Caller.Post($"/checkout-groups/{group["groupId"]}/cancel").Is(200);

        await Pass(11.Minutes);
        Assert.Equal([15000, -15000], Mobile.Entries(phone).Select(entry => entry.Amount));
        await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """{ "status": "CANCELLED" }""");
    }

    [Fact(DisplayName = "A kitchen that cannot cook gives its own share back, and the other's order stays paid")]
    public async Task Own_share()
    {
        var user = await Shopper(1_000);
        var phone = Mobile.Phone("001");
        var group = await user.CheckOut(FromCart(Wallet(1_000), By(phone, 14_000))).Is(201);
        await Pay();
        var paid = await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """
            { "status": "CONFIRMED", "payments": [{ "amount": 1000 }, { "amount": 14000, "push": { "received": 14000 } }] }
            """);

        // Whoever took the payment for all, and whoever followed: each gives back what it got, and no more.
        foreach (var kitchen in new[] { Kitchen, Neighbour })
        {
            var session = paid.At("sessions").EnumerateArray()
                .Single(one => one.GetProperty("kitchenId").GetGuid() == kitchen.Id);
            var (order, total) = (session.GetProperty("orderId").GetGuid(), session.GetProperty("total").GetInt64());
            var before = Mobile.Spent(phone) + 1_000 - (await user.Wallet()).Available;

            await kitchen.Manager.Post($"/orders/{order}/refunds", $$"""{ "amount": {{total + 1}}, "reason": "No gas" }""")
                .Is(409, """{ "code": "refund-exceeds-paid" }""");
            await kitchen.Manager.Post($"/orders/{order}/refunds", $$"""{ "amount": {{total}}, "reason": "No gas" }""").Is(201);
            await Pay();
            await kitchen.Manager.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "status": "SUCCEEDED" }] }""");
            Assert.Equal(before - total, Mobile.Spent(phone) + 1_000 - (await user.Wallet()).Available);
        }

        Assert.Equal((1_000, 0), await user.Wallet());
        Assert.Equal(0, Mobile.Spent(phone));
        await user.Caller.Get($"/checkout-groups/{group["groupId"]}").Is(200, """
            { "status": "CONFIRMED", "payments": [{}, { "push": { "received": 14000, "refunded": 14000 } }] }
            """);
    }

    [Fact(DisplayName = "One phone rings for a group, and none for a session that follows")]
    public async Task One_phone()
    {
        var user = await Shopper();
        var group = await user.CheckOut(FromCart(Phone(15_000, Silent))).Is(201);
        Task<Answer> Ring(string session, string payment) => user.Caller.Post(
            $"/checkout-sessions/{group[session]}/payments/{group[payment]}/initiate",
            $$"""{ "phoneNumber": "{{user.Phone}}" }""");

        await Ring("sessions.1.id", "sessions.1.payments.0.id").Is(409, """{ "code": "session-in-group" }""");
        await Ring("groupId", "payments.0.id").Is(409, """{ "code": "payment-in-progress" }""");
        await Pass(7.Minutes);
    }

    /// <summary>Somebody with dishes for 11000 in the cart: two of five items here, and one dish next door.</summary>
    private async Task<(AppUser User, Guid Dish)> Hungry()
    {
        var user = await SignUp(1_000);
        var dish = await Kitchen.AddDish($"Kuku {Guid.NewGuid():N}", 3000);
        await Kitchen.Receive(dish, 5);
        await user.Put(dish, 2);
        await user.Put(Neighbour.Pilau, 1);
        return (user, dish);
    }
}
