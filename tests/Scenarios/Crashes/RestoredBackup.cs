using System.Collections.Concurrent;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Jiko;
using JikoXpress.Jiko.Postgres;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace JikoXpress.Scenarios.Crashes;

/// <summary>
/// The database is lost, and a backup of it is restored into a new one, as docs/guides.md says: what the backup has is
/// there, what came after it is not, and business goes on.
/// </summary>
public sealed class RestoredBackup(Restaurant restaurant) : Scenario(restaurant)
{
    private readonly string restored = $"jiko_restored_{Guid.NewGuid():N}";

    [Fact]
    public async Task Has_what_was_sold_before_it_and_goes_on_selling()
    {
        await Kitchen.Receive(Pilau, 100);
        var kept = await Till.WithKey("kept").Post("/checkout-sessions", Sale).Is(201);
        var slip = await Kiosk.Post("/checkout-sessions", Slip).Is(201);
        using var folder = new Folder();
        var backup = Path.Combine(folder.Path, "jiko.dump");
        await Run(
            "pg_dump", "--format=custom", $"--file={backup}", $"--dbname={Uri(Restaurant.Database.ConnectionString)}");

        var lost = await Till.Post("/checkout-sessions", Sale).Is(201);
        string seen;
        using (var screen = await Kitchen.Cook.With("Last-Event-ID", "0").Follow(Stream))
            seen = (await screen.NextOf(OrderOf(lost))).Id;

        await Restaurant.Database.Run($"CREATE DATABASE {restored}");
        try
        {
            await Restore(backup);
            await GoOn(kept, slip, lost, seen);
        }
        finally
        {
            await Restaurant.Database.Run($"DROP DATABASE IF EXISTS {restored} WITH (FORCE)");
        }
    }

    private async Task Restore(string backup)
    {
        await Run("pg_restore", "--exit-on-error", "--no-owner", $"--dbname={Uri(Connection)}", backup);
        await Run(
            "psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", $"--dbname={Uri(Connection)}",
            $"--file={AfterRestore}");
    }

    private async Task GoOn(Answer kept, Answer slip, Answer lost, string seen)
    {
        ConcurrentQueue<string> faults = [];
        await using var host = await RunningHost.Start(Connection, Restaurant.Clock, faults);
        var (till, cook) = (Till.At(host), Kitchen.Cook.At(host));

        // The same key has the same answer, and stock is as it was: 100, less a sale and a slip.
        Assert.Equal(kept.Body, (await till.WithKey("kept").Post("/checkout-sessions", Sale).Is(201)).Body);
        await till.Get($"/checkout-sessions/{lost["id"]}").Is(404);
        await till.Post($"/checkout-sessions/{slip["id"]}/confirm-slip", """
            { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }
            """).Is(200, """{ "status": "CONFIRMED" }""");
        // As many as were lost and more: their positions in the feed would be those that the screen has seen.
        Answer sold = slip;
        for (var sale = 0; sale < 5; sale++) sold = await till.Post("/checkout-sessions", Sale).Is(201);

        using (var screen = await cook.With("Last-Event-ID", seen).Follow(Stream))
        {
            Assert.Equal("tickets.reset", (await screen.Next()).Type);
            var next = await till.Post("/checkout-sessions", Sale).Is(201);
            Assert.Equal("ticket.created", (await screen.NextOf(OrderOf(next))).Type);
        }

        var list = await cook.Get($"/kitchens/{Kitchen.Id}/tickets").Is(200);
        Assert.Contains(sold["orderId"], list.Body, StringComparison.Ordinal);
        Assert.Empty(await host.Services.GetRequiredService<IBooks>().Conservation());
        Assert.Empty(faults);
    }

    private string Stream => $"/kitchens/{Kitchen.Id}/tickets/stream";

    private string Connection =>
        new NpgsqlConnectionStringBuilder(Restaurant.Database.ConnectionString) { Database = restored }.ConnectionString;

    private static string AfterRestore
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "JikoXpress.sln")))
            {
                folder = Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("These tests run inside the repository.");
            }

            return Path.Combine(folder, "deploy", "after-restore.sql");
        }
    }

    private static Guid OrderOf(Answer sale) => Guid.Parse(sale["orderId"]);

    private static string Uri(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        return $"postgresql://{System.Uri.EscapeDataString(settings.Username ?? "")}:"
            + $"{System.Uri.EscapeDataString(settings.Password ?? "")}@{settings.Host}:{settings.Port}"
            + $"/{settings.Database}";
    }

    /// <summary>By a program of an installed PostgreSQL, which is as new as the server or newer.</summary>
    private static async Task Run(string program, params string[] arguments)
    {
        var installed = await PostgresPrograms.Find()
            ?? throw new InvalidOperationException("pg_dump comes with an installed PostgreSQL; there is none.");
        await Command.Run(installed.PathOf(program), arguments);
    }

    private string Sale => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
        }
        """;

    private string Slip => $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """;
}

/// <summary>A folder of its own for what is put on disk, removed afterwards.</summary>
public sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jiko-backup-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
