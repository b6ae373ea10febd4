using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using JikoXpress.Jiko;
using JikoXpress.Scenarios.Operation;
using JikoXpress.Silo.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Management;

public sealed class Demo : IAsyncLifetime
{
    private const string PageOfNobody = "/api/checkout/MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY/pay";

    private static readonly string[] Lists = ["menu", "staff", "devices"];

    private readonly TestDatabase database = new();

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Every_token_works_after_a_restart_too()
    {
        var first = await With(Build("Development"), TryEverything);
        var second = await With(Build("Development"), TryEverything);

        Assert.Equal(["Mama Ntilie Kitchen", "Baba Lishe Grill"], Names(first));
        Assert.Equal(Ids(first), Ids(second));
        Assert.Equal(2L, await database.Ask<long>("SELECT count(*) FROM jiko.kitchen"));
    }

    [Fact]
    public async Task What_was_interrupted_is_set_up_to_its_end()
    {
        await With(Build("Development"), Read);
        await database.Run("""UPDATE jiko.demo SET content = '{"kitchens":[],"accounts":[]}'""");

        await With(Build("Development"), TryEverything);

        Assert.Equal(2L, await database.Ask<long>("SELECT count(*) FROM jiko.kitchen"));
    }

    [Fact]
    public async Task A_pin_that_somebody_changed_is_shown_without_a_token()
    {
        var member = (await With(Build("Development"), Read)).GetProperty("kitchens")[0].GetProperty("staff")[3];
        await database.Run($"UPDATE jiko.staff SET active = false WHERE id = '{member.GetProperty("id").GetGuid()}'");
        await database.Run("UPDATE jiko.credential SET revoked_at = now() WHERE kind = 'STAFF'");

        var staff = (await With(Build("Development"), Read)).GetProperty("kitchens")[0].GetProperty("staff");

        Assert.False(staff[3].TryGetProperty("token", out _));
        Assert.True(staff[0].TryGetProperty("token", out _));
    }

    [Fact]
    public void It_does_not_run_in_Production()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Build("Production"));
        Assert.Contains("does not run in Production", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_there_where_it_is_off() => await With(Build("Development", demo: false), async http =>
    {
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/demo", UriKind.Relative))).StatusCode);
        Assert.Equal(0L, await database.Ask<long>("SELECT count(*) FROM jiko.kitchen"));
        return 0;
    });

    [Theory]
    [InlineData("Content-Length: 2000000", "", "413")]
    [InlineData("Transfer-Encoding: chunked", "not a length\r\n", "400")]
    public async Task A_request_that_cannot_be_read_fills_no_log(string header, string body, string status)
    {
        using var onlooker = new Onlooker();

        var answer = await With(Build("Development", ear: onlooker), async http =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, http.BaseAddress!.Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {PageOfNobody} HTTP/1.1\r\nHost: localhost\r\n"
                + $"Content-Type: application/json\r\n{header}\r\n\r\n{body}"));
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        });

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal([], onlooker.Logs.Where(line =>
            line.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || line.StartsWith("JikoXpress.WebApi", StringComparison.Ordinal)));
    }

    private static async Task<JsonElement> Read(HttpClient http) =>
        await http.GetFromJsonAsync<JsonElement>(new Uri("/demo", UriKind.Relative));

    private static async Task<JsonElement> TryEverything(HttpClient http)
    {
        var demo = await Read(http);
        foreach (var kitchen in demo.GetProperty("kitchens").EnumerateArray())
        {
            foreach (var member in kitchen.GetProperty("staff").EnumerateArray()) await MustWork(http, member, "/api/v1/menu");
            foreach (var device in kitchen.GetProperty("devices").EnumerateArray()) await MustWork(http, device, "/api/v1/menu");
        }

        foreach (var account in demo.GetProperty("accounts").EnumerateArray()) await MustWork(http, account, "/api/v1/account");
        await MustWork(http, demo, "/api/v1/operator/conservation", "operatorKey");
        foreach (var id in Kitchens(demo)) await MustWork(http, demo, $"/api/v1/kitchens/{id}/menu", "botKey");
        return demo;
    }

    private static async Task MustWork(HttpClient http, JsonElement holder, string path, string name = "token")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", holder.GetProperty(name).GetString());
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static IEnumerable<string?> Names(JsonElement demo) =>
        demo.GetProperty("kitchens").EnumerateArray().Select(kitchen => kitchen.GetProperty("name").GetString());

    private static IEnumerable<Guid> Kitchens(JsonElement demo) =>
        demo.GetProperty("kitchens").EnumerateArray().Select(kitchen => kitchen.GetProperty("id").GetGuid());

    private static IEnumerable<Guid> Ids(JsonElement demo) =>
        from kitchen in demo.GetProperty("kitchens").EnumerateArray()
        from list in Lists
        from item in kitchen.GetProperty(list).EnumerateArray()
        select item.GetProperty("id").GetGuid();

    private WebApplication Build(string environment, bool demo = true, ILoggerProvider? ear = null) => JikoXpressSilo.Build([], builder =>
    {
        builder.Environment.EnvironmentName = environment;
        builder.Configuration.AddInMemoryCollection(
        [
            new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_DEMO", demo ? "true" : "false"),
            new("JIKO_SILO_PORT", $"{Ports.Free()}"), new("JIKO_GATEWAY_PORT", $"{Ports.Free()}"),
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (ear is not null) builder.Logging.AddProvider(ear);
    });

    private static async Task<T> With<T>(WebApplication web, Func<HttpClient, Task<T>> use)
    {
        await using (web)
        {
            await web.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(web.Urls.Single()) };
            return await use(http);
        }
    }
}
