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
    public override string Name => "pawapay";

    public override Message Write(VendorKeys keys, News news)
    {
        var word = news.Word;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                // The number of a payment of somebody else.
                depositId = news.Flaw is Flaw.OtherName ? Another(word.Reference) : word.Reference,
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

        var (id, key) = keys.PawaPay;
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
        var signature = (news.Flaw is Flaw.BadSignature ? keys.NotPawaPay : key).SignData(
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

    private static string Another(string id) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16)).ToString();
}

internal sealed class PawaPayApi(Aggregator aggregator, VendorKeys keys) : VendorApi
{
    public override string Name => "pawapay";

    protected override VendorReply Handle(VendorRequest request) => (request.Method, request.Path) switch
    {
        ("GET", ["v2", "public-key", "http"]) => VendorReply.Json(new[]
        {
            new
            {
                id = keys.PawaPay.Id,
                key = Convert.ToBase64String(keys.PawaPay.Key.ExportSubjectPublicKeyInfo()),
            },
        }),
        _ when !request.HasToken(keys.Settings.Derive("pawapay api token")) => Unauthorized,
        ("POST", ["v2", "predict-provider"]) => Predicted(request.Read<Predict>().phoneNumber),
        ("POST", ["v2", "deposits"]) => Push(request.Read<Deposit>()),
        ("GET", ["v2", "deposits", var id]) => VendorReply.Json(
            aggregator.Query(id) is { } collection
                ? new { status = "FOUND", data = (object?)Shown(collection) }
                : new { status = "NOT_FOUND", data = (object?)null }),
        ("POST", ["v2", "refunds"]) => PayBack(request.Read<Refund>()),
        ("POST", ["v2", "payouts"]) => PayOut(request.Read<Payout>()),
        ("GET", ["v2", "refunds" or "payouts", var id]) => Sent(id),
        _ => NotFound,
    };

    private static VendorReply Predicted(string phoneNumber)
    {
        var (country, provider) = PawaPayMoney.NetworkOf(phoneNumber);
        return VendorReply.Json(new { country, provider, phoneNumber });
    }

    private VendorReply Push(Deposit body)
    {
        if (aggregator.Knows(body.depositId))
            return VendorReply.Json(new { body.depositId, status = "DUPLICATE_IGNORED" });
        var push = new PushBody(
            body.depositId, $"+{body.payer.accountDetails.phoneNumber}",
            PawaPayMoney.Read(body.amount, body.currency), body.currency);
        return Pushed(
            aggregator.Push(push, Dialect.PawaPay),
            VendorReply.Json(new { body.depositId, status = "ACCEPTED" }),
            VendorReply.Json(new
            {
                body.depositId,
                status = "REJECTED",
                failureReason = new { failureCode = "INVALID_PHONE_NUMBER" },
            }));
    }

    private VendorReply PayBack(Refund body)
    {
        var paid = aggregator.Refund(new RefundBody(
            body.refundId, body.depositId, null, PawaPayMoney.Read(body.amount, body.currency)));
        return VendorReply.Json(new { body.refundId, status = paid is null ? "REJECTED" : "ACCEPTED" });
    }

    private VendorReply PayOut(Payout body)
    {
        if (aggregator.PaidOut(body.payoutId) is not null)
            return VendorReply.Json(new { body.payoutId, status = "DUPLICATE_IGNORED" });
        var paid = aggregator.PayOut(
            body.payoutId, $"+{body.recipient.accountDetails.phoneNumber}",
            PawaPayMoney.Read(body.amount, body.currency));
        return VendorReply.Json(new { body.payoutId, status = paid is null ? "REJECTED" : "ACCEPTED" });
    }

    private VendorReply Sent(string id) => VendorReply.Json(
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
