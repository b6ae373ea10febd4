using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>How long a phone counts as busy, and who has it rung.</summary>
public sealed class PromptTests
{
    [Theory]
    [InlineData(170, 170)]
    [InlineData(180, 180)]
    [InlineData(190, 180)]
    public void A_phone_is_free_after_three_minutes_or_when_the_session_expires(int expires, int free) => Assert.Equal(
        Noon + free.Seconds, PhonePrompts.Ends(Noon, Noon + expires.Seconds));

    [Fact]
    public void A_kiosk_and_a_till_are_no_guests_and_are_counted_by_their_device()
    {
        Assert.Equal(new Asker(KioskOne.Id, IsGuest: false), Asker.Of(KioskOne));
        Assert.Equal(new Asker(Till, IsGuest: false), Asker.Of(Cashier));
        Assert.Equal(new Asker(Bot.Id, IsGuest: false), Asker.Of(Bot));
    }

    // From the second on a caller may try again; less than one is one.
    [Theory]
    [InlineData(90_000, 90)]
    [InlineData(89_001, 90)]
    [InlineData(1_000, 1)]
    [InlineData(0, 1)]
    [InlineData(-5_000, 1)]
    public void Who_finds_a_phone_busy_is_told_after_how_many_seconds_it_is_free(int milliseconds, int seconds)
    {
        var until = Noon + TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(seconds, PaymentRefusals.PhoneBusy(until, Noon).RetryAfter);
        Assert.Equal(seconds, PaymentRefusals.PhoneAskedTooOften(until, Noon).RetryAfter);
    }
}
