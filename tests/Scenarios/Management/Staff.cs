using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

public sealed class Staff(Restaurant restaurant) : Scenario(restaurant)
{
    private string Members => $"/kitchens/{Kitchen.Id}/staff";
    private string Devices => $"/kitchens/{Kitchen.Id}/devices";

    [Fact]
    public async Task A_new_till_and_a_new_cashier_make_a_sale()
    {
        var till = await Pair("POS", "Terrace");
        till.Is(201, $$"""
            {
              "object": "paired_device", "deviceId": "*", "kind": "POS", "name": "Terrace", "kitchenId": "{{Kitchen.Id}}",
              "kitchenName": "*", "token": "*"
            }
            """);
        Assert.Equal("no-store", till.Header("Cache-Control"));
        var member = await Hire("Salma", "CASHIER", "1470");
        var session = await SignIn(till, member, "1470").Is(201, $$"""
            {
              "object": "staff_session", "staffId": "{{member.Id}}", "name": "Salma", "role": "CASHIER",
              "kitchenId": "{{Kitchen.Id}}", "deviceId": "{{till["deviceId"]}}", "livemode": false, "token": "*",
              "expiresAt": "{{In(TimeSpan.FromHours(8))}}"
            }
            """);

        var salma = As(session);
        await Sale(salma).Is(201, """{ "status": "CONFIRMED" }""");
        await salma.Get("/staff-sessions/current").Is(200, $$"""{ "staffId": "{{member.Id}}", "role": "CASHIER" }""");
        await salma.Send(HttpMethod.Delete, "/staff-sessions/current").Is(204);
        await Sale(salma).Is(401, """{ "code": "unauthenticated" }""");
    }

    [Fact]
    public async Task Who_has_left_is_out_at_once()
    {
        var till = await Pair("POS", "Garden");
        var member = await Hire("Ali", "CASHIER", "1470");
        var ali = As(await SignIn(till, member, "1470").Is(201));
        await Sale(ali).Is(201);

        await Kitchen.Manager.Patch($"{Members}/{member.Id}", """{ "active": false }""").Is(200, """{ "active": false }""");

        await Sale(ali).Is(401, """{ "code": "unauthenticated" }""");
        await SignIn(till, member, "1470").Is(401, """{ "code": "pin-wrong" }""");
        await Kitchen.Manager.Get(Members).Holds($$"""{ "id": "{{member.Id}}", "active": false }""");
    }

    [Fact]
    public async Task A_new_pin_ends_the_old_session()
    {
        var till = await Pair("POS", "Roof");
        var member = await Hire("Joyce", "CASHIER", "1470");
        var joyce = As(await SignIn(till, member, "1470").Is(201));

        await Kitchen.Manager.Post($"{Members}/{member.Id}/reset-pin", """{ "pin": "852963" }""").Is(200);

        await Sale(joyce).Is(401);
        await SignIn(till, member, "1470").Is(401);
        await SignIn(till, member, "852963").Is(201);
    }

    [Fact]
    public async Task Five_wrong_pins_lock_the_number_for_a_minute()
    {
        var till = await Pair("POS", "Bar");
        var member = await Hire("Peter", "CASHIER", "1470");
        for (var time = 1; time <= 5; time++)
        {
            var wrong = await SignIn(till, member, "9630").Is(401, """{ "code": "pin-wrong" }""");
            Assert.Equal("Bearer", wrong.Header("WWW-Authenticate"));
        }

        var locked = await SignIn(till, member, "1470").Is(429, """{ "code": "pin-locked" }""");
        Assert.Equal("60", locked.Header("Retry-After"));
        await Pass(TimeSpan.FromMinutes(1));
        await SignIn(till, member, "1470").Is(201);
    }

    [Fact]
    public async Task A_revoked_till_and_who_stands_at_it_are_out_at_once()
    {
        var till = await Pair("POS", "Door");
        var member = await Hire("Grace", "CASHIER", "1470");
        var grace = As(await SignIn(till, member, "1470").Is(201));

        await Kitchen.Manager.Post($"{Devices}/{till["deviceId"]}/revoke").Is(200, """{ "active": false }""");

        await Sale(grace).Is(401);
        await SignIn(till, member, "1470").Is(401, """{ "code": "unauthenticated" }""");
        await Kitchen.Manager.Get(Devices).Holds($$"""{ "id": "{{till["deviceId"]}}", "active": false, "kind": "POS" }""");
    }

    [Fact]
    public async Task A_pairing_code_is_good_for_one_device_and_five_minutes()
    {
        var code = await Invite("KIOSK", "Entrance").Is(201, $$"""
            { "object": "pairing_code", "code": "*", "kind": "KIOSK", "name": "Entrance", "expiresAt": "{{In(TimeSpan.FromMinutes(5))}}" }
            """);
        await Pair(code).Is(201);
        await Pair(code).Is(422, """{ "code": "pairing-code-invalid" }""");

        var late = await Invite("KIOSK", "Exit").Is(201);
        await Pass(TimeSpan.FromMinutes(5));
        await Pair(late).Is(422, """{ "code": "pairing-code-invalid" }""");
    }

    [Fact]
    public async Task Who_guesses_codes_is_kept_waiting()
    {
        await Pass(TimeSpan.FromMinutes(1));
        for (var time = 1; time <= 20; time++)
            await Restaurant.Stranger.Post("/devices/pair", $$"""{ "code": "0000{{time:D4}}" }""");
        var refused = await Restaurant.Stranger.Post("/devices/pair", """{ "code": "00000000" }""").Is(429, """{ "code": "rate-limited" }""");
        Assert.NotNull(refused.Header("Retry-After"));
        await Pass(TimeSpan.FromMinutes(1));
        await Restaurant.Stranger.Post("/devices/pair", """{ "code": "00000000" }""").Is(422);
    }

