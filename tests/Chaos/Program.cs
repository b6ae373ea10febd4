using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using JikoXpress.Chaos;
using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Report;

// chaos <product's dll> <simulator's dll> <minutes> <seed> <hosts> <cluster: true or false>
if (args is not [var product, var simulator, var minutes, var seed, var hosts, var cluster])
{
    Console.Error.WriteLine("./jiko chaos runs this.");
    return 64;
}

var numbers = CultureInfo.InvariantCulture;
var length = TimeSpan.FromMinutes(double.Parse(minutes, numbers));
var orders = length == TimeSpan.Zero
    ? Orders.Short(product, simulator, ulong.Parse(seed, numbers))
    : Orders.Long(product, simulator, ulong.Parse(seed, numbers), int.Parse(hosts, numbers), length);
if (bool.Parse(cluster)) orders = orders.InCluster();
using var interrupted = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var clock = Stopwatch.StartNew();
await using var campaign = new Campaign(orders, line => Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {line}"));
try
{
    var outcome = await campaign.Run(interrupted.Token);
    Console.WriteLine();
    Console.WriteLine(Page.Of(outcome));
    if (outcome.Verdict is Verdict.Ok) return 0;
    Console.WriteLine($"the logs stay in {campaign.House.KeepLogs()}");
    return outcome.Verdict is Verdict.Violation ? 1 : outcome.Verdict is Verdict.Unknown ? 2 : 3;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.WriteLine("interrupted: no verdict");
    return 130;
}
