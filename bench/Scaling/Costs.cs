namespace JikoXpress.Scaling;

/// <summary>What one piece of work costs: seconds of a core in the program and in PostgreSQL.</summary>
/// <param name="Program">Without what PostgreSQL does for it.</param>
/// <param name="Database">In full batches; see <see cref="Plan.BatchSeconds"/>.</param>
internal sealed record Cost(double Program, double Database)
{
    public static Cost Microseconds(double program, double database) => new(program / 1e6, database / 1e6);

    public Cost Part(double share) => new(Program * share, Database * share);
}

/// <summary>Measured by ./jiko bench on two cores (docs/performance.md), for one silo with the web API.</summary>
internal static class Costs
{
    /// <summary>A sale paid with cash, of two lines; a round on a bill costs the same.</summary>
    public static Cost CashSale { get; } = Cost.Microseconds(183, 95);

    /// <summary>A slip is opened by one commit and paid by another.</summary>
    public static Cost Slip { get; } = Cost.Microseconds(297, 157);

    /// <summary>
    /// A phone payment: its opening is a third of it, the webhook and what follows are two. The call to the aggregator
    /// is in it.
    /// </summary>
    public static Cost PhonePayment { get; } = Cost.Microseconds(461, 309);

    /// <summary>A status poll asks the memory only.</summary>
    public static Cost Poll { get; } = Cost.Microseconds(24, 0);

    /// <summary>Bytes of a kiosk that waits, its connection included.</summary>
    public const double WaitingKiosk = 9_980;

    /// <summary>Bytes that a sale adds to PostgreSQL's log.</summary>
    public const double LogOfSale = 2_903;

    /// <summary>
    /// Bytes that a sale leaves on the disk for a year, with the retention as it is set (docs/operation.md).
    /// </summary>
    public const double DiskOfSale = 4_692;

    /// <summary>Connections that one process takes.</summary>
    public const int ConnectionsOfProcess = 20_000;

    /// <summary>
    /// Between several silos and web front ends a request crosses processes: of one silo's throughput on the same cores
    /// they had 0.55 in cash sales, 0.51 on a hot kitchen and 0.61 in slips.
    /// </summary>
    public const double Cluster = 1 / 0.55;
}
