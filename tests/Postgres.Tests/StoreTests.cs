using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>Tests on one database, after each of which every law of conservation holds.</summary>
public abstract class StoreTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private protected TestDatabase Database => database;

    private protected Store Store { get; } = new(database);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Store.MustBalance();
        await Store.DisposeAsync();
    }

    private protected async Task<(int OnHand, int Reserved, int Sold)> Level(Till till, Guid menuId)
    {
        var rows = await Store.Stock.Load(till.KitchenId, Till.Today, []);
        var level = rows.Levels.Single(level => level.MenuId == menuId);
        return (level.OnHand, level.Reserved, level.Sold);
    }

    private protected Task<long> RowsOf(string table, string where) =>
        Database.Ask<long>($"SELECT count(*) FROM jiko.{table} WHERE {where}");
}