    [Theory]
    [InlineData("/devices/pair", "00000000", "pairing-code-invalid")]
    [InlineData("/table-visits", "00000000", "table-code-invalid")]
    public async Task A_genuine_code_works_while_somebody_at_the_same_address_guesses(
        string path, string wrong, string code)
    {
        await Pass(TimeSpan.FromMinutes(1));
        for (var time = 1; time <= 50; time++)
        {
            await Restaurant.Stranger.Post(path, $$"""{ "code": "{{wrong}}" }""")
                .Is(time <= 20 ? 422 : 429, $$"""{ "code": "{{(time <= 20 ? code : "rate-limited")}}" }""");
        }

        await Pair("POS", "Window");
        var table = await Kitchen.Manager
            .Post($"/kitchens/{Kitchen.Id}/tables", $$"""{ "number": "G{{path[1]}}" }""").Is(201);
        await Restaurant.Stranger.Post("/table-visits", $$"""{ "code": "{{table["code"]}}" }""").Is(201);
        await Pass(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Who_guesses_at_one_till_locks_nobody_out_at_another()
    {
        var (kitchens, guessers) = (await Pair("POS", "Kitchen"), await Pair("POS", "Corner"));
        var member = await Hire("Neema", "MANAGER", "1470");
        for (var time = 1; time <= 5; time++) await SignIn(guessers, member, "9630").Is(401);

        await SignIn(guessers, member, "1470").Is(429, """{ "code": "pin-locked" }""");
        var neema = As(await SignIn(kitchens, member, "1470").Is(201));

        await neema.Post($"{Members}/{member.Id}/reset-pin", """{ "pin": "852963" }""").Is(200);
        await SignIn(guessers, member, "852963").Is(201);
    }

    [Fact]
    public async Task A_kitchen_keeps_a_manager()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with one manager");
        var managers = (await at.Manager.Get($"/kitchens/{at.Id}/staff").Is(200)).At("data").EnumerateArray()
            .Where(member => member.GetProperty("role").GetString() == "MANAGER")
            .Select(member => member.GetProperty("id").GetGuid());
        var only = Assert.Single(managers);
        await at.Manager.Patch($"/kitchens/{at.Id}/staff/{only}", """{ "role": "CASHIER" }""").Is(409, """{ "code": "last-manager" }""");
    }

    [Theory]
    [InlineData("""{ "name": "X", "role": "CASHIER", "pin": "123" }""", 422, "pin-invalid")]
    [InlineData("""{ "name": "X", "role": "CASHIER", "pin": "1234567" }""", 422, "pin-invalid")]
    [InlineData("""{ "name": "X", "role": "CASHIER", "pin": "12a4" }""", 422, "pin-invalid")]
    [InlineData("""{ "name": "X", "role": "CASHIER", "pin": "7777" }""", 422, "pin-too-simple")]
    [InlineData("""{ "name": "X", "role": "CASHIER", "pin": 1234 }""", 400, "invalid-type")]
    [InlineData("""{ "name": "X", "role": "OWNER", "pin": "1234" }""", 400, "invalid-type")]
    [InlineData("""{ "name": "X", "pin": "1234" }""", 422, "field-required")]
    public async Task A_member_that_cannot_be_is_refused(string body, int status, string code) =>
        await Kitchen.Manager.Post(Members, body).Is(status, $$"""{ "code": "{{code}}" }""");

    [Fact]
    public async Task Nobody_signs_in_without_a_till()
    {
        const string Body = """{ "staffNumber": 1, "pin": "1234" }""";
        await Restaurant.Stranger.Post("/staff-sessions", Body).Is(401);
        await Kiosk.Post("/staff-sessions", Body).Is(403);
        await Till.Post("/staff-sessions", Body).Is(403);
        var till = As(await Pair("POS", "Empty"));
        await till.Post("/staff-sessions", """{ "staffNumber": 501, "pin": "1234" }""").Is(422, """{ "code": "staff-number-out-of-range" }""");
        await Sale(till).Is(403);
    }

    private Task<Answer> Invite(string kind, string name) =>
        Kitchen.Manager.Post($"{Devices}/pairing-codes", $$"""{ "kind": "{{kind}}", "name": "{{name}}" }""");

    private Task<Answer> Pair(Answer code) => Restaurant.Stranger.Post("/devices/pair", $$"""{ "code": "{{code["code"]}}" }""");

    private async Task<Answer> Pair(string kind, string name) => await Pair(await Invite(kind, name).Is(201)).Is(201);

    private Task<Answer> Hire(string name, string role, string pin) => Kitchen.Manager
        .Post(Members, $$"""{ "name": "{{name}}", "role": "{{role}}", "pin": "{{pin}}" }""")
        .Is(201, $$"""{ "object": "staff_member", "name": "{{name}}", "role": "{{role}}", "active": true }""");

    private Task<Answer> SignIn(Answer till, Answer member, string pin) =>
        As(till).Post("/staff-sessions", $$"""{ "staffNumber": {{member["staffNumber"]}}, "pin": "{{pin}}" }""");

    private Caller As(Answer holder) => new(Restaurant, holder["token"]);

    private Task<Answer> Sale(Caller caller) => caller.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 1000 }]
        }
        """);
}
