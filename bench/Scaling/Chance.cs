namespace JikoXpress.Scaling;

/// <summary>All that is left to chance, from one seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public double Share => random.NextDouble();

    public int Below(int limit) => random.Next(limit);

    public double Between(double least, double most) => least + (most - least) * random.NextDouble();

    /// <summary>Exponential: as uneven as independent events are.</summary>
    public double Around(double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>Lognormal, by its median and the value that one in a hundred is above.</summary>
    public double Skewed(double median, double p99)
    {
        // 2.326 standard deviations are the 99th percentile of a normal distribution.
        var sigma = Math.Log(p99 / median) / 2.326;
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }
}
