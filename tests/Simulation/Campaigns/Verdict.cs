namespace JikoXpress.Simulation.Campaigns;

/// <param name="Law">The promise that was broken.</param>
internal sealed record Finding(string Law, string Detail);

/// <summary>What came of one run.</summary>
/// <param name="Fingerprint">Of everything that happened, in order: two runs with the same one were the same.</param>
/// <param name="Events">Pieces of code that ran, each at a moment that the schedule picked.</param>
/// <param name="Last">The last lines of the trace.</param>
internal sealed record Verdict(
    ulong Seed, ulong Fingerprint, long Events, TimeSpan VirtualTime, Finding? Finding, Census Census,
    IReadOnlyCollection<string> Last);
