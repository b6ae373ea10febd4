using System.Globalization;
using System.Text;
using JikoXpress.Bench.Contests;

namespace JikoXpress.Bench.Reporting;

/// <summary>Collects what was measured, and writes it as Markdown: first the goals, then all figures.</summary>
internal sealed class Report
{
    private readonly List<string> goals = [];
    private readonly List<string> figures = [];
    private readonly List<string> withheld = [];

    /// <summary>False where figures had to be withheld.</summary>
    public bool IsWhole => withheld.Count == 0;

    /// <summary>A ratio, or another figure, beside what it has to reach.</summary>
    public void Goal(string measure, string ours, string divisor, double value, Goal goal) => goals.Add(
        $"| {measure} | {ours} | {divisor} | **{goal.Show(value)}** | {goal.Show(goal.Floor)} | {goal.Show(goal.Aim)} "
        + $"| {goal.Verdict(value)} |");

    /// <summary>How much more ours does than another's.</summary>
    public void Faster(string measure, Standing ours, Standing other, Goal goal) => Goal(
        measure, PerSecond(ours), PerSecond(other), ours.PerSecond / other.PerSecond, goal);

    /// <summary>How much less CPU ours takes, its database's included.</summary>
    public void Cheaper(string measure, Standing ours, Standing other, Goal goal) => Goal(
        measure, Micros(ours), Micros(other), ours.Cpu / other.Cpu, goal);

    /// <summary>As <see cref="Faster"/>, where nothing has to be reached.</summary>
    public void Beside(string measure, Standing ours, Standing other) => goals.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"| {measure} | {PerSecond(ours)} | {PerSecond(other)} | **{ours.PerSecond / other.PerSecond:0.##}** "
        + $"| - | - | - |"));

    public void Figures(string scenario, params IEnumerable<Standing> standings) => figures.AddRange(standings.Select(
        each => string.Create(
            CultureInfo.InvariantCulture,
            $"| {scenario} | {each.Name} | {each.Connections} | {each.PerSecond:N0} | {each.P50:N1} | {each.P99:N1} "
            + $"| {each.P999:N1} | {each.HostCpu:N0} | {each.PostgresCpu:N0} | {each.Wal:N0} | {each.Writes:N3} "
            + $"| {each.Transactions:N3} |")));

    public void Withhold(string scenario, IReadOnlyList<string> broken) => Fail(
        scenario, $"the laws of conservation do not hold after it. {string.Join(" ", broken.Take(3))}");

    public void Fail(string scenario, string why) => withheld.Add($"- **{scenario}** is not reported: {why}");

    public static string PerSecond(Standing standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.PerSecond:N0}/s");

    private static string Micros(Standing standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.Cpu:N0} µs");

    public string Markdown(string about)
    {
        var text = new StringBuilder(about).AppendLine().AppendLine();
        Table(text, "| Measure | Ours | Divided by | Ratio | Floor | Goal | Reached |", goals);
        Table(
            text,
            "| Scenario | Side | Connections | Per second | p50 ms | p99 ms | p99.9 ms | CPU of the program, µs "
            + "| CPU of PostgreSQL, µs | WAL, bytes | Commits that write | Transactions |",
            figures);
        foreach (var line in withheld) text.AppendLine(line);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string head, List<string> rows)
    {
        if (rows.Count == 0) return;
        var columns = head.Count(letter => letter == '|') - 1;
        text.AppendLine(head).Append('|').Insert(text.Length, "---|", columns).AppendLine();
        foreach (var row in rows) text.AppendLine(row);
        text.AppendLine();
    }
}
