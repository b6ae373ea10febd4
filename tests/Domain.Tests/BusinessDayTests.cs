using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests;

public sealed class BusinessDayTests
{
    private static readonly KitchenSettings DarEsSalaam = KitchenSettings.Default;

    [Theory]
    //          instant, UTC            local              business day
    [InlineData("2026-03-12T00:59:59Z", "2026-03-12T03:59:59", "2026-03-11")]
    [InlineData("2026-03-12T01:00:00Z", "2026-03-12T04:00:00", "2026-03-12")]
    [InlineData("2026-03-12T20:59:59Z", "2026-03-12T23:59:59", "2026-03-12")]
    [InlineData("2026-03-12T21:00:00Z", "2026-03-13T00:00:00", "2026-03-12")]
    [InlineData("2026-03-13T00:59:59.9999999Z", "2026-03-13T03:59:59.9999999", "2026-03-12")]
    [InlineData("2026-03-13T01:00:00Z", "2026-03-13T04:00:00", "2026-03-13")]
    [InlineData("2024-03-01T00:59:59Z", "2024-03-01T03:59:59", "2024-02-29")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T03:00:00", "2025-12-31")]
    public void A_day_begins_at_four_in_the_morning(string instant, string local, string day)
    {
        Assert.Equal(DateTime.Parse(local), DarEsSalaam.LocalTimeOf(DateTimeOffset.Parse(instant)).DateTime);
        Assert.Equal(DateOnly.Parse(day), DarEsSalaam.BusinessDateOf(DateTimeOffset.Parse(instant)));
    }

    [Fact]
    public void An_instant_is_the_same_day_however_it_is_written()
    {
        var instant = DateTimeOffset.Parse("2026-03-12T00:59:59Z");

        Assert.Equal(
            DarEsSalaam.BusinessDateOf(instant), DarEsSalaam.BusinessDateOf(instant.ToOffset(TimeSpan.FromHours(-8))));
    }

    [Fact]
    public void A_kitchen_sets_when_its_day_begins()
    {
        var untilSix = DarEsSalaam with { DayStartsAt = new TimeOnly(6, 30) };
        var atMidnight = DarEsSalaam with { DayStartsAt = TimeOnly.MinValue };
        var instant = DateTimeOffset.Parse("2026-03-12T03:29:59Z");

        Assert.Equal(new DateOnly(2026, 3, 11), untilSix.BusinessDateOf(instant));
        Assert.Equal(new DateOnly(2026, 3, 12), untilSix.BusinessDateOf(instant + 1.Seconds));
        Assert.Equal(
            new DateOnly(2026, 3, 12), atMidnight.BusinessDateOf(DateTimeOffset.Parse("2026-03-11T21:00:00Z")));
    }

    [Fact]
    public void A_kitchen_elsewhere_keeps_its_own_time()
    {
        var instant = DateTimeOffset.Parse("2026-07-01T02:30:00Z");

        Assert.Equal(
            new DateOnly(2026, 7, 1), (DarEsSalaam with { TimeZone = "Europe/Athens" }).BusinessDateOf(instant));
        Assert.Equal(
            new DateOnly(2026, 6, 30), (DarEsSalaam with { TimeZone = "Africa/Lagos" }).BusinessDateOf(instant));
        Assert.Equal(
            new DateOnly(2026, 6, 30), (DarEsSalaam with { TimeZone = "America/New_York" }).BusinessDateOf(instant));
    }

    [Theory]
    [InlineData("Africa/Dar_es_Salaam", "04:00", "2026-03-12", "2026-03-12T01:00:00Z")]
    [InlineData("Africa/Dar_es_Salaam", "00:00", "2026-01-01", "2025-12-31T21:00:00Z")]
    [InlineData("America/New_York", "04:00", "2026-07-01", "2026-07-01T08:00:00Z")]
    // The clocks skip 02:00 to 03:00 on 2026-03-08, and show 01:00 to 02:00 twice on 2026-11-01.
    [InlineData("America/New_York", "02:30", "2026-03-08", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30:00Z")]
    public void A_day_starts_at_one_instant(string zone, string time, string date, string instant)
    {
        var settings = DarEsSalaam with { TimeZone = zone, DayStartsAt = TimeOnly.Parse(time) };

        var start = settings.StartOf(DateOnly.Parse(date));

        Assert.Equal(DateTimeOffset.Parse(instant), start);
        Assert.Equal(DateOnly.Parse(date), settings.BusinessDateOf(start));
        Assert.Equal(DateOnly.Parse(date).AddDays(-1), settings.BusinessDateOf(start - 1.Seconds));
    }

    [Fact]
    public void The_defaults_are_those_of_the_reference()
    {
        Assert.Equal(15.Minutes, DarEsSalaam.SlipTimeout);
        Assert.Equal(5.Minutes, DarEsSalaam.PaymentTimeout);
        Assert.Equal(new TimeOnly(4, 0), DarEsSalaam.DayStartsAt);
        Assert.Equal("Africa/Dar_es_Salaam", DarEsSalaam.TimeZone);
    }
}
