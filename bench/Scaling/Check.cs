namespace JikoXpress.Scaling;

/// <summary>The model on the machine that ./jiko bench measured, beside what was measured there.</summary>
internal static class Check
{
    /// <summary>Half of what the program sold at most: cash sales a second, at a steady rate.</summary>
    public const double SalesASecond = 3_044;

    /// <summary>In seconds; what a bare POST took at that rate is in it.</summary>
    public const double MeasuredP99 = 0.0206;

    /// <summary>What the load generator takes of the same two cores, as seconds for a sale.</summary>
    private const double Generator = 45e-6;

    /// <summary>The model's p99, in seconds.</summary>
    public static double P99(int seed)
    {
        var plan = new Plan { Silos = 1, CoresOfSilo = 2, Shared = true };
        var evening = new Evening { Burst = 1, ByPhone = 0, BySlip = 0 };
        evening = evening with { Restaurants = (int)(evening.Restaurants * SalesASecond / evening.Rate(0)) };
        var cost = Costs.CashSale with { Program = Costs.CashSale.Program + Generator };
        return new Country(plan, evening, seed, cost).Run(0, 60).All[^1].P99;
    }
}
