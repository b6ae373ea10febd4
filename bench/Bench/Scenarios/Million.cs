using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;
using Npgsql;

namespace JikoXpress.Bench.Scenarios;

/// <summary>What a sale costs where a million were made before, and where a thousand were.</summary>
internal sealed class Million : IScenario
{
    public const string Named = "million";

    private const string Scenario = "cash sales, with sessions stored";
    private const int Few = 1_000;
    private const int Many = 1_000_000;

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        await using var young = await Product.Start(setup, database: "bench_young");
        await using var old = await Product.Start(setup, database: "bench_old");
        await Fill(young, Few);
        await Fill(old, Many);
        var standings = await Contest.Hold(
            setup,
            new($"JikoXpress, {Few:N0} stored", young.Server, young.Database, Flows.CashSales(Kitchens.Count)),
            new($"JikoXpress, {Many:N0} stored", old.Server, old.Database, Flows.CashSales(Kitchens.Count)));
        if (await old.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        report.Cheaper(
            $"CPU per cash sale, {Many:N0} stored / {Few:N0}", standings[1], standings[0],
            Goal.AtMost(1.1, 1.05));
    }

    /// <summary>
    /// Sales of the last month, as the product stores them: a real one is made, and its rows are copied in bulk.
    /// </summary>
    private static async Task Fill(Product product, int count)
    {
        using (var till = await Load.Connection.Open(product.Server.Address)) await Flows.CashSales(1)(till, 0);
        await product.Database.Run("SELECT pg_sleep(1)");
        await product.Database.Run(Sql.Read("sales.sql"));
        await product.Database.Run("SELECT bench_fill($1)", new NpgsqlParameter<int> { TypedValue = count });
        await product.Database.Run("VACUUM ANALYZE");
        await product.Database.Run("CHECKPOINT");
    }
}
