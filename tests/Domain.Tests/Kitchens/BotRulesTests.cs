using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

public sealed class BotRulesTests
{
    private static readonly Guid First = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Second = Guid.Parse("00000000-0000-0000-0000-000000000002");

    [Theory]
    [InlineData("Fatuma", 1)]
    [InlineData("Fatuma", 100)]
    [InlineData("Fatuma", 0, "kitchen-required")]
    [InlineData("Fatuma", 101, "too-many-items")]
    [InlineData(" ", 0, "invalid-text", "kitchen-required")]
    public void A_key_has_a_name_and_one_to_a_hundred_kitchens(string name, int kitchens, params string[] codes) =>
        Assert.Equal(
            codes,
            BotRules.Broken(new BotKeyPlan(name, Enumerable.Repeat(First, kitchens).ToSequence()))
                .Select(refusal => refusal.Code));

    [Fact]
    public void Every_kitchen_that_is_not_there_is_named()
    {
        var broken = BotRules.Broken([First, Second], new Dictionary<Guid, bool>());

        Assert.Equal(["/kitchenIds/0", "/kitchenIds/1"], broken.Select(refusal => refusal.Pointer));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false, "livemode-mismatch")]
    public void Real_money_and_play_money_are_kept_apart(bool first, bool second, params string[] codes) => Assert.Equal(
        codes,
        BotRules.Broken([First, Second], new Dictionary<Guid, bool> { [First] = first, [Second] = second })
            .Select(refusal => refusal.Code));
}
