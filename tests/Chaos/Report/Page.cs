using System.Globalization;
using System.Text;
using JikoXpress.Chaos.Nemesis;

namespace JikoXpress.Chaos.Report;

/// <summary>The outcome as people read it: a table of Markdown, then what is wrong.</summary>
internal static class Page
{
    public static string Of(Outcome outcome)
    {
        var page = new StringBuilder();
        page.Append("| What | How often |\n|---|---|\n");
        foreach (var (what, value) in Rows(outcome))
            page.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
        foreach (var violation in outcome.Violations)
            page.Append(CultureInfo.InvariantCulture, $"\nviolation of {violation.Check}: {violation.Evidence}");
        foreach (var unknown in outcome.Unknown) page.Append(CultureInfo.InvariantCulture, $"\nunknown: {unknown}");
        foreach (var missing in outcome.Orders.Least.Missing(outcome))
            page.Append(CultureInfo.InvariantCulture, $"\ntoo few: {missing}");
        return page.Append(CultureInfo.InvariantCulture, $"\nverdict: {Word(outcome)}, seed {outcome.Orders.Seed}")
            .ToString();
    }

    private static IEnumerable<(string What, string Value)> Rows(Outcome outcome)
    {
        var (tally, gate, journal) = (outcome.Tally, outcome.Gate, outcome.Journal);
        yield return ("hosts killed with SIGKILL",
            $"{tally.Of(Fault.KilledHost) + tally.Of(Fault.LostHost) + tally.Of(Fault.KilledInOutage)}");
        yield return ($"of them away for {outcome.Orders.Absence.TotalSeconds} s", $"{tally.Of(Fault.LostHost)}");
        yield return ($"hosts paused for {outcome.Orders.Absence.TotalSeconds} s", $"{tally.Of(Fault.PausedHost)}");
        yield return ("immediate stops of PostgreSQL",
            $"{tally.Of(Fault.StoppedDatabase) + tally.Of(Fault.KilledInOutage)}");
        yield return ("backends of PostgreSQL killed with SIGKILL", $"{tally.Of(Fault.KilledBackend)}");
        yield return ("all connections cut at both ends", $"{tally.Of(Fault.Cut)}");
        yield return ("all connections half-open", $"{tally.Of(Fault.HalfOpen)}");
        yield return ("connections cut between a commit and its answer", $"{tally.Of(Fault.LostAnswer)}");
        yield return ("stalls, slow networks", $"{tally.Of(Fault.Stalled)}, {tally.Of(Fault.Slow)}");
        yield return ("webhooks delivered", $"{gate.Delivered}");
        yield return ("of all: sent twice, overtaken, late, lost",
            $"{gate.Duplicated}, {gate.Reordered}, {gate.Late}, {gate.Dropped}");
        yield return ("sessions acknowledged", $"{journal.Sales.Count}");
        yield return ("of them confirmed, expired, cancelled, failed",
            $"{outcome.Count("CONFIRMED")}, {outcome.Count("EXPIRED")}, {outcome.Count("CANCELLED")}, "
            + $"{outcome.Count("FAILED")}");
        yield return ("payments by phone that went back", $"{outcome.Books?.Refunds.Count}");
        yield return ("requests sent again with the same key", $"{journal.Retries}");
        yield return ("answers asked for once more, compared byte by byte", $"{journal.Replays}");
        foreach (var fault in new[] { Fault.KilledHost, Fault.StoppedDatabase, Fault.HalfOpen })
        {
            if (tally.RecoveryFrom(fault) is var (median, longest))
                yield return ($"ready again after {Name(fault)}: median, longest",
                    $"{median.TotalSeconds:F1} s, {longest.TotalSeconds:F1} s");
        }

        foreach (var fault in new[] { Fault.KilledHost, Fault.LostHost, Fault.PausedHost })
        {
            if (tally.WaitsIn(fault) is var (median, longest))
                yield return ($"longest wait for an answer at {Name(fault)}: median, longest",
                    $"{median.TotalSeconds:F1} s, {longest.TotalSeconds:F1} s");
        }

        yield return ("violations", $"{outcome.Violations.Count}");
        yield return ("unknown", $"{outcome.Unknown.Count}");
    }

    private static string Name(Fault fault) => fault switch
    {
        Fault.KilledHost => "a kill",
        Fault.LostHost => "a kill without a start",
        Fault.PausedHost => "a pause",
        Fault.StoppedDatabase => "a stop of PostgreSQL",
        _ => "half-open connections",
    };

    private static string Word(Outcome outcome) => outcome.Verdict switch
    {
        Checker.Verdict.Ok => "ok",
        Checker.Verdict.Violation => "violation",
        Checker.Verdict.Unknown => "unknown",
        Checker.Verdict.ProvedNothing => "proved nothing",
    };
}
