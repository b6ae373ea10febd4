using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

public sealed class DatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_database_that_may_lose_answers_serves_no_live_kitchen()
    {
        var forgetful = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = "-c synchronous_commit=off",
        };
        await using var host = new JikoDatabase(forgetful.ConnectionString);
        var check = new DurabilityCheck(host, NullLogger<DurabilityCheck>.Instance);
        await AddKitchen(live: false);
        await check.StartAsync(CancellationToken.None);

        await AddKitchen(live: true);

        var refusal = await Assert.ThrowsAsync<DatabaseNotDurableException>(
            () => check.StartAsync(CancellationToken.None));
        Assert.Contains("synchronous_commit", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock_timeout", "2s")]
    [InlineData("statement_timeout", "5s")]
    [InlineData("idle_in_transaction_session_timeout", "5s")]
    [InlineData("idle_session_timeout", "1h")]
    [InlineData("client_connection_check_interval", "2s")]
    [InlineData("tcp_keepalives_idle", "30")]
    [InlineData("tcp_user_timeout", "15000")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("application_name", "jiko")]
    [InlineData("jit", "off")]
    [InlineData("plan_cache_mode", "force_generic_plan")]
    [InlineData("enable_seqscan", "off")]
    [InlineData("enable_hashjoin", "off")]
    public async Task Every_session_has_its_limits(string setting, string value)
    {
        await using var host = new JikoDatabase(database.ConnectionString);
        await using var command = host.Source.CreateCommand($"SHOW {setting}");

        Assert.Equal(value, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_connection_is_let_go_before_the_server_ends_it()
    {
        await using var host = new JikoDatabase(database.ConnectionString);
        var settings = new NpgsqlConnectionStringBuilder(host.Source.ConnectionString);
        await using var command = host.Source.CreateCommand(
            "SELECT extract(epoch FROM current_setting('idle_session_timeout')::interval)::int");
        var serverEnds = (int)(await command.ExecuteScalarAsync() ?? 0);

        Assert.InRange(settings.ConnectionIdleLifetime, 1, settings.ConnectionLifetime);
        Assert.InRange(settings.ConnectionLifetime, 1, serverEnds - 1);
        Assert.InRange(settings.Timeout, 1, 5);
    }

    /// <summary>What the driver throws would lose its kind on the way to another silo.</summary>
    [Fact]
    public async Task Grains_hear_in_words_of_the_store_that_the_database_is_away()
    {
        await using var nowhere = new JikoDatabase("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => new StateReads(nowhere).Load(GrainKind.Session, Guid.Empty));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new StateReads(nowhere).Answered(Guid.Empty));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new StockReads(nowhere).Load(Guid.Empty, default, []));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new Deadlines(nowhere).Upcoming(Guid.Empty));
    }

    private Task AddKitchen(bool live) => database.Run($"""
        INSERT INTO jiko.kitchen (
            id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
            low_stock_threshold, created_at)
        VALUES (gen_random_uuid(), 'A kitchen', {live}, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, now())
        """);
}
