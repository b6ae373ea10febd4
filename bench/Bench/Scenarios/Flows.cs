using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>The units of work, as requests that are prepared as far as they can be.</summary>
internal static class Flows
{
    public const string Sessions = "/api/v1/checkout-sessions";

    public const int Total = 3 * Kitchens.Price;
    private const int Variants = 10;

    private static int phones;

    /// <summary>Two lines, paid in cash.</summary>
    public static Flow CashSales(int kitchens) => Send(201, kitchens, (kitchen, variant) => Request.Post(
        Sessions, Kitchens.Token(kitchen), Body(kitchen, variant, "IMMEDIATE", Cash)));

    /// <summary>The same sales as bytes, by number.</summary>
    public static Func<int, byte[]> CashSaleRequests(int kitchens)
    {
        var requests = Requests(kitchens, (kitchen, variant) => Request.Post(
            Sessions, Kitchens.Token(kitchen), Body(kitchen, variant, "IMMEDIATE", Cash)));
        return number => requests[number % requests.Length];
    }

    /// <summary>Payment of a slip that <see cref="OpenSlips"/> has opened.</summary>
    public static byte[] ConfirmSlip(string path, string token) =>
        Request.Post($"{path}/confirm-slip", token, $$"""{"payments":{{Cash}}}""");

    /// <summary>Opens sales by phone, and answers the signed webhook that settles each.</summary>
    public static async Task<byte[][]> OpenPhoneSales(Server server, int count)
    {
        var path = $"/webhooks/payments/simulator/{Signing.PathToken}";
        using var connection = await Connection.Open(server.Address);
        var webhooks = new byte[count][];
        for (var number = 0; number < count; number++)
        {
            var kitchen = number % Kitchens.Count;
            var opened = await connection.Send(
                Request.Post(
                    Sessions, Kitchens.Token(kitchen),
                    Body(kitchen, number % Variants, "IMMEDIATE", NextPhone())), 201);
            var (id, reference) = (opened.Text("\"id\":\""u8), opened.Text("\"reference\":\""u8));
            webhooks[number] = Signing.Webhook(path, reference, Total, id);
        }

        return webhooks;
    }

    /// <summary>Opens sales whose phones are rung, and whose guests wait for ten minutes before they pay.</summary>
    public static async Task<Forged.Sale[]> OpenRungSales(Server server, int count)
    {
        using var connection = await Connection.Open(server.Address);
        var sales = new Forged.Sale[count];
        for (var number = 0; number < count; number++)
        {
            var kitchen = number % Kitchens.Count;
            var token = Kitchens.Token(kitchen);
            var phone = $"+2557{Interlocked.Increment(ref phones):D5}036";
            var opened = await connection.Send(
                Request.Post(Sessions, token, Body(kitchen, number % Variants, "IMMEDIATE", By(phone))), 201);
            sales[number] = new Forged.Sale(opened.Text("\"id\":\""u8), token, opened.Tag, phone);
        }

        return sales;
    }

    /// <summary>The same sale for a rival, which is told the kitchen.</summary>
    public static Flow CashSales(string path, int kitchens, int expected = 201) => Send(
        expected, kitchens, (kitchen, variant) => Request.Post(
            path, token: null, Body(kitchen, variant, "IMMEDIATE", Cash, withKitchen: true)));

    /// <summary>A slip is printed, and paid in cash.</summary>
    public static Flow Slips(int kitchens)
    {
        var open = Requests(kitchens, (kitchen, variant) => Request.Post(
            Sessions, Kitchens.Token(kitchen), Body(kitchen, variant, "SLIP", payments: null)));
        return async (connection, number) =>
        {
            var opened = await connection.Send(open[number % open.Length], 201);
            var id = opened.Text("\"id\":\""u8);
            var token = Kitchens.Token(number % open.Length % kitchens);
            await connection.Send(
                Request.Post($"{Sessions}/{id}/confirm-slip", token, $$"""{"payments":{{Cash}}}"""), 200);
        };
    }

    public static Flow RivalSlips(int kitchens)
    {
        var open = Requests(kitchens, (kitchen, variant) => Request.Post(
            "/row-lock/open", token: null, Body(kitchen, variant, "SLIP", "[]", withKitchen: true)));
        return async (connection, number) =>
        {
            var opened = await connection.Send(open[number % open.Length], 201);
            var id = opened.Text("\"id\":\""u8);
            await connection.Send(Request.Post($"/row-lock/{id}/confirm", token: null, ""), 200);
        };
    }

    /// <summary>
    /// A phone is rung, its aggregator tells that it has paid, and whoever waits at the counter hears of it.
    /// </summary>
    public static Flow PaidByPhone(int kitchens)
    {
        var path = $"/webhooks/payments/simulator/{Signing.PathToken}";
        return async (connection, number) =>
        {
            var token = Kitchens.Token(number % kitchens);
            var opened = await connection.Send(
                Request.Post(Sessions, token, Body(number % kitchens, number, "IMMEDIATE", NextPhone())), 201);
            var (id, reference, tag) = (
                opened.Text("\"id\":\""u8), opened.Text("\"reference\":\""u8), opened.Tag);
            await connection.Send(Signing.Webhook(path, reference, Total, id), 200);
            while (true)
            {
                var seen = await connection.Send(
                    Request.Get($"{Sessions}/{id}?waitSeconds=30", token, tag), 200);
                if (seen.Text("\"status\":\""u8) == "CONFIRMED") return;
                tag = seen.Tag;
            }
        };
    }

