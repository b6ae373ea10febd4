using System.Text.Json;
using JikoXpress.Postgres;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>What the last build without Orleans left in its database goes on where it stopped.</summary>
public sealed class ContinuedBusiness(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string LastFile = "0015_shifts.sql";
    private const string SlipToPay = "8b5b4207-2ea5-8b7e-a06b-f0d588d61aee";
    private const string SlipToExpire = "d01e9e0e-5f68-8701-89ad-23c034b5df6e";
    private const string Tab = "72bbbbdb-bd85-8ddc-995f-a8283f7760c6";
    private const string PaidByPhone = "1fe0ecb6-149a-8191-b9a8-22298660ba25";

    /// <summary>A quarter of an hour before the slips' time is over.</summary>
    private readonly FakeTimeProvider clock = Clocks.At(new DateTimeOffset(2026, 11, 28, 12, 43, 0, TimeSpan.Zero));

    [Fact]
    public async Task States_money_and_deadlines_of_the_embedded_host_go_on_in_a_silo()
    {
        await BringBack();
        await using var silo = await Member.Start(
            "all",
            [
                new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_DEMO", "true"),
                // Nobody answers there, so that the payment by phone stays unknown.
                new("JIKO_SIMULATOR", "http://127.0.0.1:9"), new("JIKO_SIMULATOR_SECRET", "nobody-answers-at-this-port-0001"),
            ],
            OnClock);
        using var till = await DemoTill.At(new Uri(silo.Urls.Single()));

        var sale = await Answer(till.Post("/checkout-sessions", SaleBefore(till), "sale-before"));
        Assert.Equal("422e5a74-5b21-88a2-9dbf-54ebbcaf50d3", sale.GetProperty("id").GetString());
        Assert.Equal("CONFIRMED", await StatusAfter(till, $"/checkout-sessions/{SlipToPay}/confirm-slip", "slip"));
        var bill = await database.Ask<Guid>("SELECT id FROM jiko.bill");
        Assert.Equal("PAID", await StatusAfter(till, $"/bills/{bill}/pay", "tab"));
        Assert.Equal("CONFIRMED", await StatusOf(Tab));

        await Until(SlipToExpire, "EXPIRED");
        await Until(PaidByPhone, "EXPIRED");
        Assert.True(await till.BooksBalance());
        await silo.StopAsync();
    }

    /// <summary>Byte by byte as it was sent then.</summary>
    private static string SaleBefore(DemoTill till) =>
        """{"sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP", """
        + $$"""
        "items": [{"menuId": "{{till.Pilau}}", "quantity": 1}], "payments": [{"paymentMethod": "CASH", "amount": 5000}]}
        """;

    /// <summary>The schema as it was, and its rows.</summary>
    private async Task BringBack()
    {
        await database.Run("DROP SCHEMA jiko CASCADE; DROP SCHEMA jiko_cluster CASCADE; CREATE SCHEMA jiko");
        await database.Run("""
            CREATE TABLE jiko.schema_version (
                file text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """);
        foreach (var (file, text) in EmbeddedSql.In("Schema/"))
        {
            if (string.CompareOrdinal(file, LastFile) <= 0) await database.Run(text);
        }

        await database.Run(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Stored", "embedded-host.sql")));
    }

    private void OnClock(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
        // What keeps the silo up goes by the machine's clock.
        foreach (var area in MachineTime.Areas) builder.Services.AddKeyedSingleton(area, TimeProvider.System);
    }

    private static async Task<string?> StatusAfter(DemoTill till, string path, string key) =>
        (await Answer(till.Post(path, $$"""{"payments": [{"paymentMethod": "CASH", "amount": {{till.Price}}}]}""", key)))
            .GetProperty("status").GetString();

    private Task<string> StatusOf(string session) =>
        database.Ask<string>($"SELECT status FROM jiko.checkout_session WHERE id = '{session}'");

    /// <summary>Nobody asks for the session: it is ended by itself, by the clock.</summary>
    private async Task Until(string session, string status)
    {
        for (var looks = 0; await StatusOf(session) != status; looks++)
        {
            Assert.True(looks < 300, $"{session} never became {status}.");
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static async Task<JsonElement> Answer(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var said = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, said);
        return JsonElement.Parse(said);
    }
}
