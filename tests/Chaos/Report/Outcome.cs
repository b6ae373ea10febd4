using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Clients;
using JikoXpress.Chaos.Nemesis;
using JikoXpress.Chaos.Proxy;

namespace JikoXpress.Chaos.Report;

/// <summary>How a campaign went.</summary>
/// <param name="Books">Null where they could not be read.</param>
/// <param name="Unknown">What nobody could find out.</param>
internal sealed record Outcome(
    Orders Orders, Tally Tally, Journal Journal, GateTally Gate, Books? Books, IReadOnlyList<Violation> Violations,
    IReadOnlyList<string> Unknown, TimeSpan Lasted)
{
    /// <summary>A broken promise comes first, then what is not known; where nothing happened is no proof.</summary>
    public Verdict Verdict => this switch
    {
        { Violations.Count: > 0 } => Verdict.Violation,
        { Unknown.Count: > 0 } => Verdict.Unknown,
        _ when Orders.Least.Missing(this).Any() => Verdict.ProvedNothing,
        _ => Verdict.Ok,
    };

    public int Count(string status) => Books?.Sessions.Count(row => row.Status == status) ?? 0;
}