    public static Flow RivalPaidByPhone(int kitchens)
    {
        return async (connection, number) =>
        {
            var body = Body(number % kitchens, number, "IMMEDIATE", NextPhone(), withKitchen: true);
            var opened = await connection.Send(Request.Post("/row-lock/open", token: null, body), 201);
            var (id, reference) = (opened.Text("\"id\":\""u8), opened.Text("\"reference\":\""u8));
            await connection.Send(Signing.Webhook("/row-lock/webhook", reference, Total, id), 200);
        };
    }

    /// <summary>Cash sales of dishes of which none is left.</summary>
    public static async Task AskForSoldOut(Server server, int count)
    {
        var ask = Send(409, Kitchens.Count, (kitchen, variant) => Request.Post(
            Sessions, Kitchens.Token(kitchen), Body(kitchen, variant, "IMMEDIATE", Cash)));
        var connections = await Connections.Open(server.Address, 64);
        await Task.WhenAll(connections.Select(async (connection, index) =>
        {
            for (var number = index; number < count; number += connections.Length) await ask(connection, number);
            connection.Dispose();
        }));
    }

    /// <summary>Opens so many slips, and answers where to look at each, with its tag.</summary>
    public static async Task<(string Path, string Token, string Tag)[]> OpenSlips(Server server, int count)
    {
        var slips = new (string, string, string)[count];
        var connections = await Connections.Open(server.Address, 64);
        await Task.WhenAll(connections.Select(async (connection, index) =>
        {
            for (var number = index; number < count; number += connections.Length)
            {
                var kitchen = number % Kitchens.Count;
                var token = Kitchens.Token(kitchen);
                var opened = await connection.Send(
                    Request.Post(Sessions, token, Body(kitchen, number % Variants, "SLIP", payments: null)), 201);
                slips[number] = ($"{Sessions}/{opened.Text("\"id\":\""u8)}", token, opened.Tag);
            }

            connection.Dispose();
        }));
        return slips;
    }

    private static string Cash => $$"""[{"paymentMethod":"CASH","amount":{{Total}}}]""";

    /// <summary>Another phone each time: one that rings cannot be rung again.</summary>
    private static string NextPhone() => By($"+2557{Interlocked.Increment(ref phones):D8}");

    private static string By(string phone) =>
        $$"""[{"paymentMethod":"MOBILE_MONEY","amount":{{Total}},"phoneNumber":"{{phone}}"}]""";

    private static Flow Send(int expected, int kitchens, Func<int, int, byte[]> request)
    {
        var requests = Requests(kitchens, request);
        return async (connection, number) => await connection.Send(requests[number % requests.Length], expected);
    }

    private static byte[][] Requests(int kitchens, Func<int, int, byte[]> request) =>
    [
        .. Enumerable.Range(0, kitchens * Variants).Select(number => request(number % kitchens, number / kitchens)),
    ];

    private static string Body(
        int kitchen, int variant, string type, string? payments, bool withKitchen = false)
    {
        var (first, second) = (variant % Kitchens.Dishes, (variant + 3) % Kitchens.Dishes);
        return $$"""
            {"sessionType":"{{type}}","channel":"POS","fulfillmentType":"PICKUP","tag":"John",
            """
            + (withKitchen ? $$"""
            "kitchenId":"{{Kitchens.Id(kitchen)}}",
            """ : "")
            + (payments is null ? "" : $$"""
            "payments":{{payments}},
            """)
            + $$"""
            "items":[{"menuId":"{{Kitchens.Dish(kitchen, first)}}","quantity":1,"itemInstructions":"no salt"},
            {"menuId":"{{Kitchens.Dish(kitchen, second)}}","quantity":2}]}
            """;
    }
}

/// <summary>The aggregator's side of a webhook, after Standard Webhooks.</summary>
internal static class Signing
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Product.Secret);

    /// <summary>The last part of the path, which only the aggregator knows.</summary>
    public static string PathToken { get; } =
        Convert.ToHexStringLower(HMACSHA256.HashData(Key, "webhook path"u8))[..32];

    public static byte[] Webhook(string path, string reference, int amount, string sessionId)
    {
        var json = $$"""
            {"reference":"{{reference}}","id":"{{reference}}","status":"SUCCESS","amount":{{amount}},"currency":"TZS",
            "sessionId":"{{sessionId}}"}
            """;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(
            HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"evt_{reference}.{now}.{json}")));
        return Request.Post(
            path, token: null, json,
            $"webhook-id: evt_{reference}\r\nwebhook-timestamp: {now}\r\nwebhook-signature: v1,{signature}\r\n");
    }
}
