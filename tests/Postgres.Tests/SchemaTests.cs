using System.Text.RegularExpressions;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

public sealed partial class SchemaTests : IAsyncLifetime
{
    private const string VersionedRows = "SELECT string_agg(v::text, ';' ORDER BY file) FROM jiko.schema_version v";

    private static readonly IReadOnlyList<SchemaScript> Scripts = SchemaScript.OfThisBuild();

    private readonly TestDatabase database = new();

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_start_waits_for_a_database_that_cannot_be_reached_yet()
    {
        // Nobody listens on port 1, and the first word about it ends the test.
        await using var database = new JikoDatabase("Host=127.0.0.1;Port=1;Username=jiko;Database=jiko");
        using var waited = new CancellationTokenSource();
        var update = new SchemaUpdate(database, new Warned(waited.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update.StartAsync(waited.Token));
    }

    private sealed class Warned(Action then) : ILogger<SchemaUpdate>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel is LogLevel.Warning) then();
        }
    }

    [Fact]
    public async Task A_fresh_database_gets_every_file_in_order()
    {
        Assert.Equal(
            Scripts.Where(script => !script.IsRepeatable).Select(script => script.File),
            await database.Ask<string[]>("SELECT array_agg(file ORDER BY applied_at) FROM jiko.schema_version"));
        Assert.Equal(
            Scripts.Where(script => script.IsRepeatable).Select(script => script.File),
            await database.Ask<string[]>("SELECT array_agg(file ORDER BY number) FROM jiko.schema_repeatable"));
    }

    [Fact]
    public async Task A_second_start_applies_nothing_and_waits_for_nobody()
    {
        await using var other = await database.Source.OpenConnectionAsync();
        await using (var command = other.CreateCommand())
        {
            command.CommandText = $"SELECT pg_advisory_lock({SchemaUpdate.LockNumber})";
            await command.ExecuteNonQueryAsync();
        }

        var before = await Applied();

        await Update().WaitAsync(TimeSpan.FromSeconds(30));

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
        await database.Run("DROP TABLE jiko.schema_repeatable");
        await using var host = new JikoDatabase(database.ConnectionString);
        await Update(host, Scripts);

        await using var command = host.Source.CreateCommand("SHOW statement_timeout");
        Assert.Equal("5s", await command.ExecuteScalarAsync());
        // Fails with a time-out where the update still holds the lock.
        await database.Run($"SELECT pg_advisory_lock({SchemaUpdate.LockNumber})");
    }

    [Fact]
    public async Task A_database_of_a_build_without_repeatable_files_is_taken_over_as_it_is()
    {
        await BringUpAsTheFirstRelease();
        var before = await database.Ask<string>(VersionedRows);

        await Update();

        Assert.StartsWith(before, await database.Ask<string>(VersionedRows), StringComparison.Ordinal);
        Assert.Equal(
            Scripts.Count(script => script.IsRepeatable),
            await database.Ask<long>("SELECT count(*) FROM jiko.schema_repeatable"));
        Assert.Equal(Scripts.Count, await Applied());
    }

    [Fact]
    public async Task A_repeatable_file_that_changed_runs_once_more()
    {
        await Update(With(Told("first")));
        await Update(With(Told("second")));
        Assert.Equal("second", await database.Ask<string>("SELECT jiko.told()"));
        await database.Run(Told("by hand").Text);

        await Update(With(Told("second")));

        Assert.Equal("by hand", await database.Ask<string>("SELECT jiko.told()"));
        Assert.Equal(Scripts.Count + 2, await Applied());
    }

    [Fact]
    public async Task An_older_build_that_starts_again_does_not_bring_its_functions_back()
    {
        await Update(With(Told("old")));
        await Update(With(Told("new")));

        await Update(With(Told("old")));

        Assert.Equal("new", await database.Ask<string>("SELECT jiko.told()"));
    }

    [Fact]
    public async Task A_build_of_before_that_is_in_the_middle_of_a_commit_is_told_to_try_it_again()
    {
        var failure = await Assert.ThrowsAsync<PostgresException>(() => database.Run("""
            INSERT INTO jiko.stock_reservation (session_id, kitchen_id, menu_ids, quantities, state)
            VALUES (gen_random_uuid(), gen_random_uuid(), ARRAY[gen_random_uuid()], '{1}', 'SOLD')
            """));

        Assert.True(CommitAnswers.MayPass(failure));
    }

    [Fact]
    public async Task A_build_that_does_not_know_all_versioned_files_leaves_the_functions_alone()
    {
        await Update(With(new SchemaScript("9000_later.sql", "CREATE TABLE jiko.later ()", IsRepeatable: false)));

        await Update(With(Told("old")));

        Assert.True(await database.Ask<bool>("SELECT to_regproc('jiko.told') IS NULL"));
    }

    [Fact]
    public async Task Functions_come_after_the_tables_that_they_use()
    {
        var table = new SchemaScript("9000_thing.sql", "CREATE TABLE jiko.thing (id int)", IsRepeatable: false);
        var function = new SchemaScript(
            "0_things.sql",
            "CREATE FUNCTION jiko.things() RETURNS SETOF jiko.thing LANGUAGE sql AS 'SELECT * FROM jiko.thing'",
            IsRepeatable: true);

        await Update([function, table, .. Scripts]);

        Assert.Equal(0, await database.Ask<long>("SELECT count(*) FROM jiko.things()"));
    }

    [Fact]
    public async Task A_file_that_does_not_run_is_named_and_leaves_nothing_behind()
    {
        var wrong = new SchemaScript(
            "9000_wrong.sql", "CREATE TABLE jiko.half (); SELECT 1 FROM jiko.nowhere", IsRepeatable: false);

        var failure = await Assert.ThrowsAsync<SchemaUpdateException>(() => Update(With(wrong)));

        Assert.StartsWith(
            "The schema could not be updated: 9000_wrong.sql failed.", failure.Message, StringComparison.Ordinal);
        Assert.True(await database.Ask<bool>("SELECT to_regclass('jiko.half') IS NULL"));
        Assert.Equal(Scripts.Count, await Applied());
        await Update();
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_refused()
    {
        await database.Run("UPDATE jiko.schema_version SET checksum = 'another' WHERE file = '0001_engine.sql'");

        var refusal = await Assert.ThrowsAsync<SchemaChangedException>(Update);

        Assert.StartsWith("0001_engine.sql was changed", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Databases were brought up with exactly these; what is new goes into a new file.</summary>
    [Fact]
    public void The_files_of_the_first_release_never_change() => Assert.Equal(
        FirstRelease,
        Scripts.Where(script => !script.IsRepeatable).Take(FirstRelease.Count)
            .Select(script => (script.File, script.Checksum)));

    /// <summary>A copy in a later versioned file would be overwritten by the repeatable one right after it.</summary>
    [Fact]
    public void A_function_of_a_repeatable_file_is_written_nowhere_else()
    {
        var repeatable = Scripts.Where(script => script.IsRepeatable).SelectMany(FunctionsOf).ToList();
        Assert.Equal(repeatable.Distinct(), repeatable);
        Assert.All(FirstRelease, frozen => Assert.Empty(
            Scripts.Where(script => script.File == frozen.File).SelectMany(FunctionsOf).Except(repeatable)));
        Assert.All(
            Scripts.Where(script => !script.IsRepeatable).Skip(FirstRelease.Count),
            script => Assert.Empty(FunctionsOf(script).Intersect(repeatable)));
    }

    private static IReadOnlyList<(string File, string Checksum)> FirstRelease { get; } =
    [
        ("0001_engine.sql", "9ba14445b376f539f19b7cac78f60745551dd064a466f9dbf8424d9561c2f9dd"),
        ("0002_catalogue.sql", "2438799990f7b8caf2cb0cb2715744266e2eb8ce1ac5219abc1ffdef15d7a2f6"),
        ("0003_commit.sql", "024956da8b69ebbdb742ade14a3a514404f02186ec196fd05e4b110974041c55"),
        ("0004_events.sql", "9f05e4dc3a729ab03efc941f73157a3c333f0c8b61e634e7d9ec27f5ffa01444"),
        ("0005_payments.sql", "d542da6c7b58bfde0dc9cb4362f417c0cb0afeac5130a9c653fc89259540c5b5"),
        ("0006_audit.sql", "4d90d2bac9697a012b072251c1156fee0a56a9cc98b10074ffeb70341e53eb10"),
        ("0007_early_queries.sql", "ab68179ec68a9ec65bcc6b95f82c19b57895cef9f94a32effa01b0b625a2d24d"),
        ("0008_parked_payments.sql", "9809c7c0616ac3773c6e1943e40358282ef7a006626585c3e73f5c136c01684f"),
        ("0009_pay_references.sql", "3a77ab673299c5f0ef419263985e9ea297616648547f2fa3403c9646718a7618"),
        ("0010_wallet_authorizations.sql", "6b69983da3fa643131118a925c9d6a0555af13aefa6493e95a7d760199835ea7"),
        ("0011_cluster.sql", "cfe261e878ff608d8252fb10fad0ff36f3a4ee63c767d480e2d588e38ab28653"),
        ("0012_bills.sql", "93fb121d335e5b58ec976dd58df5ca4db2e6232933cf8a6d7cc0a7d63c4c66e2"),
        ("0013_carts.sql", "dab10a64d7ac5244b0b35a7e18d399394417ed50cd9aff8af7baf5e43d7be059"),
        ("0014_orders.sql", "5bb225caf4af2b324f2551d144742811487f59963657dee3ab4ae73c4879576b"),
        ("0015_shifts.sql", "da066f18eddffe2a96396c49d985966af8c547539cc361b807b54d442cf747df"),
        ("0016_one_engine.sql", "00645558d2570ebd6f1dbfa78cb9afe7cc281bcc51c10e9051fdf84521098ac1"),
    ];

    private static IEnumerable<string> FunctionsOf(SchemaScript script) =>
        Function().Matches(script.Text).Select(match => match.Groups["name"].Value);

    private static SchemaScript Told(string what) => new(
        "told.sql", $"CREATE OR REPLACE FUNCTION jiko.told() RETURNS text LANGUAGE sql AS $$ SELECT '{what}' $$",
        IsRepeatable: true);

    private static IReadOnlyList<SchemaScript> With(SchemaScript script) => [.. Scripts, script];

    private async Task BringUpAsTheFirstRelease()
    {
        await database.Run("DROP SCHEMA jiko, jiko_cluster CASCADE; CREATE SCHEMA jiko");
        await database.Run("""
            CREATE TABLE jiko.schema_version (
                file text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """);
        foreach (var (file, checksum) in FirstRelease)
        {
            await database.Run(Scripts.Single(script => script.File == file).Text);
            await database.Run($"INSERT INTO jiko.schema_version (file, checksum) VALUES ('{file}', '{checksum}')");
        }
    }

    private Task Update() => Update(Scripts);

    private async Task Update(IReadOnlyList<SchemaScript> scripts)
    {
        await using var host = new JikoDatabase(database.ConnectionString);
        await Update(host, scripts);
    }

    private static Task Update(JikoDatabase host, IReadOnlyList<SchemaScript> scripts) =>
        new SchemaUpdate(host, scripts, NullLogger<SchemaUpdate>.Instance).Apply(CancellationToken.None);

    private Task<long> Applied() => database.Ask<long>(
        "SELECT (SELECT count(*) FROM jiko.schema_version) + (SELECT count(*) FROM jiko.schema_repeatable)");

    [GeneratedRegex(@"\bCREATE (OR REPLACE )?FUNCTION (?<name>[\w.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Function();
}
