using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

public sealed class SchemaTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_second_start_applies_nothing()
    {
        var before = await Applied();

        await Update();

        Assert.NotEqual(0, before);
        Assert.Equal(before, await Applied());
    }

    [Fact]
    public async Task Hosts_that_start_together_apply_each_file_once()
    {
        var files = await Applied();
        await database.Run("DROP SCHEMA jiko, jiko_cluster CASCADE");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Update()));

        Assert.Equal(files, await Applied());
    }

    [Fact]
    public async Task Who_comes_after_the_update_has_the_usual_limits()
    {
        await using var host = new JikoDatabase(database.ConnectionString);
        await new SchemaUpdate(host).Apply(CancellationToken.None);

        await using var command = host.Source.CreateCommand("SHOW statement_timeout");
        Assert.Equal("5s", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_refused()
    {
        await database.Run("UPDATE jiko.schema_version SET checksum = 'another' WHERE file = '0001_engine.sql'");

        var refusal = await Assert.ThrowsAsync<SchemaChangedException>(Update);

        Assert.StartsWith("0001_engine.sql was changed", refusal.Message, StringComparison.Ordinal);
    }

    private async Task Update()
    {
        await using var host = new JikoDatabase(database.ConnectionString);
        await new SchemaUpdate(host).Apply(CancellationToken.None);
    }

    private Task<long> Applied() => database.Ask<long>("SELECT count(*) FROM jiko.schema_version");
}
