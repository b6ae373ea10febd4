using System.Text;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;
using Npgsql;

namespace JikoXpress.Bench.Scenarios;

/// <summary>
/// Somebody who means harm, from one address: what do those notice who sell, pay and settle meanwhile? Each abuse is
/// divided by the quiet time just before it. The limits are those of a process in use, but for the rates of
/// tokens and webhooks and the number of connections, which no run of the benchmark has.
/// </summary>
internal sealed class Abuse : IScenario
{
    public const string Named = "abuse";

    private const int Tills = 50;
    private const double SalesInSecond = 200;
    private const int Abuses = 3;

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        var time = TimeSpan.FromSeconds(Math.Max(10, setup.Time.TotalSeconds));
        await using var busy = await BusyProduct.Start(setup, 2 * Abuses * time);

        async Task Beside(string abuse, Func<CancellationToken, Task<string>> commit)
        {
            var quiet = await Genuine(busy, time);
            using var over = new CancellationTokenSource();
            var committed = commit(over.Token);
            var meanwhile = await Genuine(busy, time);
            await over.CancelAsync();
            Tell(report, $"{abuse} ({await committed})", quiet, meanwhile);
        }

        await busy.Product.Database.Run(
            """
            INSERT INTO jiko.credential (token_hash, kind, subject_id, kitchen_id, device_id, live_mode, created_at)
            VALUES ($1, 'TILL', $2, $2, $2, false, now())
            """,
            new NpgsqlParameter<byte[]> { TypedValue = Kitchens.Hash(Kitchens.TillToken) },
            new NpgsqlParameter<Guid> { TypedValue = Kitchens.Id(0) });
        await Beside("slow bodies", over => SlowBodies(busy.Server, over));
        await Beside("forged webhooks", _ => ForgedWebhooks(busy.Server, time));
        await Beside("sign-ins of one till", _ => SignIns(busy.Server, time));
        if (await busy.Product.BrokenLaws() is { Count: > 0 } broken) report.Withhold(Named, broken);
    }

    private static async Task<(CrowdResult Sales, CrowdResult Slips, CrowdResult Webhooks)> Genuine(
        BusyProduct busy, TimeSpan time)
    {
        var settled = busy.Settle(time);
        var sales = await Crowd.Run(
            busy.Server.Address, Flows.CashSaleRequests(Kitchens.Count), Tills, SalesInSecond, time);
        var (slips, webhooks) = await settled;
        return (sales, slips, webhooks);
    }

    /// <summary>95 a second, without a token: 6 KB of 60,000 bytes at once, and then 1.5 KB a second.</summary>
    private static async Task<string> SlowBodies(Server server, CancellationToken over)
    {
        const int InSecond = 95, AtFirst = 6_000, Then = 1_500;
        var head = Encoding.ASCII.GetBytes(
            $"POST {Flows.Sessions} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n" + new string(' ', AtFirst));
        var more = Encoding.ASCII.GetBytes(new string(' ', Then));
        var senders = new List<Task>();
        for (var sent = 0; !over.IsCancellationRequested; sent++)
        {
            senders.Add(SendSlowly(server, head, more, over));
            await Task.Delay(TimeSpan.FromSeconds(1.0 / InSecond), CancellationToken.None);
        }

        await Task.WhenAll(senders);
        return $"{senders.Count:N0} of them";
    }

    private static async Task SendSlowly(Server server, byte[] head, byte[] more, CancellationToken over)
    {
        try
        {
            using var connection = await Connection.Open(server.Address);
            await connection.Say(head);
            for (var part = 0; part < 36; part++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), over);
                await connection.Say(more);
            }
        }
        catch (Exception ended) when (ended is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            // The server has hung up, or the time is over.
        }
    }

    /// <summary>Two thousand a second, to the genuine path, with a signature that is none.</summary>
    private static async Task<string> ForgedWebhooks(Server server, TimeSpan time)
    {
        const int Connected = 200;
        const double InSecond = 2_000;
        var forged = Request.Post(
            $"/webhooks/payments/simulator/{Signing.PathToken}", token: null,
            """{"reference":"x","status":"SUCCESS"}""",
            "webhook-id: evt_x\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,bm90IGEgc2lnbmF0dXJl\r\n");
        var result = await Crowd.Run(server.Address, _ => forged, Connected, InSecond, time);
        return $"{result.SentPerSecond:N0}/s sent, {result.NotSentPerSecond:N0}/s held back";
    }

    /// <summary>495 in 25 s at one till, each with a wrong PIN.</summary>
    private static async Task<string> SignIns(Server server, TimeSpan time)
    {
        // Enough that nobody waits for the one before, as long as a PIN is looked at within 2 s.
        const int Connected = 40;
        const double InSecond = 495 / 25.0;
        // Another number each time: five wrong tries would lock one, and cost nothing from then on.
        var result = await Crowd.Run(
            server.Address,
            number => Request.Post(
                "/api/v1/staff-sessions", Kitchens.TillToken,
                $$"""{"staffNumber":{{1 + (number % 500)}},"pin":"0001"}"""),
            Connected, InSecond, time);
        return $"{result.SentPerSecond:N0}/s sent, {result.PerSecond(time, 429, 503):N0}/s refused unseen";
    }

    private static void Tell(
        Report report, string abuse, (CrowdResult Sales, CrowdResult Slips, CrowdResult Webhooks) quiet,
        (CrowdResult Sales, CrowdResult Slips, CrowdResult Webhooks) meanwhile)
    {
        Beside("sales", quiet.Sales, meanwhile.Sales, 201);
        Beside("slips paid", quiet.Slips, meanwhile.Slips, 200);
        Beside("webhooks", quiet.Webhooks, meanwhile.Webhooks, 200);

        void Beside(string what, CrowdResult before, CrowdResult during, int status)
        {
            var (calm, stormy) = (before.At(0.95, status), during.At(0.95, status));
            report.Goal(
                $"{abuse}: {what}, p95 / when it is quiet", $"{stormy:N1} ms", $"{calm:N1} ms", stormy / calm,
                Goal.AtMost(2, 1.2));
        }
    }
}
