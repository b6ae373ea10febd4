using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Simulator.Vendors;

/// <summary>
/// AzamPay: signs four fields, put together without anything between them, and neither the amount nor the time; says
/// "failure" where its plugin reads "failed"; answers 200 to what it does not take.
/// </summary>
internal sealed class AzamPayDialect : Dialect
{
    public override string Name => "azampay";

    public override Message Write(VendorKeys keys, News news)
    {
        var word = news.Word;
        var status = word.Status switch { "SUCCESS" => "success", "FAILED" => "failure", var other => other };
        const string Operator = "Mpesa";
        var signed = Encoding.UTF8.GetBytes(word.Reference + word.Id + status + Operator);
        var key = news.Flaw is Flaw.BadSignature ? keys.NotAzamPay : keys.AzamPay;
        var body = new
        {
            message = word.Reason ?? status,
            transactionstatus = status,
            @operator = Operator,
            reference = word.Id,
            externalreference = word.Id,
            utilityref = word.Reference,
            amount = word.Amount ?? "0",
            transid = word.Id,
            msisdn = news.Phone,
            mnoreference = word.Receipt,
            submerchantAcc = (string?)null,
            signature = news.Flaw is Flaw.NoSignature
                ? null
                : Convert.ToBase64String(
                    key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
        return new Message(JsonSerializer.SerializeToUtf8Bytes(body, Json), []);
    }
}

/// <summary>A reference that is known already rings the phone again: AzamPay does not say that it rings once.</summary>
internal sealed class AzamPayApi(Aggregator aggregator, VendorKeys keys, Tokens tokens, SimulatorClock clock)
    : VendorApi
{
    public override string Name => "azampay";

    protected override VendorReply Handle(VendorRequest request) => (request.Method, request.Path) switch
    {
        ("POST", ["authenticator", "AppRegistration", "GenerateToken"]) => Token(request.Read<AppRegistration>()),
        (_, ["checkout", ..]) when !request.HasToken(tokens.Current(Name)) => Unauthorized,
        ("POST", ["checkout", "azampay", "mno", "checkout"]) =>
            request.Header("X-API-Key") != keys.Settings.Derive("azampay api key")
                ? VendorReply.Json(new { success = false, message = "Invalid Vendor" })
                : Push(request.Read<Checkout>()),
        ("GET", ["checkout", "azampay", "v1", "public-key"]) => VendorReply.Json(new
        {
            success = true,
            format = "Pem",
            publicKey = keys.AzamPay.ExportSubjectPublicKeyInfoPem(),
        }),
        ("GET", ["checkout", "api", "v1", "partner", "gettransactionstatus"]) =>
            Status(request.Query("transactionId") ?? ""),
        _ => NotFound,
    };

    private VendorReply Token(AppRegistration body) => body.ClientSecret == keys.Settings.Derive("azampay secret")
        ? VendorReply.Json(new
        {
            data = new { accessToken = tokens.Current(Name), expire = clock.GetUtcNow().AddHours(1) },
            success = true,
            statusCode = 200,
        })
        : VendorReply.Json(new { success = false, message = "Provided detail is not valid" }, 423);

    private VendorReply Push(Checkout body)
    {
        var push = new PushBody(body.ExternalId, $"+255{body.AccountNumber[1..]}", long.Parse(body.Amount), "TZS");
        if (aggregator.Knows(push.Reference)) return Taken(aggregator.Pay(push).Id);
        var collection = aggregator.Push(push, Dialect.AzamPay);
        return Pushed(
            collection, Taken(collection.Id),
            VendorReply.Json(
                new
                {
                    errors = new Dictionary<string, string[]> { ["accountNumber"] = ["It cannot be reached."] },
                    title = "One or more validation errors occurred.",
                    status = 400,
                },
                400));
    }

    private static VendorReply Taken(string? id) => VendorReply.Json(new
    {
        transactionId = id,
        message = "Your request has been received and is being processed.",
        success = true,
    });

    private VendorReply Status(string transaction) => aggregator.QueryById(transaction) is { } collection
        ? VendorReply.Json(new
        {
            success = true,
            data = new
            {
                status = collection.Word().Status switch
                {
                    "SUCCESS" => "success",
                    "FAILED" => "failed",
                    "REVERSED" => "reversed",
                    _ => "pending",
                },
                amount = $"{collection.Amount}",
                msisdn = collection.Push.Phone.TrimStart('+'),
                mnoreference = collection.Word().Receipt,
                message = collection.Word().Reason,
            },
        })
        : VendorReply.Json(new { success = false, message = "Transaction not found" }, 404);

    private sealed record AppRegistration(string AppName, string ClientId, string ClientSecret);

    private sealed record Checkout(
        string AccountNumber, string Amount, string Currency, string ExternalId, string Provider);
}
