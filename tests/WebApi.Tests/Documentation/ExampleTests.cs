using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>Every example of the document is a request that was sent, with the answer that came.</summary>
public sealed class ExampleTests
{
    /// <summary>The headings of the reference that have a request.</summary>
    internal static readonly string[] Reference =
    [
        "POS — Dine In, Pay Now",
        "POS — Drive Through, Pay Now",
        "POS — Drive Through, Generate Slip",
        "Kiosk — Dine In, Cash Slip",
        "Kiosk — Dine In, Mobile Money",
        "App — Pickup, Platform Wallet",
        "WhatsApp — Pickup",
        "Payment Split Model",
        "1. POS — Pay Now, Cash",
        "2. POS — Pay Now, Split Payment",
        "3. POS — Pay Now, Kitchen Wallet",
        "4. POS — Pay Now, Kitchen Channel (Lipa Voda)",
        "5. POS — Generate Slip (Human Kiosk)",
        "6. POS — Tab, Round 1 (New Bill)",
        "7. POS — Tab, Round 2 (Existing Bill)",
        "8. Kiosk Machine — Cash Slip",
        "9. Kiosk Machine — Mobile Money (Immediate)",
        "10. Table QR — Pay on Phone",
        "11. Table QR — Pay at Cashier (Slip)",
        "12. App — Checkout from Cart, Delivery",
        "13. App — Direct Buy, No Cart",
        "14. WhatsApp — Delivery",
        "Kitchen Wallet — Insufficient Balance, Split with Cash",
        "Three-Way Split",
        "Tab — Pay Bill with Split",
        "Cashier Confirms Slip Payment",
        "Cashier Confirms Slip — Split Payment",
    ];

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly IReadOnlyList<string> Files =
    [
        .. Directory.EnumerateFiles(Path.Combine(SampleHouse.Examples, "Requests"))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Files];

    [Theory, MemberData(nameof(Names)), Trait("Category", "Examples")]
    public async Task An_example_is_answered_as_the_document_shows(string name)
    {
        await using var house = await SampleHouse.Open();
        var answer = (await Run(house, name)).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";

        var file = Path.Combine(SampleHouse.Examples, "Answers", $"{name}.json");
        if (DocumentFileTests.Writes) await File.WriteAllTextAsync(file, answer);
        var committed = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        Assert.True(
            answer == committed.ReplaceLineEndings("\n"),
            $"The answer has changed: run ./jiko openapi, and commit it.\n{answer}");
    }

    [Theory, MemberData(nameof(Names))]
    public void An_example_keeps_the_schemas(string name)
    {
        var api = DocumentedApi.Committed;
        var request = Read("Requests", name);
        var operation = api.Operations
            .Single(one => (string?)one.Operation["operationId"] == (string?)request["operation"]).Operation;
        var answer = Read("Answers", name);
        var response = api.Response(operation, (int)answer["status"]!)!["content"]!.AsObject().Single().Value!;

        Assert.Empty(api.Check.Wrong(answer["body"], response["schema"]!));
        Assert.True(JsonNode.DeepEquals(answer["body"], response["examples"]![name]!["value"]));
        if (request["body"] is not { } body) return;
        var sent = operation["requestBody"]!["content"]!["application/json"]!;
        Assert.Empty(api.Check.Wrong(body, sent["schema"]!));
        Assert.Equal((string?)request["title"], (string?)sent["examples"]![name]!["summary"]);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_example_is_refused_if_and_only_if_it_is_of_a_refusal(string name)
    {
        var status = (int)Read("Answers", name)["status"]!;

        Assert.InRange(status, 200, 499);
        Assert.Equal(name.StartsWith("refused-", StringComparison.Ordinal), status >= 400);
    }

    [Fact]
    public void Every_scenario_of_the_reference_is_an_example()
    {
        var examples = Files.Select(name => (string?)Read("Requests", name)["title"]).ToHashSet();

        Assert.All(Reference, title => Assert.Contains(title, examples));
    }

    /// <summary>Sends the example, after those that come before it.</summary>
    private static async Task<JsonNode> Run(SampleHouse house, string name)
    {
        var example = Read("Requests", name);
        var before = (string?)example["after"] is { } earlier ? await Run(house, earlier) : null;
        if (example["paidByPhone"] is not null) await house.PayByPhone(Guid.Parse((string)before!["body"]!["id"]!));
        house.Clock.Advance(TimeSpan.FromMinutes((int?)example["minutesLater"] ?? 0));
        var operation = (string)example["operation"]!;
        var (method, path) = house.Find(operation);
        path = path
            .Replace("{kitchenId:uuid}", $"{SampleHouse.KitchenId}", StringComparison.Ordinal)
            .Replace("{id:uuid}", Id(before, path), StringComparison.Ordinal)
            .Replace("{ticketId:uuid}", (string?)before?["body"]?["orderId"], StringComparison.Ordinal)
            .Replace("{menuId:uuid}", (string?)example["menuId"], StringComparison.Ordinal);
        Assert.DoesNotContain("{", path, StringComparison.Ordinal);
        var request = new HttpRequestMessage(
            method, example["query"] is { } query ? $"{path}?{query}" : path);
        // With a key what is made anew has the same id each time.
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", name);
        if (example["body"] is { } body)
            request.Content = new StringContent(body.ToJsonString(), null, "application/json");

        var response = await house.As((string)example["caller"]!).SendAsync(request);
        var answer = await response.Json();
        // Every problem has another one.
        if (answer["traceId"] is not null) answer["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736";
        return new JsonObject { ["status"] = (int)response.StatusCode, ["body"] = answer };
    }

    private static string Id(JsonNode? before, string path) => path switch
    {
        _ when path.StartsWith("/api/v1/kitchens", StringComparison.Ordinal) => $"{SampleHouse.KitchenId}",
        _ when path.StartsWith("/api/v1/orders", StringComparison.Ordinal) => (string?)before?["body"]?["orderId"] ?? "",
        _ when path.StartsWith("/api/v1/bills", StringComparison.Ordinal) => (string?)before?["body"]?["billId"] ?? "",
        _ when before?["body"]?["shiftId"] is { } shift => (string?)shift ?? "",
        _ when path.StartsWith("/api/v1/checkout-groups", StringComparison.Ordinal) =>
            (string?)before?["body"]?["groupId"] ?? "",
        _ => (string?)before?["body"]?["id"] ?? "",
    };

    private static JsonNode Read(string folder, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(SampleHouse.Examples, folder, $"{name}.json")))!;
}
