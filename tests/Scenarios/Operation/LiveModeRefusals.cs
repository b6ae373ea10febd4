using System.Runtime.Versioning;
using JikoXpress.Jiko;
using JikoXpress.Postgres;
using JikoXpress.Silo.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Scenarios.Operation;

/// <summary>What a host that is to take real money does not start on.</summary>
public sealed class LiveModeRefusals(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Good = "Wr7-mB2q-Zk9x-Lf4t-Hn6v-Yc8s-Pd3j-Gq5w";

    [Theory]
    [InlineData("JIKO_DEMO", "true", "JIKO_DEMO shows")]
    [InlineData("JIKO_SIMULATOR", "http://127.0.0.1:5090", "JIKO_SIMULATOR moves no money")]
    [InlineData("JIKO_WEBHOOKS_TO_OWN_MACHINE", "true", "JIKO_WEBHOOKS_TO_OWN_MACHINE lets merchants")]
    [InlineData("JIKO_PIN_PEPPER", "", "JIKO_PIN_PEPPER is missing")]
    [InlineData("JIKO_PIN_PEPPER", "change-me-please-before-you-go-live-1234", "JIKO_PIN_PEPPER is no secret")]
    [InlineData("JIKO_OPERATOR_KEY", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "JIKO_OPERATOR_KEY is no secret")]
    [InlineData("JIKO_PROXY", "0.0.0.0/0", "JIKO_PROXY trusts every address")]
    [InlineData("JIKO_PROXY", "10.0.0.7,::/0", "JIKO_PROXY trusts every address")]
    [InlineData("JIKO_PUBLIC_URL", "http://pay.example.co.tz", "JIKO_PUBLIC_URL is without TLS")]
    [InlineData("urls", "http://0.0.0.0:0", "http://0.0.0.0:0 is without TLS")]
    [InlineData("urls", "http://127.0.0.1:0;http://*:0", "http://*:0 is without TLS")]
    [InlineData("http_ports", "8080", "http://*:8080 is without TLS")]
    [InlineData("Kestrel:Endpoints:All:Url", "http://[::]:80", "http://[::]:80 is without TLS")]
    public async Task A_setting_that_would_do_for_trying_it_out_is_named(string name, string value, string named) =>
        Assert.Contains(
            await Refused(Safe, TimeProvider.System, Set(name, value)),
            reason => reason.StartsWith(named, StringComparison.Ordinal));

    [Fact]
    public async Task An_environment_for_debugging_is_named() => Assert.Contains(
        await Refused(Safe, TimeProvider.System, Set(WebHostDefaults.EnvironmentKey, "Development")),
        reason => reason == "ASPNETCORE_ENVIRONMENT is Development, and not Production.");

    [Fact]
    public async Task Every_reason_is_named_at_once() => Assert.Equal(3, (await Refused(
        Safe, TimeProvider.System, Set("JIKO_DEMO", "true"), Set("JIKO_SIMULATOR", "http://127.0.0.1:1"),
        Set("urls", "http://0.0.0.0:0"))).Count);

    [Theory]
    [InlineData("JIKO_PROXY", "10.0.0.7", "http://0.0.0.0:0")]
    [InlineData("JIKO_PROXY", "", "http://[::1]:0;http://localhost:5099;https://0.0.0.0:443")]
    public async Task With_TLS_before_it_or_nobody_outside_it_may_listen(string name, string value, string urls) =>
        Assert.All(
            await Refused(Forgetful, TimeProvider.System, Set(name, value), Set("urls", urls)),
            reason => Assert.StartsWith("The database has", reason, StringComparison.Ordinal));

    [Fact]
    public async Task A_database_that_may_forget_is_named() => Assert.Contains(
        await Refused(Forgetful, TimeProvider.System),
        reason => reason == "The database has synchronous_commit off, and could lose what it has answered.");

    [Fact]
    public async Task A_database_with_the_demo_in_it_is_named()
    {
        await using var shown = new TestDatabase();
        await shown.InitializeAsync();
        await shown.Run("INSERT INTO jiko.demo (content) VALUES ('{}')");

        Assert.Contains(
            await Refused(shown.ConnectionString, TimeProvider.System),
            reason => reason == "The database has the demo in it, whose tokens and PINs everybody knows.");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-31)]
    public async Task A_clock_that_goes_wrong_is_named(int seconds) => Assert.Contains(
        await Refused(Forgetful, new Shifted(TimeSpan.FromSeconds(seconds))),
        reason => reason.StartsWith("The database's clock and this host's differ by 3", StringComparison.Ordinal));

    [Fact]
    public async Task A_clock_that_goes_a_little_wrong_is_let_be() => Assert.DoesNotContain(
        await Refused(Forgetful, new Shifted(TimeSpan.FromSeconds(20))),
        reason => reason.StartsWith("The database's clock", StringComparison.Ordinal));

    [Theory, UnsupportedOSPlatform("windows")]
    [InlineData("JIKO_PIN_PEPPER", UnixFileMode.GroupRead)]
    [InlineData("JIKO_PIN_PEPPER", UnixFileMode.OtherRead)]
    [InlineData("JIKO_OPERATOR_KEY", UnixFileMode.GroupWrite)]
    [InlineData("JIKO_POSTGRES", UnixFileMode.OtherWrite)]
    public async Task A_secret_that_others_can_read_or_write_is_named(string name, UnixFileMode others)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"{(name is "JIKO_POSTGRES" ? Forgetful : Good)}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | others);
            KeyValuePair<string, string?>[] settings = [new(name, ""), new($"{name}_FILE", file)];
            Assert.Contains(
                await Refused(Safe, TimeProvider.System, settings),
                reason => reason == $"{name}_FILE can be read or written by others than its owner.");

            File.SetUnixFileMode(file, UnixFileMode.UserRead);
            Assert.All(
                await Refused(Forgetful, TimeProvider.System, settings),
                reason => Assert.StartsWith("The database has", reason, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_mode_is_one_of_two() => Assert.Throws<InvalidOperationException>(
        () => Host(Safe, TimeProvider.System, Set("JIKO_MODE", "production")));

    private static KeyValuePair<string, string?> Set(string name, string value) => new(name, value);

    private string Safe => database.ConnectionString;

    private string Forgetful => new NpgsqlConnectionStringBuilder(database.ConnectionString)
    {
        Options = "-c synchronous_commit=off",
    }.ConnectionString;

    private static async Task<IReadOnlyList<string>> Refused(
        string postgres, TimeProvider clock, params KeyValuePair<string, string?>[] otherwise)
    {
        var refused = await Assert.ThrowsAsync<LiveModeException>(async () =>
        {
            await using var host = Host(postgres, clock, otherwise);
            await host.StartAsync();
        });
        return refused.Reasons;
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Host(
        string postgres, TimeProvider clock, params KeyValuePair<string, string?>[] otherwise) =>
        JikoXpressSilo.Build([], builder =>
        {
            builder.Environment.EnvironmentName = "Production";
            builder.Configuration.AddInMemoryCollection(
            [
                new("JIKO_MODE", "live"), new("JIKO_POSTGRES", postgres), new("JIKO_PIN_PEPPER", Good),
                new("JIKO_OPERATOR_KEY", Good), new("urls", "http://127.0.0.1:0"),
                new("JIKO_SILO_PORT", $"{Ports.Free()}"), new("JIKO_GATEWAY_PORT", $"{Ports.Free()}"),
            ]);
            builder.Configuration.AddInMemoryCollection(otherwise);
            if (otherwise.Any(setting => setting.Key == WebHostDefaults.EnvironmentKey))
                builder.Environment.EnvironmentName = "Development";
            builder.Services.AddSingleton(clock);
            builder.Logging.ClearProviders();
        });

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
