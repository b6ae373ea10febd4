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
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly RSA AnotherKey = RSA.Create(2048);

    public override string Name => "azampay";

    public static string PublicKey => Key.ExportSubjectPublicKeyInfoPem();

    public override Message Write(SimulatorSettings settings, News news)
    {
        var word = news.Word;
        var status = word.Status switch { "SUCCESS" => "success", "FAILED" => "failure", var other => other };
        const string Operator = "Mpesa";
        var signed = Encoding.UTF8.GetBytes(word.Reference + word.Id + status + Operator);
        var key = news.Flaw is Flaw.BadSignature ? AnotherKey : Key;
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

internal static class AzamPayApi
{
    public static void MapAzamPay(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SimulatorSettings>();
        app.MapPost("/azampay/authenticator/AppRegistration/GenerateToken", (
            AppRegistration body, Tokens tokens, SimulatorClock clock) =>
            body.ClientSecret == settings.Derive("azampay secret")
                ? Results.Json(new
                {
                    data = new { accessToken = tokens.Current("azampay"), expire = clock.GetUtcNow().AddHours(1) },
                    success = true,
                    statusCode = 200,
                })
                : Results.Json(new { success = false, message = "Provided detail is not valid" }, statusCode: 423));

        var api = app.MapGroup("/azampay/checkout").WithToken("azampay");
        api.MapPost("/azampay/mno/checkout", (Checkout body, HttpContext http, Aggregator aggregator) =>
            http.Request.Headers["X-API-Key"] != settings.Derive("azampay api key")
                ? Task.FromResult(Results.Json(new { success = false, message = "Invalid Vendor" }))
                : http.Push(
                    aggregator, Dialect.AzamPay,
                    new PushBody(body.ExternalId, $"+255{body.AccountNumber[1..]}", long.Parse(body.Amount), "TZS"),
                    collection => Results.Json(new
                    {
                        transactionId = collection.Id,
                        message = "Your request has been received and is being processed.",
                        success = true,
                    }),
                    _ => Results.Json(
                        new
                        {
                            errors = new Dictionary<string, string[]> { ["accountNumber"] = ["It cannot be reached."] },
                            title = "One or more validation errors occurred.",
                            status = 400,
                        },
                        statusCode: 400)));
        api.MapGet("/azampay/v1/public-key", () =>
            Results.Json(new { success = true, format = "Pem", publicKey = AzamPayDialect.PublicKey }));
        api.MapGet("/api/v1/partner/gettransactionstatus", (string transactionId, Aggregator aggregator) =>
            aggregator.QueryById(transactionId) is { } collection
                ? Results.Json(new
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
                : Results.Json(new { success = false, message = "Transaction not found" }, statusCode: 404));
    }

    private sealed record AppRegistration(string AppName, string ClientId, string ClientSecret);

    private sealed record Checkout(
        string AccountNumber, string Amount, string Currency, string ExternalId, string Provider);
}
