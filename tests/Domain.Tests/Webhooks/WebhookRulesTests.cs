using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Domain.Tests.Webhooks;

/// <summary>What a subscription may be.</summary>
public sealed class WebhookRulesTests
{
    private static readonly WebhookPlan Plan = new("https://shop.example/hook");
    private static readonly Sequence<Guid> Stores = [Id(1), Id(2)];

    public static TheoryData<string, string, WebhookPlan> Wrong => new()
    {
        { "url-invalid", "/url", Plan with { Url = "http://shop.example/" } },
        { "url-invalid", "/url", Plan with { Url = "http://localhost/" } },
        { "too-many-items", "/eventTypes", Plan with { EventTypes = [] } },
        { "too-many-items", "/eventTypes", Plan with { EventTypes = [.. Enumerable.Repeat("*", 101)] } },
        { "word-not-known", "/eventTypes/1", Plan with { EventTypes = ["*", "checkout_session.ended"] } },
        { "store-not-found", "/storeIds/1", Plan with { StoreIds = [Id(1), Id(3)] } },
        { "invalid-text", "/description", Plan with { Description = new string('a', 201) } },
        { "invalid-text", "/description", Plan with { Description = "" } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_plan_is_refused(string code, string pointer, WebhookPlan plan)
    {
        var refusal = Assert.Single(WebhookRules.Broken(plan, isLive: true, Stores));
        Assert.Equal((code, pointer), (refusal.Code, refusal.Pointer));
    }

    [Fact]
    public void What_fits_is_taken()
    {
        Assert.Empty(WebhookRules.Broken(Plan, isLive: true, Stores));
        Assert.Empty(WebhookRules.Broken(
            Plan with
            {
                EventTypes = MerchantEvent.Types,
                StoreIds = Stores,
                Description = new string('a', 200),
            },
            isLive: true, Stores));
        Assert.Empty(WebhookRules.Broken(
            Plan with { EventTypes = [.. Enumerable.Repeat("*", 100)] }, isLive: true, Stores));
        Assert.Empty(WebhookRules.Broken(Plan with { Url = "http://localhost/" }, isLive: false, Stores));
        Assert.Empty(WebhookRules.Broken(new WebhookChange(), isLive: true, Stores));
    }

    [Fact]
    public void All_is_kept_as_all_and_nothing_twice()
    {
        Assert.Null(WebhookRules.Kept(["stock.low", "*"]));
        Assert.Equal(["stock.low"], WebhookRules.Kept(["stock.low", "stock.low"])!);
        Assert.Null(WebhookRules.Kept((Sequence<Guid>)[]));
        Assert.Equal([Id(1)], WebhookRules.Kept([Id(1), Id(1)])!);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(168, false)]
    [InlineData(169, true)]
    public void An_overlap_is_a_week_at_most(int hours, bool broken) =>
        Assert.Equal(broken, WebhookRules.BrokenOverlap(hours).Count > 0);
}
