using JikoXpress.Chaos.Processes;
using JikoXpress.Jiko.Postgres;
using Npgsql;

namespace JikoXpress.Chaos.Tests;

/// <summary>The server that ./jiko starts for itself.</summary>
public sealed class PostgresServerTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_fleeting_server_is_durable_sorts_by_bytes_and_ends_with_its_last_user()
    {
        var folder = Path.Combine(scratch.Folder, "postgres");
        var server = await PostgresServer.StartFleeting(folder, Environment.ProcessId);
        var connection = $"{server.ConnectionAs("postgres", "postgres")};Pooling=false;Timeout=5";
        try
        {
            Assert.Equal("on", await Ask(connection, "SHOW fsync"));
            Assert.Equal("on", await Ask(connection, "SHOW data_checksums"));
            Assert.Equal("C", await Ask(connection, "SELECT min(datcollate::text) FROM pg_database"));
            await Assert.ThrowsAsync<PostgresException>(
                () => Ask($"{connection};Password=another", "SELECT 'in without the password'"));
        }
        finally
        {
            await (await PostgresServer.Found(folder, Environment.ProcessId, lasting: false)).Stop();
        }

        await Assert.ThrowsAsync<NpgsqlException>(() => Ask(connection, "SELECT 'still there'"));
    }

    [Fact]
    public async Task A_server_that_was_left_by_a_killed_user_is_taken_over()
    {
        var folder = Path.Combine(scratch.Folder, "postgres");
        var left = await PostgresServer.StartFleeting(folder, Environment.ProcessId);

        var server = await PostgresServer.StartFleeting(folder, Environment.ProcessId);

        Assert.Equal(left.ConnectionAs("postgres", "postgres"), server.ConnectionAs("postgres", "postgres"));
        await server.Stop();
        Assert.False(await new PostgresCluster(
            new PostgresPrograms(server.Programs, Version: 14), new ServerUser(Name: null),
            Path.Combine(folder, "cluster")).IsRunning());
    }

    [Theory]
    [InlineData("", 4294967295)]
    [InlineData("abc", 1219131554)]
    [InlineData("/srv/jikoxpress", 2265004496)]
    public void The_folder_of_a_checkout_is_the_one_that_cksum_names(string checkout, uint name) =>
        Assert.Equal(name, PosixChecksum.Of(checkout));

    private static async Task<string?> Ask(string connection, string text)
    {
        await using var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(text, opened);
        return (string?)await command.ExecuteScalarAsync();
    }
}
