using System.Globalization;

namespace JikoXpress.WebApi.Load;

/// <summary>Rate of one caller: requests per second on average, and at once.</summary>
internal sealed record Rate(int PerSecond, int Burst);

/// <summary>How many requests of a lane run at a time, and how many may wait.</summary>
internal sealed record LaneSize(int AtOnce, int Waiting);

/// <summary>
/// The load limits. The defaults do not affect a fleet of tills: each token may send more than a till ever needs, and
/// the lanes hold about as much as a process handles in a second.
/// </summary>
internal sealed record LoadOptions
{
    /// <summary>Rate of one till, kiosk, staff session, guest or app user.</summary>
    public Rate Token { get; init; } = new(500, 2000);

    /// <summary>Rate of one API key of a bot, merchant or operator: a program that may act for many guests.</summary>
    public Rate ApiKey { get; init; } = new(1000, 4000);

    /// <summary>Rate of one IP address without a token. A whole food court may share one address.</summary>
    public Rate Address { get; init; } = new(100, 400);

    /// <summary>Rate of one aggregator, at its secret webhook path.</summary>
    public Rate Webhook { get; init; } = new(500, 1000);

    /// <summary>Rate of one table, for all phones that scan its code: visits, and orders, each.</summary>
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
    /// JIKO_RATE_TOKEN, JIKO_RATE_API_KEY, JIKO_RATE_ADDRESS, JIKO_RATE_WEBHOOK and JIKO_RATE_TABLE have the form
    /// 100/200: requests per second, and at once. JIKO_LANE_WEBHOOKS, JIKO_LANE_SETTLING, JIKO_LANE_CREATING and
    /// JIKO_LANE_READING have the form 256/1024: requests that run at a time, and that wait.
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
                : throw new InvalidOperationException($"{name} must be two numbers, as in 100/200.");
    }
}
