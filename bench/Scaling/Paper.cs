using System.Globalization;
using System.Text;

namespace JikoXpress.Scaling;

/// <summary>What the simulation and plain division say, in Markdown.</summary>
internal static class Paper
{
    public static string Write(Plan plan, Evening evening, Minutes minutes, IEnumerable<Growth.Step> growth)
    {
        var text = new StringBuilder();
        text.AppendLine("| By division | |");
        text.AppendLine("|---|---|");
        foreach (var (name, value) in Sizes(plan, evening)) text.AppendLine($"| {name} | {value} |");
        text.AppendLine();
        text.AppendLine($"The evening on {plan.Text}:");
        text.AppendLine();
        text.AppendLine("| Hour | Orders a second | p50 | p99 | worst minute's p99 | webhook to kiosk, p99 "
            + "| silos' cores | PostgreSQL's cores |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var hour in minutes.All.Chunk(60)) text.AppendLine(Row(hour));
        text.AppendLine();
        text.AppendLine("| Restaurants | Orders a second, burst | p99 | silos' cores | PostgreSQL's cores "
            + "| had to come again | Breaks |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var step in growth) text.AppendLine(step.Row);
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Sizes(Plan plan, Evening evening)
    {
        var rush = evening.HighestRate / evening.Burst;
        var connections = evening.Restaurants * evening.ConnectionsOfRestaurant;
        yield return ("restaurants", Number(evening.Restaurants));
        yield return ("orders a second, rush hour", Number(rush));
        yield return ("orders a second, in a burst", Number(evening.HighestRate));
        yield return ("webhooks a second, rush hour", Number(rush * evening.ByPhone));
        yield return ("kiosks that wait for a PIN, rush hour", Number(rush * evening.ByPhone * evening.ToThePin));
        yield return ("open connections", Number(connections));
        yield return ("processes for them", Number(Math.Ceiling(connections / Costs.ConnectionsOfProcess)));
        yield return ("memory for them", Gigabytes(connections * Costs.WaitingKiosk));
        yield return ("PostgreSQL's log, in a burst", $"{Number(evening.HighestRate * Costs.LogOfSale / 1e6)} MB/s");
        yield return ("PostgreSQL's disk, a year", Gigabytes(evening.OrdersAYear * Costs.DiskOfSale));
        yield return ("rows in the largest table, a year", $"{evening.OrdersAYear / 1e9:0.0} billion");
    }

    private static string Row(Minute[] hour) => string.Create(CultureInfo.InvariantCulture,
        $"| {Evening.From + hour[0].Number / 60}:00 | {hour.Average(minute => minute.Offered):N0} | "
        + $"{Median(hour, minute => minute.P50)} | {Median(hour, minute => minute.P99)} | "
        + $"{Time(hour.Max(minute => minute.P99))} | {Median(hour, minute => minute.WebhookP99)} | "
        + $"{hour.Average(minute => minute.Program):P0} | {hour.Average(minute => minute.Database):P0} |");

    /// <summary>The minute in the middle.</summary>
    private static string Median(Minute[] hour, Func<Minute, double> value) =>
        Time(hour.Select(value).Where(double.IsFinite).Order().ToArray() is { Length: > 0 } sorted
            ? sorted[sorted.Length / 2]
            : double.NaN);

    private static string Time(double seconds) => seconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds:0.0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Gigabytes(double bytes) => bytes < 1e12
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e12:0.0} TB");
}
