using Npgsql;

namespace JikoXpress.Bench.Servers;

/// <summary>
/// A server that has run for a while writes its log over files that it has had before. A new one makes each of them
/// first: 16 MB of zeros, flushed while everybody who commits waits, which would be the tail of every short run.
/// </summary>
internal static class WriteAheadLog
{
    private const int Files = 256;
    private const int MegabytesOfFile = 16;

    /// <summary>Makes the files, once.</summary>
    public static async Task Make(string cluster)
    {
        await using var server = NpgsqlDataSource.Create(cluster);
        await Run(server, $"ALTER SYSTEM SET min_wal_size = '{Files * MegabytesOfFile}MB'");
        await Run(server, $"ALTER SYSTEM SET max_wal_size = '{4 * Files * MegabytesOfFile}MB'");
        await Run(server, "SELECT pg_reload_conf()");
        for (var file = 0; file < Files; file++)
        {
            // A file that nothing was written to is not left.
            await Run(server, "SELECT pg_logical_emit_message(false, 'bench', '')");
            await Run(server, "SELECT pg_switch_wal()");
        }

        await Free(server);
    }

    /// <summary>
    /// Frees those that were written, so that a scenario begins with all of them and meets no checkpoint.
    /// </summary>
    public static async Task Free(string cluster)
    {
        await using var server = NpgsqlDataSource.Create(cluster);
        await Free(server);
    }

    private static Task Free(NpgsqlDataSource server) => Run(server, "CHECKPOINT");

    private static async Task Run(NpgsqlDataSource server, string text)
    {
        await using var command = server.CreateCommand(text);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
