using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Sessions;

/// <summary>Bodies that a till or kiosk would send.</summary>
internal static class Bodies
{
    public const string SessionsPath = "/api/v1/checkout-sessions";

    public static string CashSale(int items = 1, string more = "") => $$"""
        {"sessionType":"IMMEDIATE","channel":"POS","fulfillmentType":"PICKUP","tag":"John",
         "items":[{"menuId":"{{House.Pilau}}","quantity":{{items}},"itemInstructions":null}],
         "payments":[{"paymentMethod":"CASH","amount":{{5000 * items}}}]{{more}}}
        """;

    public static string Slip(string channel = "POS", string more = "") => $$"""
        {"sessionType":"SLIP","channel":"{{channel}}","fulfillmentType":"PICKUP",
         "items":[{"menuId":"{{House.Pilau}}","quantity":2}]{{more}}}
        """;

    public static string TableSlip(string table) => $$"""
        {"sessionType":"SLIP","channel":"TABLE_QR","fulfillmentType":"DINE_IN","tableNumber":"{{table}}",
         "items":[{"menuId":"{{House.Pilau}}","quantity":1}]}
        """;

    public const string TenThousandInCash = """{"payments":[{"paymentMethod":"CASH","amount":10000}]}""";

    public static async Task<JsonNode> Opened(this HttpClient client, string json)
    {
        var response = await client.Post(SessionsPath, json);
        Assert.Equal("201", await response.Told());
        return await response.Json();
    }
}
