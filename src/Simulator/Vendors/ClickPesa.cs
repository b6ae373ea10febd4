using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JikoXpress.Simulator.Vendors;

/// <summary>
/// ClickPesa: signs inside the body and not the time; calls the kind of a failure "eventType" and says no amount with
/// it; amounts are text in webhooks and numbers in answers; the token begins with "Bearer ".
/// </summary>
internal sealed class ClickPesaDialect : Dialect
{
    private static readonly JsonSerializerOptions LikeJavaScript = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override string Name => "clickpesa";

    public override Message Write(SimulatorSettings settings, News news)
    {
        var word = news.Word;
        var isPaid = word.Status == "SUCCESS";
        var data = new JsonObject
        {
            ["id"] = word.Id,
            ["status"] = word.Status,
            ["channel"] = "M-PESA",
            ["orderReference"] = word.Reference,
            ["message"] = word.Reason ?? "Payment completed",
        };
        if (isPaid)
        {
            data["paymentReference"] = word.Receipt;
            data["collectedAmount"] = word.Amount;
            data["collectedCurrency"] = word.Currency;
            data["customer"] = new JsonObject { ["customerName"] = "NG'OMBE J", ["customerPhoneNumber"] = news.Phone };
        }

        var body = new JsonObject
        {
            [isPaid ? "event" : "eventType"] = isPaid ? "PAYMENT RECEIVED" : "PAYMENT FAILED",
            ["data"] = data,
        };
        var key = news.Flaw is Flaw.BadSignature ? "another key" : settings.Derive("clickpesa checksum");
        if (news.Flaw is not Flaw.NoSignature) body["checksum"] = ChecksumOf(key, body);
        return new Message(JsonSerializer.SerializeToUtf8Bytes(body), []);
    }

    /// <summary>HMAC-SHA256 over the JSON with its keys sorted.</summary>
    public static string ChecksumOf(string key, JsonObject body) => Convert.ToHexStringLower(
        HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key),
            // The simulator writes no text that this encoder and JavaScript write differently.
            JsonSerializer.SerializeToUtf8Bytes(
                Sorted(body), LikeJavaScript)));

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject members
        ? new JsonObject(members
            .Where(member => member.Key is not ("checksum" or "checksumMethod"))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value))))
        : node?.DeepClone();
}

