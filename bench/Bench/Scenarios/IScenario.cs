using JikoXpress.Bench.Reporting;

namespace JikoXpress.Bench.Scenarios;

/// <summary>One thing to measure, with servers of its own over databases of its own.</summary>
internal interface IScenario
{
    /// <summary>For --only.</summary>
    string Name { get; }

    Task Measure(Setup setup, Report report);
}
