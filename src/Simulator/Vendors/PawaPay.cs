using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Simulator.Vendors;

/// <summary>
/// pawaPay: knows payments by a UUID of its customer, and signs according to RFC 9421 with a key of its own, in DER as
/// its samples do. It tells of final states only.
/// </summary>
public sealed class PawaPayDialect : Dialect
{
    private static readonly ECDsa AnotherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static (string Id, ECDsa Key) current = ("HTTP_EC_P256_KEY:1", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public override string Name => "pawapay";

    public static (string Id, string Key) PublicKey =>
        (current.Id, Convert.ToBase64String(current.Key.ExportSubjectPublicKeyInfo()));

    /// <summary>From now on another key signs.</summary>
    public static void RotateKey()
    {
        var number = int.Parse(current.Id.Split(':')[1], CultureInfo.InvariantCulture) + 1;
        current = ($"HTTP_EC_P256_KEY:{number}", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    public override Message Write(SimulatorSettings settings, News news)
    {
        var word = news.Word;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                // The number of a payment of somebody else.
                depositId = news.Flaw is Flaw.OtherName ? Guid.CreateVersion7().ToString() : word.Reference,
                status = PawaPayApi.StatusOf(word.Status),
                amount = PawaPayMoney.Write(word.Amount?.Split('.')[0] ?? "0", word.Currency),
                currency = word.Currency ?? "TZS",
                country = PawaPayMoney.NetworkOf(news.Phone).Country,
                payer = PawaPayApi.Payer(news.Phone),
                providerTransactionId = word.Receipt,
                failureReason = word.Reason is { } why ? new { failureCode = why } : null,
                created = news.At,
            },
            Json);
        if (news.Flaw is Flaw.NoSignature) return new Message(body, []);

        var (id, key) = current;
        var digest = $"sha-512=:{Convert.ToBase64String(SHA512.HashData(body))}:";
        var date = news.At.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        var parameters =
            "(\"@method\" \"@authority\" \"@path\" \"signature-date\" \"content-digest\" \"content-type\")"
            + $";alg=\"ecdsa-p256-sha256\";keyid=\"{id}\";created={news.Seconds}"
            + $";expires={news.At.AddMinutes(1).ToUnixTimeSeconds()}";
        var text = $"\"@method\": POST\n\"@authority\": {news.Address.Authority}\n"
            + $"\"@path\": {news.Address.AbsolutePath}\n"
            + $"\"signature-date\": {date}\n\"content-digest\": {digest}\n\"content-type\": application/json\n"
            + $"\"@signature-params\": {parameters}";
        var signature = (news.Flaw is Flaw.BadSignature ? AnotherKey : key).SignData(
            Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new Message(
            body,
            [
                ("Content-Digest", digest),
                ("Signature-Date", date),
                ("Signature-Input", $"sig-pp={parameters}"),
                ("Signature", $"sig-pp=:{Convert.ToBase64String(signature)}:"),
            ]);
    }
}

internal static class PawaPayApi
{
    public static void MapPawaPay(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SimulatorSettings>();
        app.MapGet("/pawapay/v2/public-key/http", () =>
        {
            var (id, key) = PawaPayDialect.PublicKey;
            return Results.Json(new[] { new { id, key } });
        });

        var api = app.MapGroup("/pawapay/v2").WithKey(settings.Derive("pawapay api token"));
        api.MapPost("/predict-provider", (Predict body) =>
        {
            var (country, provider) = PawaPayMoney.NetworkOf(body.phoneNumber);
            return Results.Json(new { country, provider, body.phoneNumber });
        });
        api.MapPost("/deposits", (Deposit body, HttpContext http, Aggregator aggregator) =>
            aggregator.Knows(body.depositId)
                ? Task.FromResult(Results.Json(new { body.depositId, status = "DUPLICATE_IGNORED" }))
                : http.Push(
                    aggregator, Dialect.PawaPay,
                    new PushBody(
                        body.depositId, $"+{body.payer.accountDetails.phoneNumber}",
                        PawaPayMoney.Read(body.amount, body.currency), body.currency),
                    _ => Results.Json(new { body.depositId, status = "ACCEPTED" }),
                    _ => Results.Json(new
                    {
                        body.depositId,
                        status = "REJECTED",
                        failureReason = new { failureCode = "INVALID_PHONE_NUMBER" },
                    })));
        api.MapGet("/deposits/{id}", (string id, Aggregator aggregator) => Results.Json(
            aggregator.Query(id) is { } collection
                ? new { status = "FOUND", data = (object?)Shown(collection) }
                : new { status = "NOT_FOUND", data = (object?)null }));
        api.MapPost("/refunds", (Refund body, Aggregator aggregator) => Results.Json(new
        {
            body.refundId,
            status = aggregator.Refund(new RefundBody(
                body.refundId, body.depositId, null, PawaPayMoney.Read(body.amount, body.currency)))
                is null
                    ? "REJECTED"
                    : "ACCEPTED",
        }));
        api.MapGet("/refunds/{id}", Sent);
        api.MapPost("/payouts", (Payout body, Aggregator aggregator) => Results.Json(new
        {
            body.payoutId,
            status = aggregator.PaidOut(body.payoutId) is not null ? "DUPLICATE_IGNORED"
                : aggregator.PayOut(
                    body.payoutId, $"+{body.recipient.accountDetails.phoneNumber}", long.Parse(body.amount)) is null
                    ? "REJECTED"
                    : "ACCEPTED",
        }));
        api.MapGet("/payouts/{id}", Sent);
    }

    private static IResult Sent(string id, Aggregator aggregator) => Results.Json(
        aggregator.PaidOut(id) is not null ? new { status = "FOUND", data = (object?)new { status = "COMPLETED" } }
        : aggregator.IsRefused(id) ? new { status = "FOUND", data = (object?)new { status = "FAILED" } }
        : new { status = "NOT_FOUND", data = (object?)null });

    public static string StatusOf(string word) => word switch
    {
        "SUCCESS" => "COMPLETED",
        "FAILED" => "FAILED",
        "PENDING" => "PROCESSING",
        "REVERSED" => "REVERSED",
        _ => "IN_RECONCILIATION",
    };

    public static object Payer(string phone) =>
        new
        {
            type = "MMO",
            accountDetails = new { phoneNumber = phone, provider = PawaPayMoney.NetworkOf(phone).Provider },
        };

    private static object Shown(Collection collection)
    {
        var word = collection.Word();
        return new
        {
            depositId = word.Reference,
            status = StatusOf(word.Status),
            amount = PawaPayMoney.Write($"{collection.Amount}", collection.Push.Currency),
            currency = collection.Push.Currency,
            payer = Payer(collection.Push.Phone.TrimStart('+')),
            providerTransactionId = word.Receipt,
            failureReason = word.Reason is { } why ? new { failureCode = why } : null,
        };
    }

    private sealed record Predict(string phoneNumber);

    private sealed record Deposit(string depositId, string amount, string currency, DepositPayer payer);

    private sealed record DepositPayer(AccountDetails accountDetails);

    private sealed record AccountDetails(string phoneNumber);

    private sealed record Payout(string payoutId, string amount, string currency, DepositPayer recipient);

    private sealed record Refund(string refundId, string depositId, string amount, string currency);
}
