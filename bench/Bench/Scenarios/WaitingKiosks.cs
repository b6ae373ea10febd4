using System.Diagnostics;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Ten thousand kiosks, each on a connection of its own, that wait for their slip to be paid.</summary>
internal sealed class WaitingKiosks : IScenario
{
    private const int Kiosks = 10_000;
    private const int Paid = 500;

    /// <summary>They do not all ask at the same instant, which would be refused as an attack.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    public string Name => "parked";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        var slips = await Flows.OpenSlips(product.Server, Kiosks);
        var before = await Memory.Resident(product.Server);
        var connections = await Connections.Open(product.Server.Address, Kiosks);
        var heard = new long[Kiosks];
        var answers = new List<Task>(Kiosks);
        foreach (var some in Enumerable.Range(0, Kiosks).Chunk(AtOnce))
        {
            answers.AddRange(some.Select(index => Task.Run(async () =>
            {
                var wait = Request.Get($"{slips[index].Path}?waitSeconds=30", slips[index].Token, slips[index].Tag);
                await connections[index].Send(wait, index < Paid ? 200 : 304);
                heard[index] = Stopwatch.GetTimestamp();
            })));
            await Task.Delay(Apart);
        }

        var parked = await Memory.Resident(product.Server);

        var idle = await Cost.SoFar(product.Server, product.Database);
        await Task.Delay(Watched);
        var cost = await Cost.SoFar(product.Server, product.Database) - idle;

        var late = await Pay(product.Server, slips[..Paid]);
        await Task.WhenAll(answers);
        foreach (var connection in connections) connection.Dispose();
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold("parked kiosks", broken);
            return;
        }

        var each = (parked - before) / Kiosks / 1000;
        report.Goal(
            $"memory per parked kiosk, {Kiosks:N0} connected", $"{each:N2} KB", "-", each, Goal.AtMost(15, 10, " KB"));
        var share = cost.Host / Watched.TotalSeconds * 100;
        report.Goal("CPU while they wait, of one core", $"{share:N1} %", "-", share, Goal.AtMost(5, 2, " %"));
        double[] delays =
        [
            .. late.Select((answered, index) => (heard[index] - answered) * 1000.0 / Stopwatch.Frequency),
        ];
        Array.Sort(delays);
        report.Goal(
            "from the payment's answer to the kiosk's, p99", $"{delays[Paid * 99 / 100]:N1} ms", "-",
            delays[Paid * 99 / 100], Goal.AtMost(50, 20, " ms"));
    }

    /// <summary>When each cashier had the answer.</summary>
    private static async Task<long[]> Pay(Server server, (string Path, string Token, string Tag)[] slips)
    {
        using var cashier = await Connection.Open(server.Address);
        var answered = new long[slips.Length];
        for (var index = 0; index < slips.Length; index++)
        {
            var payment = $$"""{"payments":[{"paymentMethod":"CASH","amount":{{3 * Kitchens.Price}}}]}""";
            await cashier.Send(
                Request.Post($"{slips[index].Path}/confirm-slip", slips[index].Token, payment), 200);
            answered[index] = Stopwatch.GetTimestamp();
        }

        return answered;
    }
}
