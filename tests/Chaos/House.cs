using JikoXpress.Chaos.Clients;
using JikoXpress.Chaos.Nemesis;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Proxy;
using JikoXpress.Jiko;

namespace JikoXpress.Chaos;

/// <summary>
/// All that runs: PostgreSQL, the network before it, the hosts and what clients see of them, the phones, and the gate
/// that webhooks come through.
/// </summary>
internal sealed record House(
    CampaignPostgres Postgres, DatabaseProxy Network, WebhookGate Webhooks, Phones Phones,
    IReadOnlyList<HostProcess> Hosts, IReadOnlyList<HostProcess> Fronts, string OperatorKey) : IAsyncDisposable
{
    private const string Secret = "the-phones-and-the-product-of-this-campaign-know-it";
    private const string Key = "whoever-runs-this-campaign-is-its-operator";

    internal required Scratch Scratch { get; init; }

    /// <summary>What has to be stopped, the last first.</summary>
    internal required Stack<IAsyncDisposable> Running { get; init; }

    public Site Site(Journal journal) => new(Hosts, Fronts, Postgres, Network, Webhooks, Phones, journal);

    /// <summary>Logs stay where they are, for people.</summary>
    public string KeepLogs()
    {
        Scratch.Keep = true;
        return Scratch.Folder;
    }

    public static async Task<House> Build(Orders orders, Dice dice)
    {
        var scratch = new Scratch();
        var running = new Stack<IAsyncDisposable>();
        T Started<T>(T thing) where T : IAsyncDisposable
        {
            running.Push(thing);
            return thing;
        }

        try
        {
            var postgres = Started(await CampaignPostgres.Make(scratch.Inner("postgres")));
            var network = Started(new DatabaseProxy(Ports.Free(), postgres.Port));
            var webhooks = Started(await WebhookGate.Open(Ports.Free(), dice.Fork()));
            var simulator = new HostProcess("simulator", new HostProgram(
                orders.Simulator, scratch.Inner("simulator"), "/_sim/deliveries", new Dictionary<string, string>
                {
                    ["JIKO_SIMULATOR_SECRET"] = Secret,
                    ["JIKO_SIMULATOR_PRODUCT"] = webhooks.Address.ToString(),
                }));
            var phones = Started(new Phones(simulator));
            await simulator.Start();
            HostProcess Host(string name, string role) => Started(new HostProcess(name, new HostProgram(
                orders.Product, scratch.Inner(name), "/health/ready", new Dictionary<string, string>
                {
                    ["JIKO_POSTGRES"] = CampaignPostgres.ProductLogin(network.Port),
                    ["JIKO_OPERATOR_KEY"] = Key,
                    ["JIKO_SIMULATOR"] = simulator.Address.ToString(),
                    ["JIKO_SIMULATOR_SECRET"] = Secret,
                    ["JIKO_ROLE"] = role,
                    ["JIKO_SILO_PORT"] = $"{Ports.Free()}",
                    ["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}",
                })));
            List<HostProcess> hosts =
            [
                .. Enumerable.Range(1, orders.Hosts)
                    .Select(number => Host($"host-{number}", orders.IsCluster ? "silo" : "all")),
            ];
            foreach (var host in hosts) await host.Start();
            // Where the hosts are silos, clients see a front end only.
            var fronts = orders.IsCluster ? [Host("front", "web")] : hosts;
            if (orders.IsCluster) await fronts[0].Start();
            webhooks.LeadTo([.. fronts.Select(front => front.Address)]);
            return new House(postgres, network, webhooks, phones, hosts, fronts, Key)
            {
                Scratch = scratch,
                Running = running,
            };
        }
        catch
        {
            await TearDown(scratch, running);
            throw;
        }
    }

    public ValueTask DisposeAsync() => TearDown(Scratch, Running);

    private static async ValueTask TearDown(Scratch scratch, Stack<IAsyncDisposable> running)
    {
        while (running.TryPop(out var thing)) await thing.DisposeAsync();
        scratch.Dispose();
    }
}
