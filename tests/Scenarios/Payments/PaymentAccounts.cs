using System.Text;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Payments;

/// <summary>A kitchen's own accounts at aggregators: who may do what with them, and where their payments go.</summary>
public sealed class PaymentAccounts : IAsyncLifetime
{
    private const string PilauForFive = """
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{pilau}", "quantity": 1, "itemInstructions": null }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{phone}" }]
        }
        """;

    private readonly SecretsKeyFile key = new();
    private readonly Written written = new();
    private readonly MobileRestaurant mobile;
    private Caller? platform;

    public PaymentAccounts() => mobile = new MobileRestaurant
    {
        Otherwise = builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("JIKO_SECRETS_KEY_FILE", key.Path)]);
            builder.Services.AddSingleton<ILoggerProvider>(written);
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
        },
    };

    private Restaurant Restaurant => mobile.Restaurant;
    private TestKitchen Kitchen => mobile.Restaurant.Kitchen;
    private Caller Platform => platform ?? throw new InvalidOperationException("InitializeAsync comes first.");
    private string Accounts => $"/kitchens/{Kitchen.Id}/payment-accounts";

    public async ValueTask InitializeAsync()
    {
        await mobile.InitializeAsync();
        platform = await Restaurant.Operator();
    }

    public async ValueTask DisposeAsync()
    {
        await mobile.MustBalance();
        await mobile.DisposeAsync();
        key.Dispose();
    }

    [Fact]
    public async Task Guests_of_a_kitchen_with_its_own_account_pay_to_it_and_those_of_others_do_not()
    {
        await Add(Snippe());

        var own = await Sale(Kitchen);
        var other = await Sale(Restaurant.Neighbour);
        await Paid();

        Assert.Equal(("snippe", "CONFIRMED"), (await AccountOf(own), await StatusOf(own, Kitchen)));
        Assert.Equal(("simulator", "CONFIRMED"), (await AccountOf(other), await StatusOf(other, Restaurant.Neighbour)));
    }

    [Fact]
    public async Task An_account_is_added_listed_changed_put_first_and_removed()
    {
        var first = await Add(Snippe());
        var keyed = Platform.WithKey("second-account");
        var second = await keyed.Post(Accounts, PawaPay("pawapay")).Is(201, """
            {
              "object": "payment_account", "name": "pawapay", "vendor": "PAWAPAY", "active": true, "removed": false,
              "position": 2, "settings": { "message": "Mama Fatuma" },
              "secrets": [{ "name": "apiToken", "endsWith": "*" }, { "name": "webhookToken", "endsWith": "*" }]
            }
            """);
        Assert.Equal(second.Body, (await keyed.Post(Accounts, PawaPay("pawapay")).Is(201)).Body);

        await Platform.Patch($"{Accounts}/{second.Id}", """{ "position": 1, "settings": { "predictProvider": false } }""")
            .Is(200, """{ "position": 1, "settings": { "message": "Mama Fatuma", "predictProvider": false } }""");
        await Platform.Get(Accounts).Is(200, """{ "data": [{ "name": "pawapay" }, { "name": "snippe", "position": 2 }] }""");

        await Platform.Post($"{Accounts}/{second.Id}/remove").Is(200, """{ "removed": true, "active": false }""");
        await Platform.Post($"{Accounts}/{second.Id}/remove").Is(200, """{ "removed": true }""");
        await Platform.Get(Accounts).Is(200, """
            { "data": [{ "name": "snippe", "position": 1 }, { "name": "pawapay", "removed": true }] }
            """);
        await Platform.Patch($"{Accounts}/{second.Id}", """{ "active": true }""")
            .Is(409, """{ "code": "payment-account-removed" }""");
        await Platform.Patch($"{Accounts}/{second.Id}", """{ "settings": { "message": "Mama" } }""").Is(200);
        await Platform.Patch($"{Accounts}/{first.Id}", """{ "active": false }""").Is(200, """{ "position": 1 }""");
    }

    [Fact]
    public async Task A_name_is_never_used_again()
    {
        var gone = await Add(PawaPay("once"));
        await Platform.Post($"{Accounts}/{gone.Id}/remove").Is(200);

        foreach (var kitchen in (TestKitchen[])[Kitchen, Restaurant.Neighbour])
        {
            var accounts = $"/kitchens/{kitchen.Id}/payment-accounts";
            await Platform.Post(accounts, PawaPay("once")).Is(409, """{ "code": "name-taken" }""");
            // The installation's own.
            await Platform.Post(accounts, PawaPay("simulator")).Is(409, """{ "code": "name-taken" }""");
        }
    }

    [Fact]
    public async Task Operators_say_where_money_goes_and_managers_which_of_it_is_used()
    {
        var account = await Add(PawaPay("pawapay"));
        var one = $"{Accounts}/{account.Id}";

        await Kitchen.Manager.Get(Accounts).Is(200, """{ "data": [{ "name": "pawapay" }] }""");
        await Kitchen.Manager.Patch(one, """{ "active": false, "position": 1 }""").Is(200, """{ "active": false }""");
        await Kitchen.Manager.Post(Accounts, PawaPay("mine")).Is(403, """{ "code": "role-not-allowed" }""");
        await Kitchen.Manager.Patch(one, """{ "secrets": { "apiToken": "mine" } }""").Is(403, """{ "code": "role-not-allowed" }""");
        await Kitchen.Manager.Patch(one, """{ "settings": { "message": "Mine" } }""").Is(403);
        await Kitchen.Manager.Post($"{one}/remove").Is(403);
        foreach (var caller in (Caller[])[Kitchen.Cashier, Kitchen.Cook, Kitchen.Kiosk, Restaurant.AppUser])
        {
            await caller.Get(Accounts).Is(403);
            await caller.Post(Accounts, PawaPay("mine")).Is(403);
            await caller.Patch(one, """{ "active": true }""").Is(403);
        }

        await Restaurant.Neighbour.Manager.Get(Accounts).Is(404, """{ "code": "not-found" }""");
        await Restaurant.Neighbour.Manager.Patch(one, """{ "active": true }""").Is(404);
        // Another kitchen's account is not there under one's own kitchen either.
        await Restaurant.Neighbour.Manager
            .Patch($"/kitchens/{Restaurant.Neighbour.Id}/payment-accounts/{account.Id}", """{ "active": true }""").Is(404);
        await Kitchen.Manager.Get("/operator/payment-readiness").Is(403);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_a_secret_is_not_repeated()
    {
        var refused = await Platform.Post(Accounts, """
            {
              "name": "Mama", "vendor": "CLICKPESA",
              "settings": { "address": "https://169.254.169.254/latest", "message": "Pilau", "colour": "red" },
              "secrets": { "apiKey": "this is what nobody reads", "webhookToken": "short" }
            }
            """).Is(422);
        Assert.Equal(
            ["/name", "/secrets/apiKey", "/secrets/webhookToken", "/settings/clientId", "/settings/colour", "/settings/message"],
            refused.At("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("nobody reads", refused.Body, StringComparison.Ordinal);

        await Platform.Post(Accounts, PawaPay("pay", """ "address": "https://example.com" """))
            .Is(422, """{ "code": "address-not-allowed", "errors": [{ "pointer": "/settings/address" }] }""");
        await Platform.Post(Accounts, PawaPay("pay", """ "address": "https://api.pawapay.io" """))
            .Is(422, """{ "code": "address-not-allowed" }""");
        await Platform.Get(Accounts).Is(200, """{ "data": [] }""");
    }

    [Fact]
    public async Task Secrets_stand_in_no_answer_no_log_no_trail_no_event_and_no_row()
    {
        var answers = new StringBuilder();
        var account = await Platform.WithKey("with-secrets").Post(Accounts, PawaPay("pawapay")).Is(201);
        answers.Append(account.Body);
        answers.Append((await Platform.Patch($"{Accounts}/{account.Id}", """
            { "secrets": { "apiToken": "another-secret-of-this-account" } }
            """).Is(200, """{ "secrets": [{ "name": "apiToken", "endsWith": "ount" }, { "name": "webhookToken" }] }""")).Body);
        answers.Append((await Platform.Get(Accounts).Is(200)).Body);
        answers.Append((await Kitchen.Manager.Get($"/kitchens/{Kitchen.Id}/audit").Is(200)).Body);
        await Sale(Kitchen);
        await mobile.UntilQuiet();

        var rows = await Restaurant.Database.Ask<string>("""
            SELECT string_agg(query_to_xml(format('SELECT * FROM jiko.%I', table_name), true, false, '')::text, '')
            FROM information_schema.tables WHERE table_schema = 'jiko' AND table_type = 'BASE TABLE'
            """);
        foreach (var secret in (string[])[TokenOfPawaPay, WebhookToken, "another-secret-of-this-account"])
        {
            Assert.DoesNotContain(secret, answers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, written.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, rows, StringComparison.Ordinal);
        }

        Assert.Contains("payment-account.added", rows, StringComparison.Ordinal);
        Assert.Contains("payment-account.changed", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_one_host_adds_is_used_by_the_others()
    {
        var branch = await Restaurant.OpenBranch();
        await Platform.At(branch).Post(Accounts, Snippe()).Is(201);

        // The silos are processes of their own; the webhook comes to the other front end.
        var sale = await Sale(Kitchen);
        await Paid();
        Assert.Equal(("snippe", "CONFIRMED"), (await AccountOf(sale), await StatusOf(sale, Kitchen)));
    }

    [Fact]
    public async Task Secrets_can_be_read_after_a_restart_of_all_processes()
    {
        await Add(Snippe());
        await Restaurant.RestartHost();
        mobile.Deliveries.Product = Restaurant.Host.Address;
        var again = await Sale(Kitchen);
        await Paid();
        Assert.Equal(("snippe", "CONFIRMED"), (await AccountOf(again), await StatusOf(again, Kitchen)));
        Assert.Equal(1, await Restaurant.Database.Ask<long>("SELECT count(*) FROM jiko.secrets_key"));
    }

    [Fact]
    public async Task A_removed_account_still_hears_asks_and_pays_back()
    {
        var account = await Add(Snippe());
        var heard = await Sale(Kitchen);
        var asked = await Sale(Kitchen, "037");
        await mobile.UntilQuiet();
        await Platform.Post($"{Accounts}/{account.Id}/remove").Is(200);
        await Paid();
        await mobile.Pass(30.Seconds);

        foreach (var sale in (Guid[])[heard, asked]) Assert.Equal("CONFIRMED", await StatusOf(sale, Kitchen));
        var order = (await Kitchen.Kiosk.Get($"/checkout-sessions/{heard}").Is(200))["orderId"];
        await Kitchen.Manager.Post($"/orders/{order}/refunds", """{ "amount": 5000, "reason": "Cold" }""").Is(201);
        for (var minute = 0; minute < 3; minute++) await mobile.Pass(1.Minutes);
        await Kitchen.Manager.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "amount": 5000, "status": "SUCCEEDED" }] }""");
        // New payments go to the installation's account, as the kitchen has none of its own any more.
        Assert.Equal("simulator", await AccountOf(await Sale(Kitchen)));
        await Paid();
    }

    [Fact]
    public async Task With_all_accounts_switched_off_mobile_money_is_refused_at_once()
    {
        var account = await Add(Snippe());
        await Kitchen.Manager.Get($"/kitchens/{Kitchen.Id}/mobile-money").Is(200, """{ "status": "AVAILABLE" }""");
        await Kitchen.Manager.Patch($"{Accounts}/{account.Id}", """{ "active": false }""").Is(200);

        await Kitchen.Kiosk.Post("/checkout-sessions", Filled(Kitchen, mobile.Phone("001")))
            .Is(422, """{ "code": "mobile-money-unavailable" }""");
        await Kitchen.Kiosk.Get($"/kitchens/{Kitchen.Id}/mobile-money").Is(200, """{ "status": "UNAVAILABLE" }""");

        await Kitchen.Manager.Patch($"{Accounts}/{account.Id}", """{ "active": true }""").Is(200);
        await Sale(Kitchen);
        await Paid();
    }

    [Fact]
    public async Task While_an_account_is_down_new_payments_go_to_the_next_and_it_comes_back_by_itself()
    {
        // Its key was revoked: nothing can be sent.
        var down = await Add(ClickPesa("revoked-at-the-dashboard"));
        await Add(Snippe());
        var sales = new List<Guid>();
        // Each of the three processes notices for itself.
        while (sales.Count < 20 && (sales.Count < 4 || await AccountOf(sales[^1]) is "clickpesa"))
        {
            sales.Add(await Sale(Kitchen));
            await mobile.UntilQuiet();
        }

        Assert.Equal("snippe", await AccountOf(sales[^1]));
        await Kitchen.Kiosk.Get($"/kitchens/{Kitchen.Id}/mobile-money").Is(200, """
            {
              "object": "mobile_money", "status": "DEGRADED",
              "accounts": [{ "name": "clickpesa", "status": "DOWN" }, { "name": "snippe", "status": "AVAILABLE" }]
            }
            """);

        // What was not sent waits with its account, and is sent when that is there again.
        await Platform.Patch($"{Accounts}/{down.Id}", $$"""{ "secrets": { "apiKey": "{{Derived("clickpesa api key")}}" } }""").Is(200);
        for (var round = 0; round < 4; round++) await mobile.Pass(20.Seconds);
        foreach (var sale in sales) Assert.Equal("CONFIRMED", await StatusOf(sale, Kitchen));
        Assert.Equal("clickpesa", await AccountOf(await Sale(Kitchen)));
        await Paid();
        // A process that has noticed, and rings nobody since, does not know better: what it said is old after a while.
        await mobile.Pass(6.Minutes);
        await Kitchen.Kiosk.Get($"/kitchens/{Kitchen.Id}/mobile-money").Is(200, """{ "status": "AVAILABLE" }""");
    }

    [Fact]
    public async Task A_push_that_could_not_be_sent_is_not_sent_after_its_sale_was_cancelled()
    {
        var down = await Add(ClickPesa("revoked-at-the-dashboard"));
        var (cancelled, waiting) = (mobile.Phone("001"), mobile.Phone("001"));
        var first = await Kitchen.Kiosk.Post("/checkout-sessions", Filled(Kitchen, cancelled)).Is(201);
        var second = await Kitchen.Kiosk.Post("/checkout-sessions", Filled(Kitchen, waiting)).Is(201);
        await mobile.UntilQuiet();
        await Kitchen.Cashier.Post($"/checkout-sessions/{first.Id}/cancel", null).Is(200);

        await Platform.Patch($"{Accounts}/{down.Id}", $$"""{ "secrets": { "apiKey": "{{Derived("clickpesa api key")}}" } }""").Is(200);
        for (var round = 0; round < 4; round++) await mobile.Pass(20.Seconds);

        Assert.Equal("CONFIRMED", await StatusOf(second.Id, Kitchen));
        Assert.DoesNotContain(mobile.Aggregator.Collections, collection => collection.Push.Phone == cancelled);
        Assert.Equal(5000, mobile.Spent(waiting));
    }

    [Fact]
    public async Task An_operator_sees_which_live_kitchens_cannot_take_mobile_money()
    {
        var kitchen = await Platform.Post("/operator/kitchens", """{ "name": "Chips Corner", "livemode": true }""").Is(201);
        await Platform.Get("/operator/payment-readiness").Is(200, $$"""
            {
              "object": "payment_readiness", "ready": false,
              "kitchens": [{ "id": "{{kitchen.Id}}", "name": "Chips Corner", "reason": "NO_ACCOUNT" }]
            }
            """);

        var accounts = $"/kitchens/{kitchen.Id}/payment-accounts";
        await Platform.Post(accounts, PawaPay("chips", $""" "address": "{mobile.SimulatorAddress}pawapay" """))
            .Is(422, """{ "code": "address-not-allowed" }""");
        var account = await Platform.Post(accounts, PawaPay("chips", """ "message": "Chips" """)).Is(201);
        await Platform.Get("/operator/payment-readiness").Is(200, """{ "ready": true, "kitchens": [] }""");

        await Platform.Patch($"{accounts}/{account.Id}", """{ "active": false }""").Is(200);
        await Platform.Get("/operator/payment-readiness").Is(200, """{ "kitchens": [{ "reason": "SWITCHED_OFF" }] }""");
    }

    [Fact]
    public async Task A_cart_of_two_kitchens_is_paid_to_the_installation()
    {
        await Add(Snippe());
        foreach (var dish in (Guid[])[Kitchen.Pilau, Restaurant.Neighbour.Pilau])
            await Restaurant.AppUser.Put($"/cart/items/{dish}", """{ "quantity": 1 }""").Is(200);
        var group = await Restaurant.AppUser.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "fromCart": true,
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 10000, "phoneNumber": "{{mobile.Phone("001")}}" }]
            }
            """).Is(201);
        await Paid();

        Assert.Equal("simulator", await AccountOf(Guid.Parse(group["sessions.0.id"])));
    }

    [Fact]
    public async Task What_settles_into_a_registers_wallet_is_paid_to_the_platform()
    {
        await Add(Snippe());
        var merchant = await Platform.Post("/operator/merchants", $$"""
            { "name": "Asha", "storeIds": ["{{Kitchen.Id}}"] }
            """).Is(201);
        var key = await Platform.Post($"/operator/merchants/{merchant.Id}/keys", """{ "name": "Web shop" }""").Is(201);
        var shop = new Caller(Restaurant, key["token"]);
        var wallet = (await shop.Get("/wallets").Is(200))["data.0.id"];
        await shop.Post($"/stores/{Kitchen.Id}/checkouts", $$"""{ "checkoutDesc": "Stall", "walletId": "{{wallet}}" }""")
            .Is(201);

        var own = await Pay("""{ "amount": 5000 }""");
        var settled = await Pay("""{ "amount": 5000, "checkoutId": 1 }""");

        Assert.Equal(("snippe", "simulator"), (await AccountOf(own), await AccountOf(settled)));

        async Task<Guid> Pay(string body)
        {
            var session = await shop.Post("/checkout/sessions", body).Is(201);
            await Restaurant.Stranger.Post($"//api/checkout/{session["url"].Split("/pay/")[1]}/pay", $$"""
                {
                  "paymentMethod": {
                    "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{mobile.Phone("001")}}" }
                  }
                }
                """).Is(202);
            await Paid();
            return session.Id;
        }
    }

    [Fact]
    public async Task A_phone_is_asked_once_at_a_time_by_all_accounts_of_an_aggregator()
    {
        var token = Derived("pawapay api token");
        await Add(PawaPay("house-one", token: token));
        var theirs = $"/kitchens/{Restaurant.Neighbour.Id}/payment-accounts";
        await Platform.Post(theirs, PawaPay("house-two", token: token)).Is(201);
        // Its owner lets it ring for ten minutes.
        var phone = mobile.Phone("036");

        await Kitchen.Kiosk.Post("/checkout-sessions", Filled(Kitchen, phone)).Is(201);
        await Restaurant.Neighbour.Kiosk.Post("/checkout-sessions", Filled(Restaurant.Neighbour, phone))
            .Is(409, """{ "code": "phone-busy" }""");
    }

    private const string WebhookToken = "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6";

    private const string TokenOfPawaPay = "secret-of-this-account-at-pawapay";

    private async Task<Answer> Add(string account) => await Platform.Post(Accounts, account).Is(201);

    private string Snippe() => $$"""
        {
          "name": "snippe", "vendor": "SNIPPE",
          "settings": {
            "address": "{{mobile.SimulatorAddress}}snippe", "publicAddress": "{{Restaurant.Host.Address}}",
            "email": "pay@example.com"
          },
          "secrets": {
            "apiKey": "{{Derived("snippe api key")}}", "webhookKey": "{{Derived("snippe webhook")}}",
            "webhookToken": "{{Derived("snippe webhook path")}}"
          }
        }
        """;

    private string ClickPesa(string apiKey) => $$"""
        {
          "name": "clickpesa", "vendor": "CLICKPESA",
          "settings": { "address": "{{mobile.SimulatorAddress}}clickpesa/third-parties", "clientId": "simulated" },
          "secrets": {
            "apiKey": "{{apiKey}}", "checksumKey": "{{Derived("clickpesa checksum")}}",
            "webhookToken": "{{Derived("clickpesa webhook path")}}"
          }
        }
        """;

    /// <param name="settings">By default it is at the simulator, which does not know its token.</param>
    private string PawaPay(string name, string? settings = null, string token = TokenOfPawaPay) => $$"""
        {
          "name": "{{name}}", "vendor": "PAWAPAY",
          "settings": { {{settings ?? $""" "address": "{mobile.SimulatorAddress}pawapay", "message": "Mama Fatuma" """}} },
          "secrets": { "apiToken": "{{token}}", "webhookToken": "{{WebhookToken}}" }
        }
        """;

    private static string Derived(string purpose) =>
        new JikoXpress.Simulator.SimulatorSettings(Product: null, MobileRestaurant.Secret).Derive(purpose);

    private static string Filled(TestKitchen kitchen, string phone) => PilauForFive
        .Replace("{pilau}", $"{kitchen.Pilau}", StringComparison.Ordinal)
        .Replace("{phone}", phone, StringComparison.Ordinal);

    private async Task<Guid> Sale(TestKitchen kitchen, string ending = "001") =>
        (await kitchen.Kiosk.Post("/checkout-sessions", Filled(kitchen, mobile.Phone(ending))).Is(201)).Id;

    private async Task Paid()
    {
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
    }

    private static async Task<string> StatusOf(Guid sale, TestKitchen kitchen) =>
        (await kitchen.Kiosk.Get($"/checkout-sessions/{sale}").Is(200))["status"];

    private Task<string> AccountOf(Guid sale) => Restaurant.Database.Ask<string>(
        $"SELECT adapter FROM jiko.payment_attempt WHERE session_id = '{sale}' ORDER BY started_at LIMIT 1");

    /// <summary>All that is logged.</summary>
    private sealed class Written : ILoggerProvider, ILogger
    {
        private readonly StringBuilder text = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (text) text.AppendLine($"{formatter(state, exception)} {exception}");
        }

        public override string ToString()
        {
            lock (text) return text.ToString();
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
