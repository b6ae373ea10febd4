using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>What a merchant and its keys may be.</summary>
public sealed class MerchantRulesTests
{
    private static readonly MerchantPlan Plan = new("Duka", [Id(1)]);

    [Fact]
    public void A_merchant_has_a_name_and_1_to_100_stores()
    {
        Assert.Empty(MerchantRules.Broken(Plan));
        Assert.Empty(MerchantRules.Broken(Plan with { StoreIds = [.. Enumerable.Range(1, 100).Select(Id)] }));
        Assert.Equal("invalid-text", MerchantRules.Broken(Plan with { Name = "" })[0].Code);
        Assert.Equal("store-required", MerchantRules.Broken(Plan with { StoreIds = [] })[0].Code);
        Assert.Equal(
            "too-many-items",
            MerchantRules.Broken(Plan with { StoreIds = [.. Enumerable.Range(1, 101).Select(Id)] })[0].Code);
    }

    [Fact]
    public void Its_stores_exist_and_are_all_live_or_all_test()
    {
        Sequence<Guid> both = [Id(1), Id(2)];

        Assert.Empty(MerchantRules.Broken(both, new Dictionary<Guid, bool> { [Id(1)] = true, [Id(2)] = true }));
        Assert.Equal(
            "livemode-mismatch",
            MerchantRules.Broken(both, new Dictionary<Guid, bool> { [Id(1)] = true, [Id(2)] = false })[0].Code);
        Assert.Equal(
            "/storeIds/1", MerchantRules.Broken(both, new Dictionary<Guid, bool> { [Id(1)] = true })[0].Pointer);
    }

    [Fact]
    public void A_key_has_scopes_that_there_are()
    {
        var plan = new MerchantKeyPlan("Web shop");

        Assert.Empty(MerchantRules.Broken(plan));
        Assert.Empty(MerchantRules.Broken(plan with { Scopes = ["payments:read"] }));
        Assert.Equal("/scopes", MerchantRules.Broken(plan with { Scopes = [] })[0].Pointer);
        Assert.Equal(
            "/scopes/1", MerchantRules.Broken(plan with { Scopes = ["payments:read", "payments:all"] })[0].Pointer);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(86_400, false)]
    [InlineData(86_401, true)]
    public void An_app_token_works_from_a_minute_to_a_day(int seconds, bool broken)
    {
        Assert.Equal(broken, MerchantRules.Broken(new AppTokenPlan(ExpiresInSeconds: seconds)).Count > 0);
        Assert.Equal(TimeSpan.FromHours(1), new AppTokenPlan().Life);
    }

    [Fact]
    public void An_app_token_has_scopes_of_its_key()
    {
        Sequence<string> reading = [MerchantRules.ReadPayments, MerchantRules.ReadWebhooks];

        Assert.Equal((["payments:read"], []), MerchantRules.ScopesOf(new AppTokenPlan(), reading));
        Assert.Equal(
            (["payments:read"], []),
            MerchantRules.ScopesOf(new AppTokenPlan(["payments:read", "payments:read"]), reading));
        Assert.Equal(
            "/scopes/1",
            MerchantRules.ScopesOf(new AppTokenPlan(MerchantRules.AppScopes), reading).Refusals[0].Pointer);
        Assert.Equal(
            "/scopes",
            MerchantRules.ScopesOf(new AppTokenPlan(), [MerchantRules.ReadWebhooks]).Refusals[0].Pointer);
        Assert.Equal("/scopes", MerchantRules.Broken(new AppTokenPlan([]))[0].Pointer);
    }

    [Theory]
    [InlineData("all")]
    [InlineData(MerchantRules.ReadWebhooks)]
    [InlineData(MerchantRules.WriteWebhooks)]
    public void An_app_token_has_only_scopes_for_payments(string scope)
    {
        var refused = Assert.Single(MerchantRules.Broken(new AppTokenPlan([scope])));

        Assert.Equal(("word-not-known", "/scopes/0"), (refused.Code, refused.Pointer));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(168, false)]
    [InlineData(169, true)]
    public void An_overlap_is_a_week_at_most(int hours, bool broken) =>
        Assert.Equal(broken, MerchantRules.BrokenOverlap(hours).Count > 0);
}
