using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>
/// Somebody floods the webhooks of each aggregator with forged ones, in its own wire format, from another address than
/// the aggregator's: what do guests notice whose genuine payment is told of meanwhile? Each flood is divided by the
/// quiet time just before it. The limits are those of a process in use.
/// </summary>
internal sealed class Forged : IScenario
{
    public const string Named = "forged";

    private const double GenuineInSecond = 20;

    /// <summary>Below the limit of an address: each of them is verified. And above it.</summary>
    private const double Verified = 400, Flooding = 2_000;

    private const int Forgers = 1_000;

    private static readonly string[] Aggregators = ["clickpesa", "azampay", "snippe", "pawapay"];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        var time = TimeSpan.FromSeconds(Math.Max(5, setup.Time.TotalSeconds));
        foreach (var aggregator in Aggregators) await Measure(setup, report, aggregator, time);
    }

    private static async Task Measure(Setup setup, Report report, string aggregator, TimeSpan time)
    {
        await using var simulator = await Server.Start(
            setup.SimulatorProgram, "/_sim/ledger", new Dictionary<string, string>
            {
                ["JIKO_SIMULATOR_SECRET"] = Product.Secret,
                ["JIKO_AGGREGATOR"] = aggregator,
            });
        await using var product = await Product.Start(
            setup, simulator.Url, more: new Dictionary<string, string>
            {
                ["JIKO_AGGREGATOR"] = aggregator,
                ["JIKO_RATE_WEBHOOK"] = "500/1000",
            });
        using var drafts = new Drafts(simulator, product.Server);
        await drafts.Begin();
        await ClosedLoop.Run(product.Server.Address, Flows.CashSales(Kitchens.Count), 16, WarmUp);

        var each = (int)(GenuineInSecond * time.TotalSeconds);
        await Genuine(product.Server, await drafts.Sales(each), drafts, time);
        await Beside("verified", Verified, wrongPath: false);
        await Beside("above the limit", Flooding, wrongPath: false);
        await Beside("to a wrong path", Flooding, wrongPath: true);
        if (await product.BrokenLaws() is { Count: > 0 } broken) report.Withhold($"{Named} {aggregator}", broken);

        async Task Beside(string what, double inSecond, bool wrongPath)
        {
            var (calm, stormy) = (await drafts.Sales(each), await drafts.Sales(each));
            var forged = await drafts.Forged(stormy, wrongPath);
            var quiet = await Genuine(product.Server, calm, drafts, time);
            var flood = Crowd.Run(
                product.Server.Address, number => forged[number % forged.Length], Forgers, inSecond, time, Elsewhere);
            var meanwhile = await Genuine(product.Server, stormy, drafts, time);
            var refused = await flood;
            var share = refused.PerSecond(TimeSpan.MaxValue, 401, 429) / refused.SentPerSecond;
            report.Goal(
                $"{aggregator}, forged {what} ({refused.SentPerSecond:N0}/s sent, {refused.NotSentPerSecond:N0}/s held "
                + "back): genuine ones confirmed, p95 / when it is quiet",
                $"{meanwhile:N1} ms", $"{quiet:N1} ms", meanwhile / quiet, Goal.AtMost(2, 1.2));
            report.Goal(
                $"{aggregator}, forged {what}: answered 401 or 429", $"{share:P1}", "-", share, Goal.AtLeast(1, 1));
        }
    }

    /// <summary>From when the webhook was due to where its session is confirmed, p95 in milliseconds.</summary>
    private static async Task<double> Genuine(Server server, Sale[] sales, Drafts drafts, TimeSpan time)
    {
        var webhooks = await drafts.Genuine(sales);
        var result = await OpenLoop.Run(
            server.Address,
            async (connection, number) =>
            {
                var sale = sales[number];
                await connection.Send(webhooks[number], 200);
                for (var tag = sale.Tag; ;)
                {
                    var seen = await connection.Send(
                        Request.Get($"{Flows.Sessions}/{sale.Id}?waitSeconds=30", sale.Token, tag), 200);
                    if (seen.Text("\"status\":\""u8) is "CONFIRMED") return;
                    tag = seen.Tag;
                }
            },
            GenuineInSecond, time);
        return result.Latency.P95;
    }

    /// <summary>A sale whose guest is asked to pay.</summary>
    internal sealed record Sale(string Id, string Token, string Tag, string Phone);

    /// <summary>What an aggregator would send, written by the simulator and sent by this program.</summary>
    private sealed class Drafts(Server simulator, Server product) : IDisposable
    {
        private readonly HttpClient http = new() { BaseAddress = new Uri(simulator.Url) };

        /// <summary>Signatures may be over the address to which a webhook goes.</summary>
        public async Task Begin()
        {
            using var told = await http.PostAsync($"/_sim/product?address={product.Url}", content: null);
            told.EnsureSuccessStatusCode();
        }

        public Task<Sale[]> Sales(int count) => Flows.OpenRungSales(product, count);

        public async Task<byte[][]> Genuine(Sale[] sales)
        {
            var written = new byte[sales.Length][];
            for (var number = 0; number < sales.Length; number++)
                written[number] = await Write(sales[number], forged: false, wrongPath: false);
            return written;
        }

        /// <summary>Of payments that wait.</summary>
        public async Task<byte[][]> Forged(Sale[] sales, bool wrongPath)
        {
            var written = new byte[Math.Min(50, sales.Length)][];
            for (var number = 0; number < written.Length; number++)
                written[number] = await Write(sales[number], forged: true, wrongPath);
            return written;
        }

        public void Dispose() => http.Dispose();

        private async Task<byte[]> Write(Sale sale, bool forged, bool wrongPath)
        {
            var draft = await Draft(sale.Phone, forged);
            var path = draft.GetProperty("path").GetString()!;
            var headers = new StringBuilder();
            foreach (var header in draft.GetProperty("headers").EnumerateArray())
                headers.Append(
                    CultureInfo.InvariantCulture,
                    $"{header.GetProperty("name").GetString()}: {header.GetProperty("value").GetString()}\r\n");
            return Request.Post(
                wrongPath ? $"{path[..^4]}0000" : path, token: null, draft.GetProperty("body").GetString()!,
                headers.ToString(), product.Address.ToString());
        }

        /// <summary>The product rings the phone a moment after the sale is open.</summary>
        private async Task<JsonElement> Draft(string phone, bool forged)
        {
            var address = $"/_sim/draft?phone={Uri.EscapeDataString(phone)}&amount={Flows.Total}&forged={forged}";
            for (var tries = 0; tries < 200; tries++)
            {
                using var answer = await http.GetAsync(address);
                if (answer.IsSuccessStatusCode) return await answer.Content.ReadFromJsonAsync<JsonElement>();
                await Task.Delay(50);
            }

            throw new TimeoutException("A phone was not rung.");
        }
    }
}
