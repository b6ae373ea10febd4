using System.Diagnostics;
using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Ten thousand kiosks, each on a connection of its own, that wait for their slip to be paid.</summary>
internal sealed class WaitingKiosks : IScenario
{
    private const int Kiosks = 10_000;
    private const int Paid = 500;
    private const int Warm = 1_000;

    /// <summary>They do not all ask at the same instant, which would be refused as an attack.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(15);

    public string Name => "parked";

    public async Task Measure(Setup setup, Report report)
    {
        await MeasureMemory(setup, report);
        await MeasureAnswers(setup, report);
    }

    /// <summary>Warm: what the compiler holds while it works would count for the kiosks.</summary>
    private static async Task MeasureMemory(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup, forMemory: true);
        await WarmUp.Run(product.Server, Flows.Slips(Kitchens.Count), 64);
        var slips = await Flows.OpenSlips(product.Server, Kiosks);
        await WaitAndGo(product.Server, slips[..Warm]);

        var before = await Memory.Resident(product.Server);
        await using var parked = await Parked.Begin(product.Server, slips[Warm..]);
        var each = (await Memory.Resident(product.Server) - before) / (Kiosks - Warm) / 1000;
        await parked.Answers(paid: 0);
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold("memory per parked kiosk", broken);
            return;
        }

        report.Goal(
            $"memory per parked kiosk, {Kiosks - Warm:N0} connected", $"{each:N2} KB", "-", each,
            Goal.AtMost(15, 10, " KB"));
    }

    /// <summary>Warm: what waiting costs is a few hundredths of a core, and code that is compiled costs more.</summary>
    private static async Task MeasureAnswers(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        await WarmUp.Run(product.Server, Flows.Slips(Kitchens.Count), 64);
        await WaitAndGo(product.Server, await Flows.OpenSlips(product.Server, Warm));
        var slips = await Flows.OpenSlips(product.Server, Kiosks);
        await using var parked = await Parked.Begin(product.Server, slips);

        var idle = await Cost.SoFar(product.Server, product.Database);
        await Task.Delay(Watched);
        var cost = await Cost.SoFar(product.Server, product.Database) - idle;

        var paidAt = await Pay(product.Server, slips[..Paid]);
        var heard = await parked.Answers(Paid);
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold("parked kiosks", broken);
            return;
        }

        var share = cost.Host / Watched.TotalSeconds * 100;
        report.Goal("CPU while they wait, of one core", $"{share:N1} %", "-", share, Goal.AtMost(5, 2, " %"));
        double[] delays =
        [
            .. paidAt.Select((answered, index) => (heard[index] - answered) * 1000.0 / Stopwatch.Frequency),
        ];
        Array.Sort(delays);
        report.Goal(
            "from the payment's answer to the kiosk's, p99", $"{delays[Paid * 99 / 100]:N1} ms", "-",
            delays[Paid * 99 / 100], Goal.AtMost(50, 20, " ms"));
    }

    /// <summary>Kiosks that come before the others: none of those is to blame for code that is compiled then.</summary>
    private static async Task WaitAndGo(Server server, (string Path, string Token, string Tag)[] slips)
    {
        await using var first = await Parked.Begin(server, slips);
        await Pay(server, slips[..Paid]);
        await first.Answers(Paid);
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

    /// <summary>Kiosks that wait, each on a connection of its own.</summary>
    private sealed class Parked(IReadOnlyList<Connection> connections) : IAsyncDisposable
    {
        private readonly List<Task<(int Status, long At)>> answers = [];

        public static async Task<Parked> Begin(Server server, (string Path, string Token, string Tag)[] slips)
        {
            var parked = new Parked(await Connections.Open(server.Address, slips.Length));
            foreach (var some in Enumerable.Range(0, slips.Length).Chunk(AtOnce))
            {
                parked.answers.AddRange(some.Select(index => Task.Run(() => parked.Wait(index, slips[index]))));
                await Task.Delay(Apart);
            }

            return parked;
        }

        /// <summary>
        /// When each was answered; the first ones that their slip is paid, and the others that it is not.
        /// </summary>
        public async Task<long[]> Answers(int paid)
        {
            var all = await Task.WhenAll(answers);
            foreach (var (index, answer) in all.Index())
            {
                if (answer.Status != (index < paid ? 200 : 304))
                    throw new InvalidOperationException($"A kiosk was answered {answer.Status}.");
            }

            return [.. all.Select(answer => answer.At)];
        }

        public ValueTask DisposeAsync()
        {
            foreach (var connection in connections) connection.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<(int Status, long At)> Wait(int index, (string Path, string Token, string Tag) slip)
        {
            var answer = await connections[index].Ask(
                Request.Get($"{slip.Path}?waitSeconds=30", slip.Token, slip.Tag));
            return (answer.Status, Stopwatch.GetTimestamp());
        }
    }
}
