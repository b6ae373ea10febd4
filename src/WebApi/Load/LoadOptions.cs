using System.Globalization;

namespace JikoXpress.WebApi.Load;

/// <summary>Rate of one caller: requests per second on average, and at once.</summary>
internal sealed record Rate(int PerSecond, int Burst);

/// <summary>How many requests of a lane run at a time, at most, and how many may wait for as long as 1 s.</summary>
internal sealed record LaneSize(int AtOnce, int Waiting);

/// <summary>How much of something one sender may have at a time, and all of them together.</summary>
internal sealed record Share(int OfOne, int OfAll);

/// <summary>How many requests of one caller may wait for a change at a time.</summary>
/// <param name="Token">Of one till, kiosk, table or app user, and of staff at one till.</param>
/// <param name="ApiKey">Of one API key: a program waits for many guests.</param>
internal sealed record WaitingShare(int Token, int ApiKey);

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

    /// <summary>Rate of one address at one aggregator's secret webhook path.</summary>
    public Rate Webhook { get; init; } = new(500, 1000);

    /// <summary>Rate of one table, for all phones that scan its code: visits, and orders, each.</summary>
    public Rate Table { get; init; } = new(1, 30);

    /// <summary>Rate of one till's sign-ins, with a right PIN or a wrong one.</summary>
    public Rate SignIn { get; init; } = new(1, 30);

    public LaneSize Webhooks { get; init; } = new(64, 512);
    public LaneSize Settling { get; init; } = new(256, 1024);
    public LaneSize Creating { get; init; } = new(512, 1024);
    public LaneSize Reading { get; init; } = new(256, 1024);
    public LaneSize Codes { get; init; } = new(8, 256);

    /// <summary>Request bodies of which a part has still to come: each may take up to 64 KiB of memory.</summary>
    public Share Bodies { get; init; } = new(64, 1024);

    /// <summary>
    /// Connections of one address (IPv6: of its /64 network), other than of proxies, and all. The latter leaves room
    /// for ten thousand kiosks that each wait on their own connection, and for all other clients. Each connection is
    /// an open file: docs/performance.md has the limits that the system must allow.
    /// </summary>
    public Share Connections { get; init; } = new(2_000, 20_000);

    /// <summary>Requests with waitSeconds, and event streams.</summary>
    public WaitingShare Waiting { get; init; } = new(100, 5_000);

    /// <summary>Sessions of one payment link that visitors of one address have opened and not paid.</summary>
    public int LinkVisits { get; init; } = 20;

    public LaneSize SizeOf(Lane lane) => lane switch
    {
        Lane.Webhooks => Webhooks,
        Lane.Settling => Settling,
        Lane.Creating => Creating,
        Lane.Reading => Reading,
        Lane.Codes => Codes,
    };

    /// <summary>
    /// JIKO_RATE_TOKEN, JIKO_RATE_API_KEY, JIKO_RATE_ADDRESS, JIKO_RATE_WEBHOOK, JIKO_RATE_TABLE and
    /// JIKO_RATE_SIGN_IN have the form 100/200: requests per second, and at once. JIKO_LANE_WEBHOOKS,
    /// JIKO_LANE_SETTLING, JIKO_LANE_CREATING, JIKO_LANE_READING and JIKO_LANE_CODES have the form 256/1024: requests
    /// that run at a time, and that wait.
    /// JIKO_BODIES and JIKO_CONNECTIONS have the form 64/1024: of one sender, and of all. JIKO_WAITING has the form
    /// 100/5000: of one token, and of one API key. JIKO_LINK_VISITS is a number.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting has another form.</exception>
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
            SignIn = Rate("JIKO_RATE_SIGN_IN", usual.SignIn),
            Webhooks = Lane("JIKO_LANE_WEBHOOKS", usual.Webhooks),
            Settling = Lane("JIKO_LANE_SETTLING", usual.Settling),
            Creating = Lane("JIKO_LANE_CREATING", usual.Creating),
            Reading = Lane("JIKO_LANE_READING", usual.Reading),
            Codes = Lane("JIKO_LANE_CODES", usual.Codes),
            Bodies = Share("JIKO_BODIES", usual.Bodies),
            Connections = Share("JIKO_CONNECTIONS", usual.Connections),
            Waiting = Pair(configuration, "JIKO_WAITING", leastSecond: 1) is var (token, apiKey)
                ? new WaitingShare(token, apiKey)
                : usual.Waiting,
            LinkVisits = Number(configuration, "JIKO_LINK_VISITS") ?? usual.LinkVisits,
        };

        Share Share(string name, Share unlessSet) =>
            Pair(configuration, name, leastSecond: 1) is var (ofOne, ofAll) ? new Share(ofOne, ofAll) : unlessSet;

        Rate Rate(string name, Rate unlessSet) =>
            Pair(configuration, name, leastSecond: 1) is var (perSecond, burst)
                ? new Rate(perSecond, burst)
                : unlessSet;

        LaneSize Lane(string name, LaneSize unlessSet) =>
            Pair(configuration, name, leastSecond: 0) is var (atOnce, waiting)
                ? new LaneSize(atOnce, waiting)
                : unlessSet;
    }

    private static int? Number(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            ? number
            : throw new InvalidOperationException($"{name} must be a number of at least 1; it is {text}.");
    }

    private static (int First, int Second)? Pair(IConfiguration configuration, string name, int leastSecond)
    {
        if (configuration[name] is not { Length: > 0 } text) return null;
        return text.Split('/') is [var left, var right]
            && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && first >= 1 && second >= leastSecond
                ? (first, second)
                : throw new InvalidOperationException(
                    $"{name} must be two numbers, as in 100/200, of which the second is at least {leastSecond}; it is "
                    + $"{text}.");
    }
}
