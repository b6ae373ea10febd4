using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Simulator.Vendors;

/// <summary>Snippe: amounts are a number in requests and an object in answers; it names payments itself.</summary>
internal sealed class SnippeDialect : Dialect
{
    public override string Name => "snippe";

    public override Message Write(SimulatorSettings settings, News news)
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
        var key = news.Flaw is Flaw.BadSignature ? "another key" : settings.Derive("snippe webhook");
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

internal static class SnippeApi
{
    public static void MapSnippe(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SimulatorSettings>();
        var api = app.MapGroup("/snippe/v1").WithKey(settings.Derive("snippe api key"));
        api.MapPost("/payments", (Payment body, HttpContext http, Aggregator aggregator) =>
            http.Request.Headers["Idempotency-Key"].ToString() is not { Length: > 0 and <= 30 } key
                ? Task.FromResult(Results.Json(
                    new { status = "error", error_code = "PAY_001", message = "failed to initiate payment" },
                    statusCode: 400))
                : http.Push(
                    aggregator, Dialect.Snippe,
                    new PushBody(key, $"+{body.phone_number}", body.details.amount, body.details.currency),
                    collection => Results.Json(
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
                        statusCode: 201),
                    _ => Results.Json(
                        new { status = "error", error_code = "PAY_002", message = "phone cannot be reached" },
                        statusCode: 400)));
        api.MapGet("/payments/{id}", (string id, Aggregator aggregator) =>
            aggregator.QueryById(id) is { } collection
                ? Results.Json(new
                {
                    status = "success",
                    code = 200,
                    data = Shown(
                        collection.Word() with { Amount = $"{collection.Amount}", Currency = "TZS" },
                        collection.Push.Phone.TrimStart('+')),
                })
                : Results.Json(
                    new { status = "error", code = 404, message = "payment not found" }, statusCode: 404));
        api.MapPost("/payouts/send", (Payout body, HttpContext http, Aggregator aggregator) =>
        {
            var key = http.Request.Headers["Idempotency-Key"].ToString();
            var paid = aggregator.PaidOut(key) ?? aggregator.PayOut(key, $"+{body.recipient_phone}", body.amount);
            return Results.Json(
                new
                {
                    status = "success",
                    data = new { reference = $"P{key}", status = paid is null ? "failed" : "completed" },
                },
                statusCode: 201);
        });
    }

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
