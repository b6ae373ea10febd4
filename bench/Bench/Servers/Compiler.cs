using System.Globalization;

namespace JikoXpress.Bench.Servers;

/// <summary>
/// The runtime's compiler, which compiles hot code from its profile while a program works. Several programs on few
/// cores need longer until it is done: it took 45 % of a silo's CPU after 35 s where two of them and a front end ran on
/// two cores, and nothing after 90 s.
/// </summary>
internal sealed class Compiler(Server server)
{
    /// <summary>The kernel keeps 15 characters of the thread's name.</summary>
    private const string Thread = ".NET Tiered Com";

    private Dictionary<string, double> before = [];

    /// <summary>
    /// CPU since the last call of this, in seconds. The thread ends when it had nothing to do for some seconds, and
    /// takes its time with it.
    /// </summary>
    public double Worked()
    {
        var now = server.ProcessIds.SelectMany(Threads).ToDictionary();
        var worked = now.Sum(thread => thread.Value - before.GetValueOrDefault(thread.Key));
        before = now;
        return worked;
    }

    private static IEnumerable<KeyValuePair<string, double>> Threads(int process)
    {
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            string text;
            try
            {
                text = File.ReadAllText($"{thread}/stat");
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                continue;
            }

            if (text.Contains($"({Thread})", StringComparison.Ordinal)) yield return new(thread, Cpu.Of(text));
        }
    }
}

/// <summary>What /proc tells of a process or a thread.</summary>
internal static class Cpu
{
    /// <summary>The kernel counts in hundredths of a second.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>What stands after the program's name, beginning with the state.</summary>
    public static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    /// <summary>In seconds.</summary>
    public static double Of(string stat, bool withChildren = false) =>
        Fields(stat)[11..(withChildren ? 15 : 13)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))
        / TicksPerSecond;
}
