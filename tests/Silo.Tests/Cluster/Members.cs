using System.Net;
using System.Net.Http.Headers;
using System.Text;
using JikoXpress.Silo.Hosting;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>Processes in their roles, which find each other through the database and nothing else.</summary>
public sealed class Members(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string OperatorKey = "the-operator-of-these-members-knows-it";

    [Fact]
    public async Task Two_silos_and_a_front_end_find_each_other()
    {
        await using var first = await Start("silo");
        await using var second = await Start("silo");
        await using var front = await Start("web");

        foreach (var member in new[] { first, second, front })
            Assert.Equal(HttpStatusCode.OK, (await Get(member, "/health/ready")).StatusCode);
        Assert.Equal(2, await Active());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(front, "/api/v1/checkout-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(first, "/api/v1/checkout-sessions")).StatusCode);

        await second.StopAsync();
        await first.StopAsync();
        Assert.Equal(0, await Active());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get(front, "/health/ready")).StatusCode);
        await front.StopAsync();
    }

    [Fact]
    public async Task A_silo_has_the_api_too_unless_told_otherwise()
    {
        await using var silo = await Start("all");

        Assert.Equal(HttpStatusCode.OK, (await Get(silo, "/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(silo, "/api/v1/checkout-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(silo, "/dashboard/")).StatusCode);
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_dashboard_is_there_for_the_operators_browser_where_it_is_wanted()
    {
        await using var silo = await Start("all", new("JIKO_DASHBOARD", "true"), new("JIKO_OPERATOR_KEY", OperatorKey));

        var refused = await Get(silo, "/dashboard/");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Basic", refused.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(silo, "/dashboard/", Typed("guess"))).StatusCode);

        var page = await Get(silo, "/dashboard/", Typed(OperatorKey));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var counters = await Get(silo, "/dashboard/DashboardCounters", Typed(OperatorKey));
        Assert.Contains("\"hosts\":", await counters.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // The API goes on to take bearer tokens only.
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await Get(silo, "/api/v1/checkout-sessions", Typed(OperatorKey))).StatusCode);
        await silo.StopAsync();
    }

    [Fact]
    public void A_role_that_nobody_plays_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => JikoXpressSilo.Build(["--role", "waiter"]));

    /// <summary>Each setting with nonsense; <c>secret</c> where the value must not be repeated.</summary>
    [Theory]
    [InlineData("--role", "waiter")]
    [InlineData("JIKO_POSTGRES", "")]
    [InlineData("JIKO_POSTGRES", "the usual secret one")]
    [InlineData("JIKO_POSTGRES", "Host=127.0.0.1;Port=many secret")]
    [InlineData("JIKO_POSTGRES_FILE", "/nowhere")]
    [InlineData("JIKO_DEMO", "yes")]
    [InlineData("JIKO_DASHBOARD", "yes")]
    [InlineData("JIKO_KUBERNETES", "yes")]
    [InlineData("JIKO_SHORTEST_PIN", "four")]
    [InlineData("JIKO_SHORTEST_PIN", "7")]
    [InlineData("JIKO_RATE_TOKEN", "fast")]
    [InlineData("JIKO_RATE_API_KEY", "1000")]
    [InlineData("JIKO_RATE_ADDRESS", "0/1")]
    [InlineData("JIKO_RATE_WEBHOOK", "-1/5")]
    [InlineData("JIKO_RATE_TABLE", "1/0")]
    [InlineData("JIKO_RATE_SIGN_IN", "1/2/3")]
    [InlineData("JIKO_LANE_WEBHOOKS", "64")]
    [InlineData("JIKO_LANE_SETTLING", "0/0")]
    [InlineData("JIKO_LANE_CREATING", "many/few")]
    [InlineData("JIKO_LANE_READING", "1.5/2")]
    [InlineData("JIKO_LANE_CODES", "/")]
    [InlineData("JIKO_KEEP_ANSWERS", "for ever")]
    [InlineData("JIKO_KEEP_DELIVERIES", "6")]
    [InlineData("JIKO_KEEP_EVENTS", "0")]
    [InlineData("JIKO_KEEP_PHONES", "3661")]
    [InlineData("JIKO_KEEP_WEBHOOKS", "181")]
    [InlineData("JIKO_BODIES", "64")]
    [InlineData("JIKO_CONNECTIONS", "99999999999/1")]
    [InlineData("JIKO_WAITING", "100/0")]
    [InlineData("JIKO_LINK_VISITS", "0")]
    [InlineData("JIKO_PROXY", "the router")]
    [InlineData("JIKO_PROXY", "10.0.0.0/99")]
    [InlineData("JIKO_MODE", "production")]
    [InlineData("JIKO_OPERATOR_KEY", "secret")]
    [InlineData("JIKO_OPERATOR_KEY_FILE", "/nowhere")]
    [InlineData("JIKO_PIN_PEPPER_FILE", "/nowhere")]
    [InlineData("JIKO_SIMULATOR", "the one next door")]
    [InlineData("JIKO_SIMULATOR_SECRET_FILE", "/nowhere")]
    [InlineData("JIKO_AGGREGATORS", "/nowhere")]
    [InlineData("JIKO_SECRETS_KEY_FILE", "/nowhere")]
    [InlineData("JIKO_TILLS", "/nowhere")]
    [InlineData("JIKO_WEBHOOKS_TO_OWN_MACHINE", "sometimes")]
    [InlineData("JIKO_RETURN_UNCLAIMED", "never")]
    [InlineData("JIKO_SILO_ADDRESS", "no.such.host.invalid")]
    [InlineData("JIKO_SILO_PORT", "eleven")]
    [InlineData("JIKO_GATEWAY_PORT", "70000")]
    [InlineData("JIKO_CLUSTER_CERTIFICATE", "/nowhere")]
    [InlineData("JIKO_CLUSTER_KEY", "/nowhere")]
    [InlineData("JIKO_CLUSTER_CA", "/nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "the collector")]
    public async Task A_setting_that_cannot_be_used_ends_the_start_with_one_line(string name, string value)
    {
        await using var errors = new StringWriter();
        string[] args = name is "--role" ? [name, value] : [];

        var code = await JikoXpressSilo.Run(args, errors, builder =>
        {
            builder.Environment.EnvironmentName = "Development";
            builder.Configuration.AddInMemoryCollection(
            [
                .. name is "JIKO_POSTGRES" or "JIKO_POSTGRES_FILE"
                    ? Array.Empty<KeyValuePair<string, string?>>()
                    : [new("JIKO_POSTGRES", database.ConnectionString)],
                .. name is "--role" ? Array.Empty<KeyValuePair<string, string?>>() : [new(name, value)],
            ]);
        });

        Assert.Equal(1, code);
        var line = Assert.Single(errors.ToString().TrimEnd().Split('\n'));
        if (name is not "--role") Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        if (value.Contains("secret", StringComparison.Ordinal))
            Assert.DoesNotContain(value, line, StringComparison.Ordinal);
        else if (!value.StartsWith('/')) Assert.Contains(value.Split(',')[0], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrong_key_of_secrets_or_none_ends_the_start_with_one_line()
    {
        using var key = new SecretsKeyFile();
        using var other = new SecretsKeyFile();
        await using var fresh = new TestDatabase();
        await fresh.InitializeAsync();
        // Without a key a process starts, as long as there is nothing to read with it.
        await using (var first = await Member.Start(
            "all",
            [
                new("JIKO_POSTGRES", fresh.ConnectionString), new("JIKO_CLUSTER", "secrets"),
                new("JIKO_SECRETS_KEY_FILE", key.Path),
            ]))
        {
            await first.StopAsync();
        }

        Assert.Contains("is not the file", await Refused(other.Path), StringComparison.Ordinal);
        await fresh.Run("""
            INSERT INTO jiko.kitchen (
                id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
                low_stock_threshold, created_at)
            VALUES ('00000000-0000-0000-0000-000000000001', 'Mama', false, 'UTC', '04:00', 300, 900, 5, now());
            INSERT INTO jiko.payment_account_name VALUES ('pay', '00000000-0000-0000-0000-000000000001');
            INSERT INTO jiko.payment_account VALUES (
                '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'pay', 'PAWAPAY', '{}',
                'encrypted', '[]', true, 1, 1, now(), NULL)
            """);
        Assert.Contains("is not set", await Refused(""), StringComparison.Ordinal);
        await fresh.Run("""
            INSERT INTO jiko.payment_account_name VALUES ('clickpesa', '00000000-0000-0000-0000-000000000001')
            """);
        Assert.Contains("clickpesa", await Refused(
            key.Path, new("JIKO_SIMULATOR", "http://127.0.0.1:5090"),
            new("JIKO_SIMULATOR_SECRET", "what-the-two-sides-of-this-test-know"), new("JIKO_AGGREGATOR", "clickpesa")),
            StringComparison.Ordinal);

        async Task<string> Refused(string file, params KeyValuePair<string, string?>[] settings)
        {
            await using var errors = new StringWriter();
            var code = await JikoXpressSilo.Run([], errors, builder =>
            {
                builder.Environment.EnvironmentName = "Development";
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection(
                [
                    new("JIKO_POSTGRES", fresh.ConnectionString), new("JIKO_SECRETS_KEY_FILE", file), .. settings,
                ]);
            });
            Assert.Equal(1, code);
            return Assert.Single(errors.ToString().TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task A_database_that_fails_at_the_start_is_not_called_a_wrong_key_of_secrets()
    {
        using var key = new SecretsKeyFile();
        await using var fresh = new TestDatabase();
        await fresh.InitializeAsync();
        KeyValuePair<string, string?>[] settings =
        [
            new("JIKO_POSTGRES", fresh.ConnectionString), new("JIKO_CLUSTER", "failing"),
            new("JIKO_SECRETS_KEY_FILE", key.Path),
        ];
        await using (var first = await Member.Start("all", settings)) await first.StopAsync();
        await fresh.Run("ALTER TABLE jiko.secrets_key RENAME COLUMN xml TO was_xml");
        await using var errors = new StringWriter();
        using var logs = new Logs();

        var fault = await Assert.ThrowsAsync<PostgresException>(() => JikoXpressSilo.Run([], errors, builder =>
        {
            builder.Environment.EnvironmentName = "Development";
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders().AddProvider(logs);
        }));

        Assert.Equal(PostgresErrorCodes.UndefinedColumn, fault.SqlState);
        Assert.Empty(errors.ToString());
        Assert.DoesNotContain(logs.Lines, line => line.Contains("BackgroundService", StringComparison.Ordinal));
    }

    private Task<WebApplication> Start(string role, params KeyValuePair<string, string?>[] settings) => Member.Start(
        role, [new("JIKO_POSTGRES", database.ConnectionString),
            new("JIKO_CLUSTER", role is "all" ? "one" : "several"), .. settings]);

    private static AuthenticationHeaderValue Typed(string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"operator:{key}")));

    private static async Task<HttpResponseMessage> Get(
        WebApplication member, string path, AuthenticationHeaderValue? authorization = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(member.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = authorization;
        return await http.GetAsync(path);
    }

    private Task<long> Active() =>
        database.Ask<long>("SELECT count(*) FROM jiko_cluster.silo WHERE cluster = 'several' AND status = 3");
}