internal static class ClickPesaApi
{
    public static void MapClickPesa(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SimulatorSettings>();
        var root = app.MapGroup("/clickpesa/third-parties");
        root.MapPost("/generate-token", (HttpRequest request, Tokens tokens) =>
            request.Headers["client-id"] == "simulated"
            && request.Headers["api-key"] == settings.Derive("clickpesa api key")
                ? Results.Json(new { success = true, token = $"Bearer {tokens.Current("clickpesa")}" })
                : Results.Json(new { message = "Invalid or expired API key" }, statusCode: 403));

        var api = root.MapGroup("").WithToken("clickpesa");
        api.MapPost("/payments/preview-ussd-push-request", (JsonObject body, Aggregator aggregator) =>
            Wrong(settings, body) ?? Used(aggregator, body) ?? Results.Json(new
            {
                activeMethods = new[] { new { name = "M-PESA", status = "AVAILABLE", fee = 540 } },
            }));
        api.MapPost("/payments/initiate-ussd-push-request", (
            JsonObject body, HttpContext http, Aggregator aggregator) =>
            Wrong(settings, body) is { } wrong ? Task.FromResult(wrong)
            : Used(aggregator, body) is { } used ? Task.FromResult(used)
            : http.Push(
                aggregator, Dialect.ClickPesa,
                new PushBody(
                    Text(body, "orderReference"), $"+{Text(body, "phoneNumber")}", long.Parse(Text(body, "amount")),
                    Text(body, "currency")),
                collection => Results.Json(new
                {
                    id = collection.Id,
                    status = "PROCESSING",
                    channel = "M-PESA",
                    orderReference = collection.Push.Reference,
                    collectedAmount = $"{collection.Push.Amount}",
                    collectedCurrency = "TZS",
                }),
                _ => Results.Json(new { message = "Invalid / unsupported phone number" }, statusCode: 400)));
        api.MapGet("/payments/all", (
            DateOnly startDate, DateOnly endDate, int skip, int limit, Aggregator aggregator) =>
        {
            // Days of Tanzania.
            var taken = aggregator.Taken(
                new DateTimeOffset(startDate, TimeOnly.MinValue, TimeSpan.FromHours(3)),
                new DateTimeOffset(endDate.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(3)));
            return Results.Json(new
            {
                data = taken.Skip(skip).Take(limit).Select(each => Shown(each.Word, each.At)),
                totalCount = taken.Count,
            });
        });
        api.MapGet("/payments/{reference}", (string reference, Aggregator aggregator) =>
            aggregator.Query(reference) is { } collection
                ? Results.Json(new[] { Shown(collection) })
                : Results.Json(new { message = $"Invalid or missing payment: {reference}" }, statusCode: 404));
        api.MapPost("/payouts/create-mobile-money-payout", (JsonObject body, Aggregator aggregator) =>
            Wrong(settings, body)
            ?? (aggregator.PayOut(
                    Text(body, "orderReference"), $"+{Text(body, "phoneNumber")}", long.Parse(Text(body, "amount")))
                is { } paid
                    ? Results.Json(new
                    {
                        id = $"P{paid.Reference}",
                        status = "PROCESSING",
                        orderReference = paid.Reference,
                    })
                    : aggregator.IsRefused(Text(body, "orderReference"))
                        ? Results.Json(new { message = "The wallet takes no money" }, statusCode: 400)
                        : Results.Json(new { message = "Order reference already used" }, statusCode: 409)));
        api.MapGet("/payouts/{reference}", (string reference, Aggregator aggregator) =>
            aggregator.PaidOut(reference) is { } paid
                ? Results.Json(new[]
                {
                    new
                    {
                        orderReference = reference,
                        status = "SUCCESS",
                        amount = $"{-paid.Amount}",
                        currency = "TZS",
                    },
                })
                : Results.Json(new { message = $"Invalid or missing payout: {reference}" }, statusCode: 404));
    }

    private static object Shown(Collection collection)
    {
        var word = collection.Word();
        return new
        {
            id = word.Id,
            status = word.Status == "PENDING" ? "PROCESSING" : word.Status,
            paymentReference = word.Receipt,
            orderReference = word.Reference,
            collectedAmount = collection.Amount,
            collectedCurrency = "TZS",
            message = word.Reason,
            customer = new { customerName = "ASHA J", customerPhoneNumber = collection.Push.Phone.TrimStart('+') },
        };
    }

    private static object Shown(CollectionWord word, DateTimeOffset at) => new
    {
        id = word.Id,
        status = "SUCCESS",
        paymentReference = word.Receipt,
        orderReference = word.Reference,
        collectedAmount = word.Amount,
        collectedCurrency = word.Currency,
        createdAt = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        customer = new { customerPhoneNumber = word.Phone?.TrimStart('+') },
    };

    private static IResult? Wrong(SimulatorSettings settings, JsonObject body) =>
        Text(body, "checksum") == ClickPesaDialect.ChecksumOf(settings.Derive("clickpesa checksum"), body)
            ? null
            : Results.Json(new { message = "Invalid checksum" }, statusCode: 400);

    private static IResult? Used(Aggregator aggregator, JsonObject body) =>
        aggregator.Knows(Text(body, "orderReference"))
            ? Results.Json(
                new { message = "Order reference already used: Create a different reference" }, statusCode: 409)
            : null;

    private static string Text(JsonObject body, string name) => body[name]?.GetValue<string>() ?? "";
}
