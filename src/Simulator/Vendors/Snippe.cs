using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Simulator.Vendors;

/// <summary>Snippe: amounts are a number in requests and an object in answers; it names payments itself.</summary>
internal sealed class SnippeDialect : Dialect
{
    public override string Name => "snippe";

    public override Message Write(VendorKeys keys, News news)
    {
        var word = news.Word;
        var status = SnippeApi.StatusOf(word.Status);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = news.Id,
                type = $"payment.{status}",
                api_version = "2026-01-25",
                created_at = news.At,
                data = SnippeApi.Shown(word, news.Phone),
            },
            Json);
        var key = news.Flaw is Flaw.BadSignature ? "another key" : keys.Settings.Derive("snippe webhook");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{news.Seconds}."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
        return new Message(
            body,
            [
                ("X-Webhook-Event", $"payment.{status}"),
                ("X-Webhook-Timestamp", news.Seconds),
                .. news.Flaw is Flaw.NoSignature
                    ? Array.Empty<(string, string)>()
                    : [("X-Webhook-Signature", signature)],
            ]);
    }
}

internal sealed class SnippeApi(Aggregator aggregator, VendorKeys keys) : VendorApi
{
    public override string Name => "snippe";

    protected override VendorReply Handle(VendorRequest request) => (request.Method, request.Path) switch
    {
        _ when !request.HasToken(keys.Settings.Derive("snippe api key")) => Unauthorized,
        ("POST", ["v1", "payments"]) => request.Header("Idempotency-Key") is { Length: > 0 and <= 30 } key
            ? Push(request.Read<Payment>(), key)
            : VendorReply.Json(
                new { status = "error", error_code = "PAY_001", message = "failed to initiate payment" }, 400),
        ("GET", ["v1", "payouts", ['P', .. var key]]) => PayoutOf(key),
        ("GET", ["v1", "payments", var id]) => aggregator.QueryById(id) is { } collection
            ? VendorReply.Json(new
            {
                status = "success",
                code = 200,
                data = Shown(
                    collection.Word() with { Amount = $"{collection.Amount}", Currency = "TZS" },
                    collection.Push.Phone.TrimStart('+')),
            })
            : VendorReply.Json(new { status = "error", code = 404, message = "payment not found" }, 404),
        ("POST", ["v1", "payouts", "send"]) => PayOut(request.Read<Payout>(), request.Header("Idempotency-Key") ?? ""),
        _ => NotFound,
    };

    private VendorReply Push(Payment body, string key)
    {
        var collection = aggregator.Push(
            new PushBody(key, $"+{body.phone_number}", body.details.amount, body.details.currency), Dialect.Snippe);
        return Pushed(
            collection,
            VendorReply.Json(
                new
                {
                    status = "success",
                    code = 201,
                    data = new
                    {
                        reference = collection.Id,
                        status = "pending",
                        payment_type = "mobile",
                        amount = new { value = collection.Push.Amount, currency = "TZS" },
                    },
                },
                201),
            VendorReply.Json(
                new { status = "error", error_code = "PAY_002", message = "phone cannot be reached" }, 400));
    }

    private VendorReply PayOut(Payout body, string key)
    {
        if (aggregator.PaidOut(key) is null) aggregator.PayOut(key, $"+{body.recipient_phone}", body.amount);
        // The first answer, whatever became of it since.
        return VendorReply.Json(
            new { status = "success", data = new { reference = $"P{key}", status = "pending" } }, 201);
    }

    private VendorReply PayoutOf(string key) => VendorReply.Json(new
    {
        status = "success",
        data = new
        {
            reference = $"P{key}",
            status = aggregator.PaidOut(key) is not null ? "completed"
                : aggregator.IsRefused(key) ? "failed"
                : "pending",
        },
    });

    public static string StatusOf(string word) => word switch
    {
        "SUCCESS" => "completed",
        "FAILED" => "failed",
        "PENDING" => "pending",
        "REVERSED" => "reversed",
        _ => "on_hold",
    };

    public static object Shown(CollectionWord word, string phone)
    {
        var amount = word.Amount is { } text
            ? new { value = long.Parse(text.Split('.')[0]), currency = word.Currency }
            : null;
        return new
        {
            reference = word.Id,
            external_reference = word.Receipt,
            status = StatusOf(word.Status),
            amount,
            settlement = amount is null
                ? null
                : new { gross = amount, net = amount with { value = amount.value - (amount.value / 50) } },
            channel = new { type = "mobile_money", provider = "mpesa" },
            customer = new { phone, name = "ASHA J" },
            metadata = new { attempt = word.Reference },
            failure_reason = word.Reason,
        };
    }

    private sealed record Payment(Details details, string phone_number);

    private sealed record Details(long amount, string currency);

    private sealed record Payout(long amount, string recipient_phone);
}
