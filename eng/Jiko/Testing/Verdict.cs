namespace JikoXpress.Jiko.Testing;

/// <summary>What the run of one test project counts for.</summary>
/// <param name="Complaint">What went wrong beside the tests, one failure more; null for nothing.</param>
internal sealed record Verdict(Tally Tally, string? Complaint)
{
    /// <summary>Exit codes of Microsoft.Testing.Platform.</summary>
    private const int Good = 0, TestsFailed = 2, NothingFound = 8;

    /// <summary>The exit code of a run that was ended because it did not end, as the program timeout has it.</summary>
    public const int Endless = 124;

    /// <summary>
    /// The tests themselves are not all of it: the process that runs them can crash, hang, never start or find nothing
    /// to run, and must not look like a success then.
    /// </summary>
    /// <param name="code">The exit code of the run.</param>
    /// <param name="report">What the tests' own report says; null where they did not come to write a whole one.</param>
    /// <param name="filtered">Whether only some tests were wanted: of a project nothing may be left then.</param>
    public static Verdict Of(int code, Tally? report, bool filtered)
    {
        var tally = report ?? default;
        var complaint = code switch
        {
            Good when report is null => "the tests ended well, but their report is missing or cut off",
            Good or NothingFound when filtered && tally.Total == 0 => null,
            Good or NothingFound when tally.Total == 0 => "no test ran",
            Good when tally.Failed == 0 => null,
            TestsFailed when tally.Failed > 0 => null,
            Endless => "the test run did not end and was killed",
            _ => $"the test run ended with exit code {code} before its end",
        };
        return complaint is null
            ? new Verdict(tally, null)
            : new Verdict(tally + Tally.OneFailure, complaint);
    }
}
