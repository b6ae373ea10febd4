using System.Globalization;

namespace JikoXpress.WebApi.Load;

/// <summary>How many requests one caller may send: so many a second on end, and so many at once.</summary>
internal sealed record Rate(int PerSecond, int Burst);

/// <summary>How many requests of a lane are worked on at a time, and how many may wait for that.</summary>
internal sealed record LaneSize(int AtOnce, int Waiting);

/// <summary>
/// What is refused when there is too much to do. The defaults leave a fleet of tills alone: each token has as much as
/// a till never needs, and the lanes hold what a host works off in about a second.
/// </summary>
internal sealed record LoadOptions
{
    /// <summary>Of one till, kiosk, staff session, guest or app user.</summary>
    public Rate Token { get; init; } = new(500, 2000);

    /// <summary>Of one key of a bot, merchant or operator: a program that may speak for many guests.</summary>
    public Rate ApiKey { get; init; } = new(1000, 4000);

    /// <summary>Of one address, without a token. Behind one address there may be a whole food court.</summary>
    public Rate Address { get; init; } = new(100, 400);

    /// <summary>Of one aggregator, at the path that only it knows.</summary>
    public Rate Webhook { get; init; } = new(500, 1000);

    /// <summary>Of one table, whoever scans its code: visits, and orders.</summary>
    public Rate Table { get; init; } = new(1, 30);

    public LaneSize Webhooks { get; init; } = new(64, 512);
    public LaneSize Settling { get; init; } = new(256, 1024);
    public LaneSize Creating { get; init; } = new(512, 1024);
    public LaneSize Reading { get; init; } = new(256, 1024);

    public LaneSize SizeOf(Lane lane) => lane switch
    {
        Lane.Webhooks => Webhooks,
        Lane.Settling => Settling,
        Lane.Creating => Creating,
        Lane.Reading => Reading,
    };

    /// <summary>
    /// JIKO_RATE_TOKEN, JIKO_RATE_API_KEY, JIKO_RATE_ADDRESS, JIKO_RATE_WEBHOOK and JIKO_RATE_TABLE are two numbers, as
    /// in 100/200: each second, and at once. JIKO_LANE_WEBHOOKS, JIKO_LANE_SETTLING, JIKO_LANE_CREATING and
    /// JIKO_LANE_READING are as in 256/1024: worked on at a time, and waiting.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is not two numbers.</exception>
    public static LoadOptions From(IConfiguration configuration)
    {
        var usual = new LoadOptions();
        return new LoadOptions
        {
            Token = Rate("JIKO_RATE_TOKEN", usual.Token),
            ApiKey = Rate("JIKO_RATE_API_KEY", usual.ApiKey),
            Address = Rate("JIKO_RATE_ADDRESS", usual.Address),
            Webhook = Rate("JIKO_RATE_WEBHOOK", usual.Webhook),
            Table = Rate("JIKO_RATE_TABLE", usual.Table),
            Webhooks = Lane("JIKO_LANE_WEBHOOKS", usual.Webhooks),
            Settling = Lane("JIKO_LANE_SETTLING", usual.Settling),
            Creating = Lane("JIKO_LANE_CREATING", usual.Creating),
            Reading = Lane("JIKO_LANE_READING", usual.Reading),
        };

        Rate Rate(string name, Rate unlessSet) =>
            Pair(configuration, name, leastSecond: 1) is var (perSecond, burst)
                ? new Rate(perSecond, burst)
                : unlessSet;

        LaneSize Lane(string name, LaneSize unlessSet) =>
            Pair(configuration, name, leastSecond: 0) is var (atOnce, waiting)
                ? new LaneSize(atOnce, waiting)
                : unlessSet;
    }

    private static (int First, int Second)? Pair(IConfiguration configuration, string name, int leastSecond)
    {
        if (configuration[name] is not { Length: > 0 } text) return null;
        return text.Split('/') is [var left, var right]
            && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && first >= 1 && second >= leastSecond
                ? (first, second)
                : throw new InvalidOperationException($"{name} is not two numbers, as in 100/200.");
    }
}
