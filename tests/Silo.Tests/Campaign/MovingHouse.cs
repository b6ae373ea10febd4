using System.Text.Json;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Tests;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;

namespace JikoXpress.Silo.Tests.Campaign;

/// <summary>
/// The embedded host stops, a silo starts on its database, and the other way round: what was going on goes on.
/// </summary>
[Collection(nameof(NothingBeside))]
public sealed class MovingHouse(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Slips_tabs_and_kept_answers_go_on_in_a_cluster_and_back_again()
    {
        Slip kept, late;
        JsonElement sale, tab;
        await using (var embedded = await Till.Start(Host("embedded", Programs.Product)))
        {
            sale = await embedded.Post("/checkout-sessions", embedded.Sale(), "sale-before-the-move");
            kept = await embedded.OpenSlip();
            late = await embedded.OpenSlip();
            tab = await embedded.Post("/checkout-sessions", embedded.Tab(), "tab-before-the-move");
        }

        await using (var silo = await Till.Start(Host("silo", Programs.Silo)))
        {
            var again = await silo.Post("/checkout-sessions", silo.Sale(), "sale-before-the-move");
            Assert.Equal(sale.GetRawText(), again.GetRawText());
            Assert.Equal("CONFIRMED", (await silo.Confirm(kept)).GetProperty("status").GetString());
            var bill = tab.GetProperty("billId").GetString();
            var paid = await silo.Post($"/bills/{bill}/pay", silo.Cash(), "bill-after-the-move");
            Assert.Equal("PAID", paid.GetProperty("status").GetString());
            Assert.True(await silo.BooksBalance());
        }

        await using (var back = await Till.Start(Host("embedded-again", Programs.Product)))
        {
            Assert.Equal("CONFIRMED", (await back.Confirm(late)).GetProperty("status").GetString());
            var again = await back.Post("/checkout-sessions", back.Sale(), "sale-before-the-move");
            Assert.Equal(sale.GetRawText(), again.GetRawText());
            Assert.True(await back.BooksBalance());
        }
    }

    public void Dispose() => scratch.Dispose();

    private HostProcess Host(string name, string program) => new(name, new HostProgram(
        program, scratch.Inner(name), "/health/ready", new Dictionary<string, string>
        {
            ["JIKO_POSTGRES"] = database.ConnectionString,
            ["JIKO_DEMO"] = "true",
            ["JIKO_SILO_PORT"] = $"{Ports.Free()}",
            ["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}",
        }));

    private sealed record Slip(string Session);

    /// <summary>A till at a host that lives as long as it does.</summary>
    private sealed class Till(HostProcess host, DemoTill demo) : IAsyncDisposable
    {
        public static async Task<Till> Start(HostProcess host)
        {
            await host.Start();
            return new Till(host, await DemoTill.At(host.Address));
        }

        public string Sale() => demo.Sale();

        public string Tab() => $$"""
            {"sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "07",
             "items": [{"menuId": "{{demo.Pilau}}", "quantity": 1}]}
            """;

        public string Cash() => $$"""{"payments": [{"paymentMethod": "CASH", "amount": {{demo.Price}}}]}""";

        public async Task<Slip> OpenSlip()
        {
            var opened = await Post("/checkout-sessions", $$"""
                {"sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
                 "items": [{"menuId": "{{demo.Pilau}}", "quantity": 1}]}
                """, $"{Guid.NewGuid()}");
            return new Slip(opened.GetProperty("id").GetString() ?? "");
        }

        public Task<JsonElement> Confirm(Slip slip) =>
            Post($"/checkout-sessions/{slip.Session}/confirm-slip", Cash(), $"confirm-{slip.Session}");

        public Task<bool> BooksBalance() => demo.BooksBalance();

        public async Task<JsonElement> Post(string path, string body, string key)
        {
            using var response = await demo.Post(path, body, key);
            var said = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {said}");
            return JsonElement.Parse(said);
        }

        public async ValueTask DisposeAsync()
        {
            demo.Dispose();
            await host.DisposeAsync();
        }
    }
}
