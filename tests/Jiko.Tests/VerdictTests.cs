using JikoXpress.Jiko.Testing;

namespace JikoXpress.Jiko.Tests;

/// <summary>No way in which a test run can fail may look like a success.</summary>
public sealed class VerdictTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jiko-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // code, passed, failed, skipped, filtered; failures
    [InlineData(0, 5, 0, 1, false, 0)]
    [InlineData(0, 5, 0, 1, true, 0)]
    [InlineData(2, 5, 2, 0, false, 2)]
    [InlineData(8, 0, 0, 0, true, 0)]
    [InlineData(0, 0, 0, 0, true, 0)]
    // All tests were good, and the end was not: a test class could not be disposed of, say.
    [InlineData(2, 5, 0, 0, false, 1)]
    // The process died after its report.
    [InlineData(134, 5, 0, 0, false, 1)]
    [InlineData(7, 5, 1, 0, false, 2)]
    // Failures that the exit code knows nothing of.
    [InlineData(0, 5, 1, 0, false, 2)]
    // Nothing ran though everything was wanted.
    [InlineData(8, 0, 0, 0, false, 1)]
    [InlineData(0, 0, 0, 0, false, 1)]
    // Something ran, and the runner says that nothing did.
    [InlineData(8, 5, 0, 0, true, 1)]
    public void A_run_with_a_report_counts_its_tests_and_its_own_end(
        int code, int passed, int failed, int skipped, bool filtered, int failures)
    {
        var verdict = Verdict.Of(code, new Tally(passed, failed, skipped), filtered);

        Assert.Equal(new Tally(passed, failures, skipped), verdict.Tally);
        Assert.Equal(failures == failed, verdict.Complaint is null);
    }

    [Theory]
    [InlineData(0, false, "the tests ended well, but their report is missing or cut off")]
    [InlineData(0, true, "the tests ended well, but their report is missing or cut off")]
    [InlineData(8, false, "no test ran")]
    [InlineData(1, false, "the test run ended with exit code 1 before its end")]
    [InlineData(2, true, "the test run ended with exit code 2 before its end")]
    [InlineData(3, true, "the test run ended with exit code 3 before its end")]
    [InlineData(137, true, "the test run ended with exit code 137 before its end")]
    [InlineData(Verdict.Endless, true, "the test run did not end and was killed")]
    public void A_run_without_a_report_is_a_failure(int code, bool filtered, string complaint)
    {
        var verdict = Verdict.Of(code, report: null, filtered);

        Assert.Equal(Tally.OneFailure, verdict.Tally);
        Assert.Equal(complaint, verdict.Complaint);
    }

    [Fact]
    public void A_filter_may_leave_nothing_of_a_project() =>
        Assert.Equal(new Verdict(default, null), Verdict.Of(8, report: null, filtered: true));

    [Fact]
    public void A_report_is_read_by_the_outcome_of_each_test_and_an_unknown_one_is_a_failure()
    {
        var report = Report("""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="a" outcome="Passed" />
              <UnitTestResult testName="b" outcome="Passed"><Output>outcome="Failed"</Output></UnitTestResult>
              <UnitTestResult testName="c" outcome="Failed" />
              <UnitTestResult testName="d" outcome="NotExecuted" />
              <UnitTestResult testName="e" outcome="Timeout" />
              <UnitTestResult testName="f" />
            </Results></TestRun>
            """);

        Assert.Equal(new Tally(2, 3, 1), Tally.Read(report));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<TestRun><Results><UnitTestResult")]
    public void Half_a_report_is_none(string text) => Assert.Null(Tally.Read(Report(text)));

    [Fact]
    public void A_report_that_was_not_written_is_none() =>
        Assert.Null(Tally.Read(Path.Combine(folder, "nowhere", "report.trx")));

    [Fact]
    public void The_last_line_is_the_sum() => Assert.Equal(
        "7 passed, 2 failed, 1 skipped", $"{new Tally(5, 1, 1) + new Tally(2, 0, 0) + Tally.OneFailure}");

    private string Report(string text)
    {
        var file = Path.Combine(folder, "report.trx");
        File.WriteAllText(file, text);
        return file;
    }
}
