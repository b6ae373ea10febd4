using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>What an opening may not say, and where the line runs.</summary>
public sealed class OpeningRulesTests
{
    public static TheoryData<Chain> Chains => [.. OpeningChains.All];

    public static TheoryData<BrokenRule> BrokenRules =>
        [.. OpeningChains.All.SelectMany(chain => chain.Rows.Index().Select(row => new BrokenRule(chain, row.Index)))];

    [Theory, MemberData(nameof(Chains))]
    public void What_breaks_no_rule_is_priced(Chain chain) =>
        Assert.DoesNotContain(Refusals(chain.Good), refusal => chain.Rows.Any(row => row.Code == refusal.Code));

    [Theory, MemberData(nameof(BrokenRules))]
    public void The_first_rule_broken_comes_first(BrokenRule rule)
    {
        var first = Refusals(rule.WithAllLaterOnes)[0];

        Assert.Equal((rule.Row.Code, rule.Row.Pointer), (first.Code, first.Pointer));
    }

    [Theory, MemberData(nameof(BrokenRules))]
    public void A_rule_broken_alone_is_told(BrokenRule rule) => Assert.Contains(
        Refusals(rule.Alone), refusal => (refusal.Code, refusal.Pointer) == (rule.Row.Code, rule.Row.Pointer));

    [Theory]
    [InlineData(1_000_000_000_000, 1, true)]
    [InlineData(500_000_000_000, 2, true)]
    [InlineData(500_000_000_001, 2, false)]
    [InlineData(1_000_000_000_000, 2, false)]
    [InlineData(1_000_000_000_000, 999, false)]
    public void A_total_is_refused_beyond_the_largest_amount(long price, int quantity, bool accepted)
    {
        var facts = Facts with
        {
            Menu = new Dictionary<Guid, MenuItem> { [Pilau.Id] = Pilau with { Price = new Money(price) } },
        };

        var refusals = SessionQuotes.Price(AskForSlip with { Items = [new(Pilau.Id, quantity)] }, facts).Refusals;

        Assert.Equal(accepted ? [] : [SessionRefusals.TotalOutOfRange], refusals);
    }

    private static Sequence<Refusal> Refusals(OpenSession command) => SessionQuotes.Price(command, Facts).Refusals;
}
