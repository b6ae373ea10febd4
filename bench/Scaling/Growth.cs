using System.Globalization;

namespace JikoXpress.Scaling;

/// <summary>How far the same machines go: the busiest four minutes with more and more restaurants.</summary>
internal static class Growth
{
    /// <summary>The rush hour, its burst in the middle.</summary>
    private const double From = 3 * 3600 + 1740;

    private const double Seconds = 240;

    /// <summary>Above this nobody speaks of a fast till: seconds for one sale in a hundred.</summary>
    private const double Slow = 1;

    private static readonly int[] Times = [1, 5, 10, 15, 20, 30];

    public static IEnumerable<Step> Of(Plan plan, Evening evening, int seed)
    {
        foreach (var times in Times)
        {
            var more = evening with { Restaurants = evening.Restaurants * times };
            var minutes = new Country(plan, more, seed).Run(From, Seconds);
            var worst = minutes.All.MaxBy(minute => minute.P99)!;
            var step = new Step(
                more.Restaurants, minutes.All.Max(minute => minute.Offered), worst.P99,
                minutes.All.Max(minute => minute.Program), minutes.All.Max(minute => minute.Database),
                minutes.Refused / (double)minutes.Offered);
            yield return step;
            if (!step.Holds) yield break;
        }
    }

    /// <param name="Offered">Orders a second in the busiest minute.</param>
    /// <param name="P99">Of the slowest minute, in seconds.</param>
    /// <param name="Refused">Requests that had to come again, of the orders.</param>
    internal sealed record Step(
        int Restaurants, double Offered, double P99, double Program, double Database, double Refused)
    {
        public bool Holds => P99 <= Slow && Refused < 0.01;

        public string Row => string.Create(CultureInfo.InvariantCulture,
            $"| {Restaurants:N0} | {Offered:N0} | {1000 * P99:N0} ms | {Program:P0} | {Database:P0} "
            + $"| {Refused:P1} | {Breaks} |");

        private string Breaks => Holds ? "" : Database > Program ? "PostgreSQL's cores" : "the silos' cores";
    }
}
