using JikoXpress.Domain;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments.Tests;

/// <summary>What this process has sent itself need not be looked up when its first webhook comes.</summary>
public sealed class SentPushesTests
{
    private readonly SentPushes sent = new();

    [Fact]
    public void A_push_is_given_out_once_since_others_may_know_more_later()
    {
        sent.Add(Push("JX1"));

        Assert.Equal(Push("JX1"), sent.Take("JX1"));
        Assert.Null(sent.Take("JX1"));
        Assert.Null(sent.Take("JX2"));
    }

    [Fact]
    public void The_aggregator_s_own_id_is_learned_with_its_answer_and_never_changed()
    {
        sent.Add(Push("JX1"));
        sent.Learn("JX1", null);
        sent.Learn("JX1", "AGG-1");
        sent.Learn("JX1", "AGG-2");
        sent.Learn("JX2", "AGG-3");

        Assert.Equal("AGG-1", sent.Take("JX1")?.ProviderReference);
        Assert.Null(sent.Take("JX2"));
    }

    [Fact]
    public void Only_the_last_ones_are_kept()
    {
        for (var number = 0; number <= SentPushes.Most; number++) sent.Add(Push($"JX{number}"));
        // One that was given out counts as well, and is kept once where it is sent again.
        sent.Add(Push($"JX{SentPushes.Most}"));

        Assert.Null(sent.Take("JX0"));
        Assert.NotNull(sent.Take("JX1"));
        Assert.NotNull(sent.Take($"JX{SentPushes.Most}"));
    }

    private static AttemptWork Push(string reference) => new(
        reference, Guid.Empty, "simulator", "+255754000111", new Money(5_000), DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch.AddMinutes(5), Pushed: false, LookAt: DateTimeOffset.UnixEpoch.AddSeconds(8));
}
