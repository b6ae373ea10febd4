namespace JikoXpress.Scaling;

/// <summary>
/// A Friday evening at the end of a month, when salaries have come: the busiest of a year. These are assumptions, not
/// measurements.
/// </summary>
internal sealed record Evening
{
    /// <summary>The hour it begins, and how many hours it has.</summary>
    public const int From = 17;

    public const int Hours = 6;

    /// <summary>How much of a day's orders comes in each of these hours.</summary>
    private static readonly double[] Shares = [0.07, 0.10, 0.14, 0.15, 0.10, 0.05];

    public int Restaurants { get; init; } = 20_000;

    /// <summary>Orders of a restaurant on an ordinary day, as the mean of all.</summary>
    public double OrdersADay { get; init; } = 160;

    /// <summary>How much busier this Friday is than an ordinary day.</summary>
    public double Busier { get; init; } = 1.8;

    /// <summary>A goal, or rain that stops: how much more is ordered in two minutes of each hour.</summary>
    public double Burst { get; init; } = 3;

    /// <summary>How orders are paid; the rest pays cash at a till, or on a table's bill.</summary>
    public double ByPhone { get; init; } = 0.35;

    public double BySlip { get; init; } = 0.15;

    /// <summary>Seconds between the phone's ring and the webhook, and between a slip and the cashier.</summary>
    public double ToThePin { get; init; } = 25;

    public double ToTheCashier { get; init; } = 120;

    /// <summary>Kiosks, kitchen screens and tills of a restaurant that hold a connection all evening.</summary>
    public double ConnectionsOfRestaurant { get; init; } = 4;

    /// <summary>Orders a second, by the second of the evening.</summary>
    public double Rate(double second)
    {
        var hour = Math.Clamp((int)(second / 3600), 0, Hours - 1);
        var isBurst = second % 3600 is >= 1800 and < 1920;
        return Restaurants * OrdersADay * Busier * Shares[hour] / 3600 * (isBurst ? Burst : 1);
    }

    public double HighestRate => Restaurants * OrdersADay * Busier * Shares.Max() / 3600 * Burst;

    public double OrdersAYear => Restaurants * OrdersADay * 365;
}

/// <summary>What goes wrong on this evening, in seconds from its beginning.</summary>
internal sealed record Faults
{
    /// <summary>A silo dies; the others sell again after the gap, and it is back after the restart.</summary>
    public double SiloDies { get; init; } = 2.25 * 3600;

    /// <summary>Measured between 1.2 and 2.4 s (docs/cluster.md).</summary>
    public double SiloGap { get; init; } = 2.4;

    public double SiloIsBack { get; init; } = 60;

    /// <summary>The aggregator tells nothing, and then sends what it owes, so many a second.</summary>
    public double AggregatorStops { get; init; } = 2.75 * 3600;

    public double AggregatorStopsFor { get; init; } = 900;

    public double WebhooksASecond { get; init; } = 500;

    /// <summary>PostgreSQL fails over; an assumption for a standby that is promoted by a watchdog.</summary>
    public double DatabaseStops { get; init; } = 3.25 * 3600;

    public double DatabaseStopsFor { get; init; } = 20;
}
