using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>What an account at an aggregator has to have, may have, and where it may be.</summary>
public sealed class PaymentAccountRulesTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly Uri Simulator = new("http://127.0.0.1:5090");

    private static readonly PaymentAccountSecrets Keys = new(ApiKey: "key", WebhookToken: Token);

    private static NewPaymentAccount ClickPesa { get; } =
        new("clickpesa", AggregatorVendor.Clickpesa, new PaymentAccountSettings(ClientId: "ID1"), Keys);

    private static NewPaymentAccount PawaPay { get; } = new(
        "pawapay", AggregatorVendor.Pawapay, new PaymentAccountSettings(),
        new PaymentAccountSecrets(ApiToken: "token", WebhookToken: Token));

    public static TheoryData<NewPaymentAccount> Complete =>
    [
        ClickPesa,
        PawaPay,
        new NewPaymentAccount(
            "a", AggregatorVendor.Azampay, new PaymentAccountSettings(AppName: "jiko", ClientId: "1"),
            new PaymentAccountSecrets(ApiKey: "key", ClientSecret: "secret", WebhookToken: Token)),
        new NewPaymentAccount(
            "s", AggregatorVendor.Snippe,
            new PaymentAccountSettings(PublicAddress: "https://pay.example.com", Email: "pay@example.com"),
            new PaymentAccountSecrets(ApiKey: "key", WebhookKey: "key", WebhookToken: Token)),
        ClickPesa with
        {
            Settings = new PaymentAccountSettings(
                Address: "https://api.clickpesa.com/third-parties", ClientId: "ID1", ChecksumMethod: "legacy",
                Preview: false, Most: new Money(100_000)),
            Secrets = Keys with { ChecksumKey = "checksum" },
        },
        // The limits, from inside.
        ClickPesa with { Name = new string('z', 32) },
        ClickPesa with { Name = "a-z-0-9" },
        ClickPesa with { Settings = ClickPesa.Settings with { ChecksumMethod = "canonical" } },
        ClickPesa with { Settings = ClickPesa.Settings with { ClientId = new string('1', 200) } },
        ClickPesa with { Secrets = Keys with { ApiKey = $"!{new string('a', 1_998)}~" } },
        ClickPesa with { Secrets = Keys with { WebhookToken = new string('a', 128) } },
        PawaPay with { Settings = new PaymentAccountSettings(Message: "Mama") },
        PawaPay with { Settings = new PaymentAccountSettings(Message: "Mama Ntilie Restaurant") },
        PawaPay with { Settings = new PaymentAccountSettings(Address: "https://api.pawapay.io") },
    ];

    public static TheoryData<NewPaymentAccount, string, string> Broken => new()
    {
        { ClickPesa with { Name = "" }, "invalid-text", "/name" },
        { ClickPesa with { Name = "Mama" }, "invalid-text", "/name" },
        { ClickPesa with { Name = "mama/fatuma" }, "invalid-text", "/name" },
        { ClickPesa with { Name = new string('a', 33) }, "invalid-text", "/name" },
        { ClickPesa with { Name = "mama{" }, "invalid-text", "/name" },
        { ClickPesa with { Name = "mama`" }, "invalid-text", "/name" },
        { ClickPesa with { Name = "mama:" }, "invalid-text", "/name" },
        {
            ClickPesa with { Settings = ClickPesa.Settings with { ClientId = new string('1', 201) } }, "invalid-text",
            "/settings/clientId"
        },
        {
            ClickPesa with { Secrets = Keys with { WebhookToken = new string('a', 129) } }, "invalid-text",
            "/secrets/webhookToken"
        },
        { ClickPesa with { Secrets = Keys with { ApiKey = "" } }, "invalid-text", "/secrets/apiKey" },
        { ClickPesa with { Secrets = Keys with { ApiKey = "a\u007f" } }, "invalid-text", "/secrets/apiKey" },
        { PawaPay with { Settings = new PaymentAccountSettings(Message: new string('a', 23)) }, "invalid-text", "/settings/message" },
        { ClickPesa with { Settings = new PaymentAccountSettings() }, "field-required", "/settings/clientId" },
        { ClickPesa with { Secrets = Keys with { ApiKey = null } }, "field-required", "/secrets/apiKey" },
        { ClickPesa with { Secrets = Keys with { WebhookToken = null } }, "field-required", "/secrets/webhookToken" },
        { ClickPesa with { Secrets = Keys with { ApiToken = "x" } }, "unknown-field", "/secrets/apiToken" },
        { ClickPesa with { Secrets = Keys with { ApiKey = "two words" } }, "invalid-text", "/secrets/apiKey" },
        { ClickPesa with { Secrets = Keys with { ApiKey = "a\nheader: b" } }, "invalid-text", "/secrets/apiKey" },
        {
            ClickPesa with { Secrets = Keys with { ApiKey = new string('a', 2_001) } }, "invalid-text", "/secrets/apiKey"
        },
        { ClickPesa with { Secrets = Keys with { WebhookToken = Token[1..] } }, "invalid-text", "/secrets/webhookToken" },
        {
            ClickPesa with { Secrets = Keys with { WebhookToken = Token[1..] + "/" } }, "invalid-text",
            "/secrets/webhookToken"
        },
        {
            ClickPesa with { Settings = ClickPesa.Settings with { ChecksumMethod = "none" } }, "invalid-text",
            "/settings/checksumMethod"
        },
        { ClickPesa with { Settings = ClickPesa.Settings with { Most = Money.Zero } }, "amount-out-of-range", "/settings/most" },
        { ClickPesa with { Settings = ClickPesa.Settings with { Message = "Pilau" } }, "unknown-field", "/settings/message" },
        { PawaPay with { Settings = new PaymentAccountSettings(Message: "abc") }, "invalid-text", "/settings/message" },
        { PawaPay with { Settings = new PaymentAccountSettings(Message: "Mama & sons") }, "invalid-text", "/settings/message" },
        { PawaPay with { Settings = new PaymentAccountSettings(ClientId: "x") }, "unknown-field", "/settings/clientId" },
    };

    [Theory, MemberData(nameof(Complete))]
    public void An_account_with_all_that_its_vendor_needs_breaks_no_rule(NewPaymentAccount account) =>
        Assert.Empty(PaymentAccountRules.Broken(account, liveMode: true, simulator: null));

    [Theory, MemberData(nameof(Broken))]
    public void What_is_missing_wrong_or_another_vendors_is_named(NewPaymentAccount account, string code, string pointer)
    {
        var refusal = Assert.Single(PaymentAccountRules.Broken(account));

        Assert.Equal((code, pointer), (refusal.Code, refusal.Pointer));
        Assert.NotEmpty(refusal.Sentence);
    }

    [Theory]
    [InlineData("https://api.clickpesa.com/third-parties", true, true)]
    [InlineData("https://api.clickpesa.com/third-parties/", true, true)]
    [InlineData("https://api.clickpesa.com/third-parties", false, false)]
    [InlineData("https://sandbox.clickpesa.com/third-parties", false, true)]
    [InlineData("https://sandbox.clickpesa.com/third-parties", true, false)]
    [InlineData("http://api.clickpesa.com/third-parties", true, false)]
    [InlineData("https://api.clickpesa.com.example.com/third-parties", true, false)]
    [InlineData("https://api.clickpesa.com@127.0.0.1/third-parties", true, false)]
    [InlineData("https://169.254.169.254/latest/meta-data", true, false)]
    [InlineData("http://localhost:5432", false, false)]
    [InlineData("http://127.0.0.1:5090/clickpesa/third-parties", false, true)]
    [InlineData("http://127.0.0.1:5090/clickpesa/third-parties", true, false)]
    [InlineData("http://127.0.0.1:5091/clickpesa", false, false)]
    [InlineData("http://127.0.0.1:5090@example.com/", false, false)]
    [InlineData("nowhere", false, false)]
    public void An_account_is_at_an_address_of_its_vendor_or_at_the_simulator(string address, bool live, bool isAllowed)
    {
        var account = ClickPesa with { Settings = ClickPesa.Settings with { Address = address } };

        var refusals = PaymentAccountRules.Broken(account, live, Simulator);

        Assert.Equal(
            isAllowed ? [] : [("address-not-allowed", "/settings/address")],
            refusals.Select(refusal => (refusal.Code, refusal.Pointer)));
    }

    [Theory]
    [InlineData("https://pay.example.com", true, true)]
    [InlineData("http://pay.example.com", true, false)]
    [InlineData("https://localhost", true, false)]
    [InlineData("http://127.0.0.1:5080", false, true)]
    [InlineData("https://user@pay.example.com", true, false)]
    [InlineData("ftp://pay.example.com", false, false)]
    public void Webhooks_come_to_a_public_address(string address, bool live, bool isAllowed)
    {
        var account = new NewPaymentAccount(
            "s", AggregatorVendor.Snippe, new PaymentAccountSettings(PublicAddress: address, Email: "pay@example.com"),
            new PaymentAccountSecrets(ApiKey: "key", WebhookKey: "key", WebhookToken: Token));

        Assert.Equal(
            isAllowed ? [] : ["/settings/publicAddress"],
            PaymentAccountRules.Broken(account, live, Simulator).Select(refusal => refusal.Pointer));
    }

    [Theory]
    [InlineData(false, null, 0, "setting-out-of-range")]
    [InlineData(false, null, 1, null)]
    [InlineData(false, null, 8, null)]
    [InlineData(false, null, 9, "setting-out-of-range")]
    [InlineData(true, null, 1, "payment-account-removed")]
    [InlineData(true, true, null, "payment-account-removed")]
    [InlineData(true, false, null, null)]
    public void A_removed_account_takes_no_new_payments(bool removed, bool? active, int? position, string? code)
    {
        var account = new PaymentAccount(
            Guid.Empty, "pawapay", AggregatorVendor.Pawapay, PawaPay.Settings, PawaPay.Secrets.Hints(), Active: true,
            removed, 1, Noon);

        Assert.Equal(
            code is null ? [] : [code],
            PaymentAccountRules.Broken(
                account, new PaymentAccountChange(Active: active, Position: position), liveMode: true, simulator: null)
                .Select(refusal => refusal.Code));
    }

    [Fact]
    public void Only_the_end_of_a_long_secret_is_hinted_at_and_nothing_is_said_in_logs()
    {
        var secrets = new PaymentAccountSecrets(ApiKey: "0123456789abcdef", ApiToken: "0123456789abcde");

        Assert.Equal([new("apiKey", "cdef"), new("apiToken", null)], secrets.Hints());
        Assert.DoesNotContain("cdef", $"{ClickPesa with { Secrets = secrets }}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_replaces_what_it_has_and_leaves_the_rest()
    {
        Assert.Equal(
            new PaymentAccountSecrets(ApiKey: "new", WebhookToken: Token), Keys.With(new(ApiKey: "new")));
        Assert.Equal(
            new PaymentAccountSettings(ClientId: "ID1", Preview: false), ClickPesa.Settings.With(new(Preview: false)));
        Assert.True(new PaymentAccountChange(Active: false, Position: 2).IsOfUseOnly);
        Assert.False(new PaymentAccountChange(Settings: new()).IsOfUseOnly);
        Assert.False(new PaymentAccountChange(Secrets: new()).IsOfUseOnly);
    }
}
