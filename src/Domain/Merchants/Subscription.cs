using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions.HostedPage;

namespace JikoXpress.Domain.Merchants;

/// <summary>How often a customer pays, and until when. Each period costs what the first session does.</summary>
/// <param name="Interval">day, week, month or year.</param>
/// <param name="Every">Each so many of the interval.</param>
/// <param name="Periods">After so many periods it ends; null for none that is the last.</param>
/// <param name="LastDay">No period begins after this day of the store; null for none that is the last.</param>
/// <param name="CancelsUnpaid">A period that is not paid in time cancels it; otherwise the next one comes.</param>
/// <param name="TrialDays">So many days are free before the first period begins; null for none.</param>
public sealed record SubscriptionPlan(
    string Interval, int Every = 1, int? Periods = null, DateOnly? LastDay = null, bool CancelsUnpaid = false,
    int? TrialDays = null);

public enum SubscriptionStatus
{
    /// <summary>The first session is not paid yet; if there was a trial, it is over.</summary>
    Incomplete = 1,

    Active,

    /// <summary>The last period was not paid in time.</summary>
    PastDue,

    /// <summary>No period begins until the merchant says so.</summary>
    Paused,

    Cancelled,

    /// <summary>All its periods are over.</summary>
    Ended,

    /// <summary>The first session can be paid, but need not be before the trial is over.</summary>
    Trialing,
}

/// <summary>How the current period stands.</summary>
public enum PeriodState { Open = 1, Paid, Unpaid }

