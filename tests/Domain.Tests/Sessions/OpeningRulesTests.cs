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

    private static Sequence<Refusal> Refusals(OpenSession command) => SessionQuotes.Price(command, Facts).Refusals;
}
