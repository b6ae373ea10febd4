using Npgsql;

namespace JikoXpress.Bench.Servers;

/// <summary>The baselines, over a new database with the same kitchens and items.</summary>
internal sealed class Rivals : IAsyncDisposable
{
    /// <summary>
    /// More than about 16 busy connections only slow PostgreSQL down: the rivals get what serves them best.
    /// </summary>
    private const int MostConnections = 16;

    private const string Fill = """
        INSERT INTO stock (kitchen_id, menu_id, on_hand)
        SELECT kitchen_id, id, $3 FROM unnest($1, $2) AS d(kitchen_id, id)
        """;

    private Rivals(Server server, Database database)
    {
        Server = server;
        Database = database;
    }

    public Server Server { get; }

    public Database Database { get; }

    /// <param name="aggregator">Where pushes go, where phones are to pay.</param>
    public static async Task<Rivals> Start(Setup setup, string aggregator = "")
    {
        var database = await Database.Make(setup.Cluster, "bench_rivals");
        var server = await Server.Start(setup.BaselinesProgram, "/bare", new Dictionary<string, string>
        {
            ["BASELINE_POSTGRES"] = new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                MaxPoolSize = MostConnections,
                MaxAutoPrepare = 50,
                AutoPrepareMinUsages = 2,
                NoResetOnClose = true,
            }.ConnectionString,
            ["BASELINE_AGGREGATOR"] = aggregator,
            ["BASELINE_SECRET"] = Product.Secret,
        });
        var dishes = Enumerable.Range(0, Kitchens.Count)
            .SelectMany(kitchen => Enumerable.Range(0, Kitchens.Dishes).Select(dish => (kitchen, dish)))
            .ToList();
        await database.Run(
            Fill,
            Parameter(dishes.Select(each => Kitchens.Id(each.kitchen)).ToArray()),
            Parameter(dishes.Select(each => Kitchens.Dish(each.kitchen, each.dish)).ToArray()),
            Parameter(Kitchens.Items));
        return new Rivals(server, database);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };
}
