namespace JikoXpress.Scaling;

/// <summary>The machines, and how what runs on them is set.</summary>
internal sealed record Plan
{
    public int Silos { get; init; } = 3;

    public int CoresOfSilo { get; init; } = 4;

    public int CoresOfDatabase { get; init; } = 8;

    /// <summary>One machine for everything, as the bench has it: PostgreSQL waits for the silo's cores.</summary>
    public bool Shared { get; init; }

    /// <summary>Transactions of a silo in flight, how many commits share one, and how many may wait.</summary>
    public int Writers { get; init; } = 2;

    public int MostInBatch { get; init; } = 128;

    public int MostWaiting { get; init; } = 4096;

    /// <summary>
    /// What a transaction costs PostgreSQL however little is in it, as measured with few sales a second
    /// (docs/performance.md). What it is of a full batch is in <see cref="Cost.Database"/> as well, so at full batches
    /// the model takes a fifth too much for a cash sale.
    /// </summary>
    public double BatchSeconds { get; init; } = 0.0009;

    /// <summary>How long the log takes to reach the disk, in seconds: a network volume, by assumption.</summary>
    public double FlushMedian { get; init; } = 0.002;

    public double FlushP99 { get; init; } = 0.010;

    /// <summary>What a request costs in a cluster, of what it costs in one silo.</summary>
    public double ClusterFactor => Silos == 1 ? 1 : Costs.Cluster;

    /// <summary>Work that would wait longer than this is refused, in seconds.</summary>
    public double Patience { get; init; } = 1;

    public string Text => Shared
        ? $"{CoresOfSilo} cores for everything"
        : $"{(Silos == 1 ? "one silo" : $"{Silos} silos")} of {CoresOfSilo} cores and PostgreSQL on {CoresOfDatabase}";
}
