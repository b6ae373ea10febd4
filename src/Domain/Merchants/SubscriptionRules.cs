using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Merchants.SubscriptionRefusals;

namespace JikoXpress.Domain.Merchants;

/// <summary>What a merchant may ask of a subscription.</summary>
public static class SubscriptionRules
{
    public const string Mode = "subscription";
    public const string Day = "day";
    public const string Week = "week";
    public const string Month = "month";
    public const string Year = "year";

    public const int MostPeriods = 1_000;

    /// <summary>Two years.</summary>
    public const int LongestTrial = 730;

    /// <summary>Of each interval so many at most: periods of three years.</summary>
    public static IReadOnlyDictionary<string, int> LongestPeriods { get; } = new Dictionary<string, int>
    {
        [Day] = 1_095,
        [Week] = 156,
        [Month] = 36,
        [Year] = 3,
    };

    /// <summary>The days of a period on which its phone is asked, at the same hour, until it has paid.</summary>
    public static Sequence<TimeSpan> AskAfter { get; } =
        [TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(5)];

    /// <summary>How long a period can be paid, unless it is over before.</summary>
    public static TimeSpan TimeToPay { get; } = TimeSpan.FromDays(6);

    /// <summary>After a phone could not be asked, for example since it was asked for another payment.</summary>
    public static TimeSpan AskAgainAfter { get; } = TimeSpan.FromMinutes(15);

    internal static IEnumerable<Refusal> Broken(OpenHosted command)
    {
        if (command.Plan is not { } plan)
        {
            if (command.Mode is Mode) yield return PlanRequired;
            yield break;
        }

        if (command.Mode is not Mode)
        {
            // What the plan says does not matter where there may be none.
            yield return PlanNotAllowed;
            yield break;
        }

        if (command.By.DeviceId is not null) yield return NotByAppToken;
        if (command.PaymentLinkId is not null) yield return LinkNotAllowed;
        foreach (var broken in HostedRules.Word(plan.Interval, "/subscription/interval", [Day, Week, Month, Year]))
            yield return broken;
        if (LongestPeriods.TryGetValue(plan.Interval, out var longest) && (plan.Every < 1 || plan.Every > longest))
            yield return OutOfRange("/subscription/intervalCount", longest);
        if (plan.Periods is < 1 or > MostPeriods) yield return OutOfRange("/subscription/periods", MostPeriods);
        if (plan is { Periods: not null, LastDay: not null }) yield return EndsTwice;
        if (plan.TrialDays is null) yield break;
        if (plan.TrialDays is < 1 or > LongestTrial) yield return OutOfRange("/subscription/trialDays", LongestTrial);
        if (command.CustomerPhone is null) yield return TrialNeedsPhone;
        if (command.ExpiresInSeconds is not null) yield return TrialSaysWhenItEnds;
    }

    /// <summary>What is wrong with a plan by the store's clock.</summary>
    internal static IEnumerable<Refusal> BrokenAt(OpenHosted command, TimeZoneInfo zone, DateTimeOffset now) =>
        command.Plan is not { LastDay: { } last } plan ? []
        : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime) > last ? [LastDayIsOver]
        : plan.TrialDays is >= 1 and <= LongestTrial
            && SubscriptionCalendar.TrialEnds(plan, zone, now) is { } ends
            && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ends, zone).DateTime) > last
                ? [EndsInTrial]
                : [];
}
