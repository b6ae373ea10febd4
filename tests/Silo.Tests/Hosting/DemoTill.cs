using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Silo.Tests.Hosting;

/// <summary>A till of the demo's kitchen.</summary>
internal sealed class DemoTill(HttpClient http, IReadOnlyDictionary<string, string> demo) : IDisposable
{
    public string Pilau => demo["PILAU"];

    public string Price => demo["PILAU_PRICE"];

    public static async Task<DemoTill> At(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        var demo = (await http.GetStringAsync(new Uri("/demo/env", UriKind.Relative)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
        return new DemoTill(http, demo);
    }

    /// <summary>One pilau for cash.</summary>
    public string Sale() => $$"""
        {"sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
         "items": [{"menuId": "{{Pilau}}", "quantity": 1}],
         "payments": [{"paymentMethod": "CASH", "amount": {{Price}}}]}
        """;

    /// <summary>So much that none of a test's guests goes away hungry.</summary>
    public async Task Cook()
    {
        using var cooked = await Receive("cook-1", 9999);
        cooked.EnsureSuccessStatusCode();
    }

    /// <summary>So many more pilaus come from the kitchen.</summary>
    /// <param name="key">The Idempotency-Key.</param>
    public Task<HttpResponseMessage> Receive(string key, int quantity = 1) => Post(
        $"/kitchens/{demo["KITCHEN"]}/stock/{Pilau}/receipts", $$"""{"quantity": {{quantity}}}""", key, "MANAGER");

    /// <param name="key">The Idempotency-Key.</param>
    public async Task<HttpResponseMessage> Post(string path, string body, string key, string by = "CASHIER")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1{path}", UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", demo[by]);
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    /// <summary>One pilau for cash, as bytes on a connection.</summary>
    public string SaleOnTheWire(string key)
    {
        var body = Sale();
        return $"POST /api/v1/checkout-sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {demo["CASHIER"]}\r\n"
            + $"Content-Type: application/json\r\nIdempotency-Key: {key}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    public async Task<bool> BooksBalance()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri("/api/v1/operator/conservation", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", demo["OPERATOR"]);
        using var response = await http.SendAsync(request);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("holds").GetBoolean();
    }

    public void Dispose() => http.Dispose();
}
