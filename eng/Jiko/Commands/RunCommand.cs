using System.Diagnostics;
using System.Security.Cryptography;
using JikoXpress.Jiko.Postgres;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The product on this machine, with all that it needs, until Ctrl-C.</summary>
internal sealed class RunCommand(Checkout checkout, RunCommand.Wishes wishes, Interruption interruption)
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Aggregators = ["simulator", "clickpesa", "azampay", "snippe", "pawapay"];

    /// <summary>What stops first stands last.</summary>
    private readonly Stack<(string Title, Child Program)> running = new();

    private readonly Dictionary<string, string> settings = [];
    private readonly string silo = checkout.PathOf("src/Silo");

    private PostgresServer? postgres;

    public static CliCommand Define(Checkout checkout)
    {
        var port = Options.Number("--port", 1, 65_535, 5080, "The port of the web API.");
        var database = Options.Text("--postgres", "CONNECTION",
            "Use this database (Npgsql connection string) instead of a PostgreSQL of its own. JIKO_POSTGRES in the "
            + "environment does the same.");
        var bare = Options.Flag("--no-demo",
            "Without the demo kitchen, its staff and GET /demo, and without the mobile-money simulator.");
        var aggregator = Options.Text("--aggregator", "NAME",
            $"The aggregator that the simulator speaks as: {string.Join(", ", Aggregators)}. JIKO_AGGREGATOR in the "
            + "environment does the same.");
        aggregator.Validators.Add(given =>
        {
            var name = given.GetValue(aggregator);
            if (!Aggregators.Contains(name))
                given.AddError($"There is no aggregator '{name}'; there are {string.Join(", ", Aggregators)}.");
        });
        var cluster = Options.Flag("--cluster",
            "Two Orleans silos, and the web API as their client, instead of everything in one process.");
        var command = new CliCommand("run",
            "Build the product and run it with a PostgreSQL of its own, a demo kitchen in it and phones to pay.")
        {
            port, database, bare, aggregator, cluster,
        };
        command.Ends("""
            One Orleans silo serves the web API on http://127.0.0.1:<port> until Ctrl-C. The data stays: the next run
            finds it. A second run on another port shares the first one's PostgreSQL.
            """);
        command.Does((given, interruption) => new RunCommand(
            checkout,
            new Wishes(
                given.GetValue(port), given.GetValue(database) ?? Variable("JIKO_POSTGRES"), !given.GetValue(bare),
                given.GetValue(aggregator), given.GetValue(cluster)),
            interruption).Run());
        return command;
    }

    /// <returns>The web API's exit code when it ended by itself; 0 after an interruption.</returns>
    public async Task<int> Run()
    {
        await RefuseTakenPort(wishes.Port);
        try
        {
            var connection = await Database();
            interruption.Token.ThrowIfCancellationRequested();
            Screen.Step("Building");
            var program = await DotNet.Build(checkout, "src/Silo", interruption.Token);
            settings["JIKO_POSTGRES"] = connection;
            settings["JIKO_DEMO"] = wishes.Demo ? "true" : "false";
            if (wishes.Aggregator is not null) settings["JIKO_AGGREGATOR"] = wishes.Aggregator;
            // The demo is refused in Production, which is what ASP.NET takes for granted.
            if (wishes.Demo && Variable("ASPNETCORE_ENVIRONMENT") is null)
                settings["ASPNETCORE_ENVIRONMENT"] = "Development";
            if (wishes.Demo && Variable("JIKO_SIMULATOR") is null) await StartSimulator();
            if (wishes.Cluster) await StartSilos(program);
            Screen.Step($"Starting the web API on port {wishes.Port}");
            var web = await StartHost("the web API", program, wishes.Port, wishes.Cluster ? "web" : null, log: null);
            Announce();
            return await web.Ended(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await Stop();
        }
    }

    /// <exception cref="Failure">Another program listens there.</exception>
    internal static async Task RefuseTakenPort(int port)
    {
        if (Ports.IsFree(port)) return;
        var listening = await new Command("lsof", "-nP", "-t", $"-iTCP:{port}", "-sTCP:LISTEN").Run();
        var owner = "";
        if (int.TryParse(listening.Output.Split('\n')[0], out var process))
            owner = $" by process {process} ({string.Concat((await Processes.LineOf(process)).Take(80)).TrimEnd()})";
        throw new Failure($"port {port} of 127.0.0.1 is in use{owner}; choose another with --port {port % 65_535 + 1}");
    }

    private async Task<string> Database()
    {
        Screen.Step("PostgreSQL");
        if (wishes.Postgres is not null)
        {
            Screen.Say("as given");
            return wishes.Postgres;
        }

        postgres = await PostgresServer.StartLasting(checkout.Root, Environment.ProcessId);
        return postgres.ConnectionAs("jiko", "jiko");
    }

    /// <summary>
    /// Ten ports above the web API where that is free, with a secret of this run. Both are told to the web API.
    /// </summary>
    private async Task StartSimulator()
    {
        Screen.Step("Mobile-money simulator");
        var program = await DotNet.Build(checkout, "src/Simulator", interruption.Token);
        var port = wishes.Port + 10;
        if (port > 65_535 || !Ports.IsFree(port)) port = Ports.Free();
        settings["JIKO_SIMULATOR"] = $"http://127.0.0.1:{port}";
        settings["JIKO_SIMULATOR_SECRET"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var start = With(settings, DotNet.Program(checkout.PathOf("src/Simulator"), program));
        start.Environment["JIKO_SIMULATOR_PRODUCT"] = $"http://127.0.0.1:{wishes.Port}";
        start.Environment["ASPNETCORE_URLS"] = settings["JIKO_SIMULATOR"];
        running.Push(("the simulator", await Child.StartApart(start, checkout.Log("simulator.log"))));
        Screen.Say(settings["JIKO_SIMULATOR"]);
    }

    /// <summary>Each says at /health/ready of its own port whether it has joined, and has a log of its own.</summary>
    private async Task StartSilos(string program)
    {
        Screen.Step("Starting two silos");
        foreach (var name in (string[])["silo-1", "silo-2"])
        {
            var health = Ports.Free();
            var log = checkout.Log($"{name}.log");
            var child = await StartHost(name, program, health, "silo", log);
            Screen.Say($"{name}: process {child.Id}, http://127.0.0.1:{health}/health/ready, {log}");
        }
    }

    /// <summary>In the project's folder, as dotnet run does, so that it finds its files.</summary>
    /// <param name="role">Null is everything in one process.</param>
    private async Task<Child> StartHost(string title, string program, int port, string? role, string? log)
    {
        var start = With(settings, DotNet.Program(silo, program, role is null ? [] : ["--role", role]));
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        // Whoever runs on one database is one cluster.
        start.Environment["JIKO_SILO_PORT"] = $"{Ports.Free()}";
        start.Environment["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}";
        var child = await Child.StartApart(start, log);
        running.Push((title, child));
        await Ready(title, child, port, log);
        return child;
    }

    private async Task Ready(string title, Child child, int port, string? log)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var address = new Uri($"http://127.0.0.1:{port}/health/ready");
        var clock = Stopwatch.StartNew();
        for (var answer = "nothing"; answer != "200"; answer = await Status(http, address))
        {
            if (child.HasEnded)
            {
                var code = await child.Ended(interruption.Token);
                var said = log is null ? "" : await File.ReadAllTextAsync(log);
                throw new Failure($"{title} ended before it was ready, with exit code {code}", said)
                {
                    Code = code == 0 ? 1 : code,
                };
            }

            if (clock.Elapsed > ReadyWithin)
            {
                throw new Failure(
                    $"{title} is not ready after {ReadyWithin.TotalSeconds} s: GET /health/ready answers '{answer}'");
            }

            await Task.Delay(Interval, interruption.Token);
        }
    }

    private async Task<string> Status(HttpClient http, Uri address)
    {
        try
        {
            using var response = await http.GetAsync(address, interruption.Token);
            return $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException)
        {
            return "nothing";
        }
        catch (OperationCanceledException) when (!interruption.Token.IsCancellationRequested)
        {
            return "nothing in time";
        }
    }

    private void Announce()
    {
        var address = $"http://127.0.0.1:{wishes.Port}";
        Console.WriteLine();
        Screen.Step("JikoXpress is ready");
        Screen.Say($"API           {address}/api/v1");
        Screen.Say($"Try it        {address}/docs");
        Screen.Say($"OpenAPI       {address}/openapi/v1.json");
        if (wishes.Demo) Screen.Say($"Demo kitchen  {address}/demo    (tokens, menu)");
        if (settings.TryGetValue("JIKO_SIMULATOR", out var phones) || (phones = Variable("JIKO_SIMULATOR")) is not null)
            Screen.Say($"Phones        {phones}/_sim/ledger    (what left them)");
        if (postgres is not null) Screen.Say($"Database      {postgres.PsqlLine}");
        if (wishes.Demo) Console.WriteLine(FirstSale(address));
        Console.WriteLine();
        Screen.Say("Ctrl-C stops it. The data stays.");
        Console.WriteLine();
    }

    /// <summary>What to paste into another terminal: a cash sale.</summary>
    private static string FirstSale(string address) => $$$"""

            A first sale, to paste into another terminal:

        eval "$(curl -s {{{address}}}/demo/env)"
        curl -si {{{address}}}/api/v1/checkout-sessions \
          -H "Authorization: Bearer $CASHIER" -H 'Content-Type: application/json' \
          -d '{"sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
               "items": [{"menuId": "'$PILAU'", "quantity": 1}],
               "payments": [{"paymentMethod": "CASH", "amount": '$PILAU_PRICE'}]}'
        """;

    /// <summary>The web API first, so that it can finish what it is doing, then silos, phones and database.</summary>
    private async Task Stop()
    {
        if (running.Any(one => !one.Program.HasEnded))
        {
            Console.WriteLine();
            Screen.Step("Stopping");
        }

        while (running.TryPop(out var last))
        {
            if (!await last.Program.Stop(StoppedWithin))
                Screen.Warn($"{last.Title} did not stop within {StoppedWithin.TotalSeconds} s and was killed");
        }

        if (postgres is not null) await postgres.Stop();
    }

    private static ProcessStartInfo With(IReadOnlyDictionary<string, string> settings, ProcessStartInfo start)
    {
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <param name="Postgres">The connection string of a database that is there; null starts one.</param>
    internal sealed record Wishes(int Port, string? Postgres, bool Demo, string? Aggregator, bool Cluster);
}
