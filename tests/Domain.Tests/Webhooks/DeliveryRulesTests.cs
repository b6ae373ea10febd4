using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Domain.Tests.Webhooks;

/// <summary>When an event is tried again, and when no more.</summary>
public sealed class DeliveryRulesTests
{
    private static readonly DeliveryTry Failed = new(500, "status");
    private static readonly Guid Delivery = Id(1);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3_600)]
    [InlineData(5, 5 * 3_600)]
    [InlineData(6, 10 * 3_600)]
    [InlineData(7, 14 * 3_600)]
    [InlineData(8, 20 * 3_600)]
    [InlineData(9, 24 * 3_600)]
    public void Each_pause_is_as_long_as_the_specification_proposes_or_up_to_a_fifth_longer(int tries, int seconds)
    {
        var next = NextOf(DeliveryRules.Judge(Delivery, tries, Failed, Noon)) - Noon;
        Assert.InRange(next, seconds.Seconds, TimeSpan.FromSeconds(seconds * 1.2));
    }

    [Fact]
    public void The_tenth_try_is_the_last_and_comes_three_to_four_days_after_the_first()
    {
        var at = Noon;
        for (var tries = 1; tries < 10; tries++) at = NextOf(DeliveryRules.Judge(Delivery, tries, Failed, at));

        Assert.InRange(at - Noon, TimeSpan.FromDays(3), TimeSpan.FromDays(4));
        Assert.IsType<DeliveryVerdict.GivenUp>(DeliveryRules.Judge(Delivery, 10, Failed, at));
        Assert.Equal(10, DeliveryRules.MostTries);
    }

    [Fact]
    public void Deliveries_of_one_moment_are_spread()
    {
        var moments = Enumerable.Range(0, 100)
            .Select(number => new Guid($"00000000-0000-0000-0000-{number * 97:x12}"))
            .Select(delivery => DeliveryRules.Judge(delivery, 2, Failed, Noon))
            .Distinct();
        Assert.InRange(moments.Count(), 90, 100);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void A_success_ends_it(int status) => Assert.IsType<DeliveryVerdict.Delivered>(
        DeliveryRules.Judge(Delivery, 10, new DeliveryTry(status, Error: null), Noon));

    [Fact]
    public void A_receiver_that_asks_for_time_gets_it_within_a_day()
    {
        Assert.Equal(Noon + 600.Seconds, After(10.Minutes));
        // Less than the usual pause is no reason to come sooner.
        Assert.InRange(After(1.Seconds), Noon + 5.Seconds, Noon + 6.Seconds);
        Assert.Equal(Noon + TimeSpan.FromHours(23), After(TimeSpan.FromHours(23)));
        Assert.Equal(Noon + TimeSpan.FromHours(24), After(TimeSpan.FromHours(24)));
        Assert.Equal(Noon + TimeSpan.FromHours(24), After(TimeSpan.FromDays(400)));
    }

    [Fact]
    public void Gone_ends_a_callback_and_keeps_what_a_subscription_has_to_send()
    {
        var gone = new DeliveryTry(410, "status");
        Assert.True(gone.EndsSubscription);
        Assert.False(new DeliveryTry(404, "status").EndsSubscription);
        Assert.IsType<DeliveryVerdict.TryAgain>(DeliveryRules.Judge(Delivery, 1, gone, Noon));
        Assert.IsType<DeliveryVerdict.GivenUp>(DeliveryRules.Judge(Delivery, 1, gone, Noon, isCallback: true));
    }

    [Fact]
    public void Five_days_without_a_success_are_too_many()
    {
        var since = Noon - TimeSpan.FromDays(5);
        Assert.True(DeliveryRules.IsFailingForTooLong(since, Noon));
        Assert.False(DeliveryRules.IsFailingForTooLong(since, Noon - 1.Seconds));
    }

    private static DateTimeOffset After(TimeSpan wish) =>
        NextOf(DeliveryRules.Judge(Delivery, 1, new DeliveryTry(503, "status", wish), Noon));

    private static DateTimeOffset NextOf(DeliveryVerdict verdict) =>
        Assert.IsType<DeliveryVerdict.TryAgain>(verdict).At;
}
