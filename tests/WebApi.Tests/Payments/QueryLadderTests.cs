using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Tests.Payments;

/// <summary>When an aggregator is asked about a payment that nothing is known of.</summary>
public sealed class QueryLadderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly int[] Steps = [20, 45, 90, 180, 360, 900, 3_600, 21_600, 86_400];

    // Whatever the session's time is: its end is one of the moments, and the others are the ladder's.
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(300)]
    [InlineData(901)]
    [InlineData(90_000)]
    public void It_is_asked_at_each_step_and_at_the_moment_at_which_the_session_s_time_is_over(int seconds)
    {
        var attempt = Attempt(Noon.AddSeconds(seconds));

        var asked = new List<DateTimeOffset>();
        for (var at = QueryLadder.Next(attempt, Noon); at is { } next; at = QueryLadder.Next(attempt, next))
        {
            Assert.True(asked.Count == 0 || next > asked[^1]);
            asked.Add(next);
        }

        Assert.Single(asked, attempt.AskBy);
        Assert.Equal(Steps.Length + 1, asked.Count);
        var ladder = asked.Where(at => at != attempt.AskBy).Select(at => (at - Noon).TotalSeconds).ToList();
        Assert.All(ladder.Zip(Steps), step => Assert.InRange(step.First, step.Second * 0.9, step.Second));
    }

    // On both sides of the session's end: before it the end is next, at it the ladder goes on.
    [Fact]
    public void The_last_question_before_the_end_is_not_asked_twice()
    {
        var end = Noon.AddSeconds(50);
        var attempt = Attempt(end);

        Assert.Equal(end, QueryLadder.Next(attempt, end.AddTicks(-1)));
        Assert.InRange(QueryLadder.Next(attempt, end)!.Value, Noon.AddSeconds(81), Noon.AddSeconds(90));
        Assert.Null(QueryLadder.Next(attempt, Noon.AddDays(2)));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(9, 2_560)]
    [InlineData(10, 3_600)]
    [InlineData(11, 3_600)]
    [InlineData(int.MaxValue, 3_600)]
    public void A_refund_is_tried_again_after_twice_as_long_up_to_an_hour(int tries, int seconds) =>
        Assert.Equal(Noon.AddSeconds(seconds), QueryLadder.NextTry(tries, Noon));

    private static AttemptWork Attempt(DateTimeOffset askBy) => new(
        "JX000000000000000001", Guid.Empty, "simulator", "+255754000111", new Money(8_000), Noon, askBy, Pushed: true,
        LookAt: null);
}
