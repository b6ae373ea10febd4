using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>Puts two transactions into an order of the test's own, by locks alone.</summary>
internal static class Ordering
{
    private const string Waiting = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;

    extension(TestDatabase database)
    {
        /// <summary>
        /// A transaction that writes this row has done all of its work, and is held before it ends until what is
        /// returned is disposed.
        /// </summary>
        public async Task<IAsyncDisposable> HoldAtTheEnd(string table, Guid id)
        {
            var name = $"held_{id:N}";
            await database.Run($"""
                CREATE FUNCTION jiko.{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock(hashtextextended('{id}', 0));
                    RETURN NULL;
                END
                $$;
                CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE ON jiko.{table}
                    DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.id = '{id}') EXECUTE FUNCTION jiko.{name}();
                """);
            var connection = await database.Source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(
                $"BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('{id}', 0))", connection);
            await command.ExecuteNonQueryAsync();
            return new HeldEnd(connection);
        }

        /// <summary>Completes when so many wait for a lock, or the work is done.</summary>
        public Task UntilWaiting(int count, Task? orDone = null) =>
            Wait.Until(async () => orDone?.IsCompleted is true || await database.Ask<long>(Waiting) >= count);
    }

    private sealed class HeldEnd(NpgsqlConnection connection) : IAsyncDisposable
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
