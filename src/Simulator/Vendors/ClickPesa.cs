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

    public override Message Write(VendorKeys keys, News news)
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
        var key = news.Flaw is Flaw.BadSignature ? "another key" : keys.Settings.Derive("clickpesa checksum");
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

internal sealed class ClickPesaApi(Aggregator aggregator, VendorKeys keys, Tokens tokens) : VendorApi
{
    public override string Name => "clickpesa";

    protected override VendorReply Handle(VendorRequest request) => (request.Method, request.Path) switch
    {
        ("POST", ["third-parties", "generate-token"]) =>
            request.Header("client-id") == "simulated"
            && request.Header("api-key") == keys.Settings.Derive("clickpesa api key")
                ? VendorReply.Json(new { success = true, token = $"Bearer {tokens.Current(Name)}" })
                : VendorReply.Json(new { message = "Invalid or expired API key" }, 403),
        _ when !request.HasToken(tokens.Current(Name)) => Unauthorized,
        ("POST", ["third-parties", "payments", "preview-ussd-push-request"]) => Signed(request, Preview),
        ("POST", ["third-parties", "payments", "initiate-ussd-push-request"]) => Signed(request, Push),
        ("GET", ["third-parties", "payments", "all"]) => List(
            Day(request, "startDate"), Day(request, "endDate"), Number(request, "skip"), Number(request, "limit")),
        ("GET", ["third-parties", "payments", var reference]) => aggregator.Query(reference) is { } collection
            ? VendorReply.Json(new[] { Shown(collection) })
            : VendorReply.Json(new { message = $"Invalid or missing payment: {reference}" }, 404),
        ("POST", ["third-parties", "payouts", "create-mobile-money-payout"]) => Signed(request, PayOut),
        ("GET", ["third-parties", "payouts", var reference]) => aggregator.PaidOut(reference) is { } paid
            ? VendorReply.Json(new[]
            {
                new
                {
                    orderReference = reference,
                    status = "SUCCESS",
                    amount = $"{-paid.Amount}",
                    currency = "TZS",
                },
            })
            : VendorReply.Json(new { message = $"Invalid or missing payout: {reference}" }, 404),
        _ => NotFound,
    };

    private VendorReply Signed(VendorRequest request, Func<JsonObject, VendorReply> answer)
    {
        var body = request.Read<JsonObject>();
        return Text(body, "checksum")
            == ClickPesaDialect.ChecksumOf(keys.Settings.Derive("clickpesa checksum"), body)
                ? answer(body)
                : VendorReply.Json(new { message = "Invalid checksum" }, 400);
    }

    private VendorReply Preview(JsonObject body) => Used(body) ?? VendorReply.Json(new
    {
        activeMethods = new[] { new { name = "M-PESA", status = "AVAILABLE", fee = 540 } },
    });

    private VendorReply Push(JsonObject body)
    {
        if (Used(body) is { } used) return used;
        var collection = aggregator.Push(
            new PushBody(
                Text(body, "orderReference"), $"+{Text(body, "phoneNumber")}", long.Parse(Text(body, "amount")),
                Text(body, "currency")),
            Dialect.ClickPesa);
        return Pushed(
            collection,
            VendorReply.Json(new
            {
                id = collection.Id,
                status = "PROCESSING",
                channel = "M-PESA",
                orderReference = collection.Push.Reference,
                collectedAmount = $"{collection.Push.Amount}",
                collectedCurrency = "TZS",
            }),
            VendorReply.Json(new { message = "Invalid / unsupported phone number" }, 400));
    }

    private VendorReply PayOut(JsonObject body) => aggregator.PayOut(
        Text(body, "orderReference"), $"+{Text(body, "phoneNumber")}", long.Parse(Text(body, "amount"))) is { } paid
            ? VendorReply.Json(new
            {
                id = $"P{paid.Reference}",
                status = "PROCESSING",
                orderReference = paid.Reference,
            })
            : aggregator.IsRefused(Text(body, "orderReference"))
                ? VendorReply.Json(new { message = "The wallet takes no money" }, 400)
                : VendorReply.Json(new { message = "Order reference already used" }, 409);

    /// <summary>What it has taken on days of Tanzania.</summary>
    private VendorReply List(DateOnly first, DateOnly last, int skip, int limit)
    {
        var taken = aggregator.Taken(
            new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.FromHours(3)),
            new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(3)));
        return VendorReply.Json(new
        {
            data = taken.Skip(skip).Take(limit).Select(each => Shown(each.Word, each.At)),
            totalCount = taken.Count,
        });
    }

    private VendorReply? Used(JsonObject body) => aggregator.Knows(Text(body, "orderReference"))
        ? VendorReply.Json(new { message = "Order reference already used: Create a different reference" }, 409)
        : null;

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

    private static DateOnly Day(VendorRequest request, string name) =>
        DateOnly.Parse(request.Query(name) ?? "", CultureInfo.InvariantCulture);

    private static int Number(VendorRequest request, string name) =>
        int.Parse(request.Query(name) ?? "", CultureInfo.InvariantCulture);

    private static string Text(JsonObject body, string name) => body[name]?.GetValue<string>() ?? "";
}
