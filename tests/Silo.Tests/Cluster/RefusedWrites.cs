using System.Net;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Tests;
using JikoXpress.Jiko;
using JikoXpress.Jiko.Postgres;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>
/// A database that answers and takes no writes, as one does whose disk is full or whose administrator made it
/// read-only. It is a server of the test's own, since the setting is for a whole server.
/// </summary>
public sealed class RefusedWrites : IAsyncLifetime
{
    private readonly Scratch scratch = new();
    private readonly HttpClient http = new();
    private PostgresServer? postgres;
    private HostProcess? host;

    private string Connection => postgres!.ConnectionAs("postgres", "postgres");

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresServer.StartFleeting(
            Path.Combine(scratch.Folder, "postgres"), Environment.ProcessId);
        host = new HostProcess("host", new HostProgram(
            Programs.Silo, scratch.Folder, "/health/ready", new Dictionary<string, string>
            {
                ["JIKO_POSTGRES"] = Connection,
                ["JIKO_DEMO"] = "true",
                ["JIKO_SILO_PORT"] = $"{Ports.Free()}",
                ["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}",
            }));
        http.BaseAddress = host.Address;
        try
        {
            await host.Start();
        }
        catch
        {
            // The server would stay: nobody disposes of a test that did not begin.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (host is not null) await host.DisposeAsync();
        if (postgres is not null) await postgres.Stop();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_told_as_that_and_all_is_well_when_it_takes_them_again()
    {
        using var till = await DemoTill.At(host!.Address);
        await till.Cook();
        Assert.Equal("201 ", await Sold(till, "before"));

        await Set("on");
        Assert.Equal("503 store-unavailable", await Sold(till, "meanwhile"));
        Assert.Equal("503 store-unavailable", await Received(till));
        Assert.Equal("503 not-ready", await Health("ready"));
        Assert.Equal("200 ", await Health("live"));
        Assert.True(await till.BooksBalance(), "Reading goes on.");

        await Set("off");
        Assert.Equal("201 ", await Sold(till, "meanwhile"));
        await Wait.Until(async () => await Health("ready") is "200 ", "it is ready again");
        Assert.Equal("201 ", await Sold(till, "after"));
        Assert.True(await till.BooksBalance());
        Assert.Equal(0, host.UnexpectedEnds);
        Assert.Equal(3L, await Ask("SELECT count(*) FROM jiko.customer_order"));
        Assert.Single(Log(), line => line.Contains("takes no writes (read-only)", StringComparison.Ordinal));
        Assert.Single(Log(), line => line.Contains("takes writes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_is_read_only_is_seen_without_a_sale()
    {
        await Set("on");
        await Wait.Until(async () => await Health("ready") is "503 not-ready", "it is not ready");

        await Set("off");
        await Wait.Until(async () => await Health("ready") is "200 ", "it is ready again");
    }

    private async Task Set(string readOnly)
    {
        await Ask($"ALTER SYSTEM SET default_transaction_read_only = {readOnly}");
        await Ask("SELECT pg_reload_conf()");
        await Wait.Until(
            async () => await Ask("SHOW default_transaction_read_only") is string now && now == readOnly,
            "new sessions have it");
    }

    private static async Task<string> Sold(DemoTill till, string key)
    {
        using var answer = await till.Post("/checkout-sessions", till.Sale(), key);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable) Assert.NotNull(answer.Headers.RetryAfter);
        return await Told(answer);
    }

    private static async Task<string> Received(DemoTill till)
    {
        using var answer = await till.Receive("stock");
        return await Told(answer);
    }

    private async Task<string> Health(string which)
    {
        using var answer = await http.GetAsync(new Uri($"/health/{which}", UriKind.Relative));
        return await Told(answer);
    }

    /// <summary>The status, and the problem's code.</summary>
    private static async Task<string> Told(HttpResponseMessage answer)
    {
        var body = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return $"{(int)answer.StatusCode} {(body.TryGetProperty("code", out var code) ? code : default)}";
    }

    /// <summary>Can write whatever the server's default is.</summary>
    private async Task<object?> Ask(string text)
    {
        await using var connection = new NpgsqlConnection($"{Connection};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync();
    }

    private string[] Log() => File.ReadAllLines(Path.Combine(scratch.Folder, "host.log"));
}
