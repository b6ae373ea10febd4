using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace JikoXpress.Bench.Servers;

/// <summary>Where the grains are: in one silo with the web API, or in two silos behind a front end.</summary>
internal enum Hosting { OneSilo = 1, TwoSilos }

/// <summary>JikoXpress itself, as it is run: over a new database with the kitchens in it.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-benchmark-and-its-aggregator";

    private const string Ready = "/health/ready";
    private const string Unlimited = "1000000/1000000";
    private const string OperatorKey = "the-operator-of-the-benchmark-0000000000";

    private Product(Server server, Database database)
    {
        Server = server;
        Database = database;
    }

    public Server Server { get; }

    public Database Database { get; }

    /// <param name="aggregator">The address of the one that rings no phones, where phones are to pay.</param>
    /// <param name="hosting">How its grains are hosted.</param>
    /// <param name="forMemory">
    /// With the workstation's collector, which gives what it collected back to the system at once: what is resident
    /// then is what is alive.
    /// </param>
    /// <param name="more">Settings that are other than usual.</param>
    /// <param name="items">In stock, of every dish.</param>
    public static async Task<Product> Start(
        Setup setup, string? aggregator = null, string database = "bench_product", Hosting hosting = Hosting.OneSilo,
        bool forMemory = false, IReadOnlyDictionary<string, string>? more = null, int items = Kitchens.Items)
    {
        var made = await Database.Make(setup.Cluster, database);
        var server = await StartOver(setup, made, aggregator, hosting, forMemory, more);
        await Fill(made, items);
        return new Product(server, made);
    }

    /// <summary>Starts it again over a database that has its schema.</summary>
    public static async Task<Server> StartOver(
        Setup setup, Database database, string? aggregator = null, Hosting hosting = Hosting.OneSilo,
        bool forMemory = false, IReadOnlyDictionary<string, string>? more = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Benchmark",
            ["JIKO_POSTGRES"] = database.ConnectionString,
            ["JIKO_OPERATOR_KEY"] = OperatorKey,
            ["Logging__LogLevel__Default"] = "Warning",
            // A few tokens stand for all the tills of the country.
            ["JIKO_RATE_TOKEN"] = Unlimited,
            ["JIKO_RATE_WEBHOOK"] = Unlimited,
            ["JIKO_WAITING"] = Unlimited,
            ["JIKO_CONNECTIONS"] = Unlimited,
        };
        if (forMemory) environment["DOTNET_gcServer"] = "0";
        if (aggregator is not null)
        {
            environment["JIKO_SIMULATOR"] = aggregator;
            environment["JIKO_SIMULATOR_SECRET"] = Secret;
        }

        foreach (var (name, value) in more ?? new Dictionary<string, string>()) environment[name] = value;
        return hosting switch
        {
            Hosting.OneSilo => await InRole(setup, environment, "all"),
            Hosting.TwoSilos => await InRole(
                setup, environment, "web",
                [await InRole(setup, environment, "silo"), await InRole(setup, environment, "silo")]),
        };
    }

    private static Task<Server> InRole(
        Setup setup, IReadOnlyDictionary<string, string> environment, string role, IReadOnlyList<Server>? behind = null)
    {
        var inRole = new Dictionary<string, string>(environment)
        {
            ["JIKO_ROLE"] = role,
            ["JIKO_SILO_PORT"] = $"{Server.FreePort()}",
            ["JIKO_GATEWAY_PORT"] = $"{Server.FreePort()}",
        };
        return Server.Start(setup.ProductProgram, Ready, inRole, behind);
    }

    /// <summary>
    /// What breaks the laws of conservation, over all that is stored; nothing when money and items are whole.
    /// </summary>
    public async Task<IReadOnlyList<string>> BrokenLaws()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Server.Url), Timeout = TimeSpan.FromMinutes(20) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", OperatorKey);
        var said = await http.GetFromJsonAsync<JsonElement>("/api/v1/operator/conservation");
        return
        [
            .. said.GetProperty("findings").EnumerateArray().Select(finding => finding.ToString()),
            .. said.GetProperty("holds").GetBoolean() ? [] : new[] { "The laws of conservation do not hold." },
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task Fill(Database database, int items)
    {
        var dishes = Enumerable.Range(0, Kitchens.Count)
            .SelectMany(kitchen => Enumerable.Range(0, Kitchens.Dishes).Select(dish => (kitchen, dish)))
            .ToList();
        await database.Run(
            Sql.Read("product.sql"),
            Parameter(Kitchens.All.ToArray()),
            Parameter(Enumerable.Range(0, Kitchens.Count)
                .Select(kitchen => Kitchens.Hash(Kitchens.Token(kitchen))).ToArray()),
            Parameter(dishes.Select(each => Kitchens.Dish(each.kitchen, each.dish)).ToArray()),
            Parameter(dishes.Select(each => Kitchens.Id(each.kitchen)).ToArray()),
            Parameter(dishes.Select(each => each.dish + 1).ToArray()),
            Parameter(items));
    }

    private static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };
}

internal static class Sql
{
    /// <summary>An embedded file of the folder Sql.</summary>
    public static string Read(string file)
    {
        using var text = typeof(Sql).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is embedded.");
        using var reader = new StreamReader(text);
        return reader.ReadToEnd();
    }
}
