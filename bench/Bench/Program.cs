using JikoXpress.Bench;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Scenarios;
using JikoXpress.Bench.Servers;

// ./jiko bench: measures the product and, in the same run, what its figures are divided by. See docs/performance.md.

IReadOnlyList<IScenario> scenarios =
[
    new Cash(), new Hot(), new Slip(), new Poll(), new Webhook(), new WaitingKiosks(), new LiveMemory(), new Start(),
    new Million(), new Cluster(), new Overload(), new Abuse(), new Forged(),
];

try
{
    var setup = Setup.Of(args, [.. scenarios.Select(scenario => scenario.Name)]);
    var report = new Report();
    Console.Error.WriteLine("    the server's log");
    await WriteAheadLog.Make(setup.Cluster);
    foreach (var scenario in scenarios.Where(scenario => setup.Only.Contains(scenario.Name)))
    {
        Console.Error.WriteLine($"    {scenario.Name}");
        try
        {
            await WriteAheadLog.Free(setup.Cluster);
            await scenario.Measure(setup, report);
        }
        catch (Exception failure)
        {
            // What was measured before is still worth reading.
            Console.Error.WriteLine(failure);
            report.Fail(scenario.Name, failure.Message);
        }
    }

    var markdown = report.Markdown(await Machine.About(setup, TimeProvider.System.GetUtcNow()));
    Console.WriteLine(markdown);
    if (setup.Output is not null) await File.WriteAllTextAsync(setup.Output, markdown);
    return report.IsWhole ? 0 : 1;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"jiko: {wrong.Message}");
    return 2;
}
