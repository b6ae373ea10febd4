using System.Globalization;

namespace JikoXpress.Bench.Reporting;

/// <summary>What a figure has to reach (the floor), and what it should (the goal).</summary>
internal sealed record Goal(double Floor, double Aim, string Unit = "")
{
    public static Goal AtLeast(double floor, double aim) => new(floor, aim);

    /// <summary>Where less is better, the floor is above the goal.</summary>
    public static Goal AtMost(double floor, double aim, string unit = "") => new(floor, aim, unit);

    public string Verdict(double value) => Reaches(value, Aim) ? "goal" : Reaches(value, Floor) ? "floor" : "no";

    public string Show(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    } + Unit;

    private bool Reaches(double value, double mark) => Floor > Aim ? value <= mark : value >= mark;
}