/// <summary>
/// A customer's subscription at a merchant. Each period is paid by a session of its own, whose id is derived from the
/// subscription and the number of the period: so there is one session for a period, whoever opens it how often.
/// </summary>
/// <param name="FirstSessionId">What each period's session says is copied from this one.</param>
/// <param name="Phone">
/// The phone that paid the first session, which is asked for the others. In a trial, the one that the shop named.
/// </param>
/// <param name="BegunAt">
/// When the first session was paid, or after a trial its end: the periods are counted from this moment.
/// </param>
/// <param name="Number">
/// The current period, counted from 1: the last that has begun, which is that of its session. A pause leaves numbers
/// out.
/// </param>
/// <param name="Begun">How many periods have begun.</param>
/// <param name="AskedFrom">When the phone was first to be asked in this period.</param>
/// <param name="Asked">How often the phone was asked in this period.</param>
/// <param name="EndsWithPeriod">It is cancelled when the current period is over.</param>
/// <param name="TrialEndsAt">When the first period is asked for; null without a trial.</param>
/// <param name="LeftOut">How many periods after the current one a pause has left out.</param>
public sealed record Subscription(
    Guid Id, Guid MerchantId, Guid StoreId, bool LiveMode, string Currency, Money Amount, SubscriptionPlan Plan,
    Guid FirstSessionId, DateTimeOffset CreatedAt,
    SubscriptionStatus Status = SubscriptionStatus.Incomplete,
    [property: JsonIgnore] string? Phone = null,
    DateTimeOffset? BegunAt = null,
    int Number = 1,
    int Begun = 1,
    PeriodState Period = PeriodState.Open,
    DateTimeOffset? AskedFrom = null,
    int Asked = 0,
    bool EndsWithPeriod = false,
    DateTimeOffset? EndedAt = null,
    DateTimeOffset? TrialEndsAt = null,
    int LeftOut = 0)
{
    /// <summary>The subscription that a first session begins.</summary>
    public static Guid IdOf(Guid firstSessionId) => Derived(firstSessionId, 0);

    /// <summary>The session that pays the current period.</summary>
    [JsonIgnore]
    public Guid SessionId => Number == 1 ? FirstSessionId : Derived(Id, Number);

    /// <summary>The name of a try to ask the phone, so that it is asked once for it.</summary>
    public Guid AskId(int time) => Derived(SessionId, time);

    [JsonIgnore]
    public int NextNumber => checked(Number + LeftOut + 1);

    [JsonIgnore]
    public bool IsOver => Status is SubscriptionStatus.Cancelled or SubscriptionStatus.Ended;

    /// <summary>The first 16 bytes of a hash, as a UUID of version 8 (RFC 9562, section 5.8).</summary>
    private static Guid Derived(Guid of, int number)
    {
        Span<byte> source = stackalloc byte[20], hash = stackalloc byte[32];
        of.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], number);
        SHA256.HashData(source, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>What a session keeps of the subscription that it pays a period of.</summary>
/// <param name="PaidUntil">When it is over; null for a first one without a trial, which is over as others are.</param>
/// <param name="TrialEndsAt">Of the first session: nothing has to be paid before; null without a trial.</param>
public sealed record SubscriptionOrigin(
    Guid Id, int Number, SubscriptionPlan Plan, DateTimeOffset? PaidUntil = null, DateTimeOffset? TrialEndsAt = null)
{
    /// <summary>What the first session keeps, where the shop opens it now.</summary>
    public static SubscriptionOrigin OfFirst(
        Guid sessionId, SubscriptionPlan plan, TimeZoneInfo zone, DateTimeOffset now) =>
        SubscriptionCalendar.TrialEnds(plan, zone, now) is { } ends
            ? new SubscriptionOrigin(
                Subscription.IdOf(sessionId), 1, plan,
                SubscriptionCalendar.PaidUntil(ends, SubscriptionCalendar.StartOf(plan, ends, 2, zone)), ends)
            : new SubscriptionOrigin(Subscription.IdOf(sessionId), 1, plan);
}

/// <summary>When the periods of a subscription begin.</summary>
public static class SubscriptionCalendar
{
    /// <summary>
    /// The moment at which a period begins, by the clock on the store's wall: at the hour of the first payment. One
    /// that is counted in months from the 31st begins on the last day of a shorter month, and on the 31st again after
    /// it. Where the clocks skip that hour, it begins when they go on; where they show it twice, at the first time.
    /// </summary>
    /// <param name="number">Counted from 1.</param>
    public static DateTimeOffset StartOf(
        SubscriptionPlan plan, DateTimeOffset begunAt, int number, TimeZoneInfo zone)
    {
        var first = TimeZoneInfo.ConvertTime(begunAt, zone).DateTime;
        var count = checked((number - 1) * plan.Every);
        var local = plan.Interval switch
        {
            SubscriptionRules.Day => first.AddDays(count),
            SubscriptionRules.Week => first.AddDays(checked(count * 7)),
            SubscriptionRules.Month => first.AddMonths(count),
            _ => first.AddYears(count),
        };
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>
    /// When a trial that begins now is over: so many days later, at the same hour by the store's clock. Null without
    /// one.
    /// </summary>
    public static DateTimeOffset? TrialEnds(SubscriptionPlan plan, TimeZoneInfo zone, DateTimeOffset now) =>
        plan.TrialDays is { } days ? StartOf(new SubscriptionPlan(SubscriptionRules.Day, days), now, 2, zone) : null;

    /// <summary>Until when a period can be paid: for six days, or until the next one begins; a day at least.</summary>
    /// <param name="from">When it can be paid first.</param>
    /// <param name="ends">When the next one begins; null when that is not known yet.</param>
    internal static DateTimeOffset PaidUntil(DateTimeOffset from, DateTimeOffset? ends)
    {
        var until = from + SubscriptionRules.TimeToPay;
        if (ends < until) until = ends.Value;
        return until < from + HostedRules.LongestLife ? from + HostedRules.LongestLife : until;
    }

    extension(Subscription subscription)
    {
        /// <summary>When the next period begins. Without a pause the current one is over then.</summary>
        public DateTimeOffset? PeriodEnds(TimeZoneInfo zone) => subscription.BegunAt is { } begun
            ? StartOf(subscription.Plan, begun, subscription.NextNumber, zone)
            : null;
    }
}
