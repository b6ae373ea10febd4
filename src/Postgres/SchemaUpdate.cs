using System.Diagnostics;
using DbUp;
using DbUp.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Updates the schema before anything else starts: DbUp runs what is missing, each file in a transaction of its own.
/// Processes that start together wait for each other. Where nothing is missing, the start costs one round trip.
/// </summary>
public sealed class SchemaUpdate : IHostedService
{
    /// <summary>Number of the advisory lock held during the update: the letters "jiko" in ASCII.</summary>
    internal const long LockNumber = 0x6A_69_6B_6F;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Interval = TimeSpan.FromSeconds(1);

    private readonly JikoDatabase database;
    private readonly IReadOnlyList<SchemaScript> scripts;
    private readonly ILogger<SchemaUpdate> log;

    public SchemaUpdate(JikoDatabase database, ILogger<SchemaUpdate> log)
        : this(database, SchemaScript.OfThisBuild(), log)
    {
    }

    internal SchemaUpdate(JikoDatabase database, IReadOnlyList<SchemaScript> scripts, ILogger<SchemaUpdate> log)
    {
        this.database = database;
        this.scripts = scripts;
        this.log = log;
    }

    /// <summary>Waits for a database that is still starting: after a power cut both start together.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await Apply(cancellationToken);
                return;
            }
            catch (NpgsqlException fault) when (fault.IsTransient && Stopwatch.GetElapsedTime(begun) < Patience)
            {
                Log.DatabaseNotReady(log, fault);
                await Task.Delay(Interval, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="SchemaChangedException">A versioned file was changed after it was applied.</exception>
    /// <exception cref="SchemaUpdateException">A file does not run; what ran before it stays.</exception>
    public async Task Apply(CancellationToken cancellation)
    {
        if (await IsUpToDate(cancellation)) return;
        await using var connection = database.WithoutLimits();
        await connection.OpenAsync(cancellation);
        await Lock(connection, cancellation);
        await AppliedScripts.Prepare(connection, cancellation);
        // Another process may have done it while this one waited for the lock.
        var applied = await AppliedScripts.Read(connection, cancellation)
            ?? throw new InvalidOperationException("The tables were just made.");
        if (applied.Missing(scripts) is not { Count: > 0 } missing) return;
        Run(missing, connection);
        Log.SchemaUpdated(log, string.Join(", ", missing.Select(script => script.File)));
    }

    private async Task<bool> IsUpToDate(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        if (await AppliedScripts.Read(connection, cancellation) is not { } applied) return false;
        if (applied.Newer(scripts) is { Count: > 0 } newer) Log.SchemaIsNewer(log, string.Join(", ", newer));
        return applied.Missing(scripts).Count == 0;
    }

    /// <summary>Held until the connection is closed.</summary>
    private static async Task Lock(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({LockNumber})", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Run(IReadOnlyList<SchemaScript> missing, NpgsqlConnection connection)
    {
        var result = DeployChanges.To
            .PostgresqlDatabase(new SchemaConnection(connection))
            .JournalTo(new SchemaJournal(missing))
            .WithScripts(missing.Select(script => new SqlScript(
                script.File, script.Text, new SqlScriptOptions { RunGroupOrder = script.IsRepeatable ? 2 : 1 })))
            .WithTransactionPerScript()
            // $name$ is a quote of PostgreSQL here, and no variable.
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new SchemaUpdateException(result.ErrorScript?.Name, result.Error);
    }
}

public sealed class SchemaChangedException(string file) : Exception(
    $"{file} was changed after this database had been brought up with it. A versioned file that was applied never "
    + "changes; what is new goes into a new file, and functions into src/Postgres/Schema/Repeatable.");

public sealed class SchemaUpdateException(string? file, Exception inner) : Exception(
    $"The schema could not be updated: {file ?? "its start"} failed. {inner.Message}", inner);
