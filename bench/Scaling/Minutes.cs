namespace JikoXpress.Scaling;

/// <summary>What was seen in one minute. Times in seconds; utilisation from 0 to 1.</summary>
internal sealed record Minute(
    int Number, double Offered, double Sold, double P50, double P99, double WebhookP99, double Refused,
    double Program, double Database, int Waiting, int Kiosks);

/// <summary>Collects minutes.</summary>
internal sealed class Minutes
{
    private readonly List<Minute> all = [];
    private readonly List<double> sales = [];
    private readonly List<double> webhooks = [];
    private int offered;
    private int refused;
    private double program;
    private double database;

    public IReadOnlyList<Minute> All => all;

    public long Sold { get; private set; }

    public long Offered { get; private set; }

    public long Refused { get; private set; }

    public void Offer()
    {
        offered++;
        Offered++;
    }

    public void Refuse()
    {
        refused++;
        Refused++;
    }

    /// <param name="seconds">From the first try to the answer.</param>
    public void Sell(double seconds)
    {
        sales.Add(seconds);
        Sold++;
    }

    /// <param name="seconds">From the webhook to the kiosk's answer.</param>
    public void Tell(double seconds) => webhooks.Add(seconds);

    /// <summary>Ends a minute; what the cores have done is counted from the beginning of the evening.</summary>
    public void End(IReadOnlyList<Cores> silos, Cores postgres, int waiting, int kiosks)
    {
        var programNow = silos.Sum(silo => silo.Busy);
        var databaseNow = postgres.Busy;
        all.Add(new Minute(
            all.Count, offered / 60.0, sales.Count / 60.0, At(sales, 0.5), At(sales, 0.99), At(webhooks, 0.99),
            refused / 60.0, (programNow - program) / 60 / silos.Sum(silo => silo.Count),
            (databaseNow - database) / 60 / postgres.Count, waiting, kiosks));
        (program, database, offered, refused) = (programNow, databaseNow, 0, 0);
        sales.Clear();
        webhooks.Clear();
    }

    private static double At(List<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(share * values.Count))];
    }
}
