using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>Getting in the way of a commit.</summary>
internal static class Locks
{
    private const string Waiting =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    extension(TestDatabase database)
    {
        /// <summary>Holds a session's row until it is disposed.</summary>
        public Task<IAsyncDisposable> Lock(Guid session) =>
            database.Lock($"jiko.checkout_session WHERE id = '{session}'");

        /// <summary>Holds rows until it is disposed.</summary>
        public Task<IAsyncDisposable> Lock(string rows) => database.Hold($"SELECT FROM {rows} FOR UPDATE");

        /// <summary>Runs a statement in a transaction that is open until it is disposed.</summary>
        public async Task<IAsyncDisposable> Hold(string statement)
        {
            var connection = await database.Source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand($"BEGIN; {statement}", connection);
            await command.ExecuteNonQueryAsync();
            return new HeldLock(connection);
        }

        /// <summary>Completes when a commit is in the database and waits for a lock there.</summary>
        public Task UntilSomebodyWaits() =>
            Wait.Until(async () => await database.Ask<long>($"SELECT count(*) FROM ({Waiting}) waiting") > 0);

        public async Task TerminateWhoeverWaits()
        {
            await database.UntilSomebodyWaits();
            await database.Run($"SELECT pg_terminate_backend(pid) FROM ({Waiting}) waiting");
        }
    }

    private sealed class HeldLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        // Closing ends the transaction, and a second time does nothing.
        public async ValueTask DisposeAsync()
        {
            if (connection.FullState != System.Data.ConnectionState.Open) return;
            await using (var command = new NpgsqlCommand("ROLLBACK", connection)) await command.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }
}
