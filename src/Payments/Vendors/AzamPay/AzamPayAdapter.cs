using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments.Vendors.AzamPay;

/// <summary>An account at AzamPay (Tanzania).</summary>
/// <param name="Authenticator">https://authenticator.azampay.co.tz.</param>
/// <param name="Checkout">https://checkout.azampay.co.tz.</param>
/// <param name="PublicKeyPath">
/// Where the key is that verifies callbacks, below <paramref name="Checkout"/>. Observers differ: in the sandbox it was
/// seen below the authenticator.
/// </param>
/// <param name="StatusPath">
/// The path of the status query below <paramref name="Checkout"/>. AzamPay's own documents have none for collections,
/// so by default there is none, and nothing is asked.
/// </param>
public sealed record AzamPaySettings(
    string Name, bool LiveMode, Uri Authenticator, Uri Checkout, string AppName, string ClientId, string ClientSecret,
    string ApiKey, string WebhookToken, string PublicKeyPath = "azampay/v1/public-key?format=Pem",
    string? StatusPath = null)
    : AggregatorAccount(Name, LiveMode)
{
    public override AggregatorVendor Vendor => AggregatorVendor.Azampay;

    public override IEnumerable<Uri> Addresses => [Authenticator, Checkout];

    public override IMobileMoneyAdapter Adapter(HttpClient http, TimeProvider clock) =>
        new AzamPayAdapter(this, http, clock);
}

/// <summary>
/// AzamPay, as described in docs/mobile-money.md. Its signature binds four fields and neither the amount nor the time,
/// so its callbacks prove only in part: see <see cref="Proof.Partial"/>. It pays nothing back by itself: what is owed
/// waits for people.
/// </summary>
public sealed class AzamPayAdapter : IMobileMoneyAdapter
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly AzamPaySettings settings;
    private readonly VendorHttp http;
    private readonly VendorToken token;
    private readonly KeyRing<RSA> keys;
    private readonly TimeProvider clock;

    public AzamPayAdapter(AzamPaySettings settings, HttpClient client, TimeProvider clock)
    {
        (this.settings, this.clock, http) = (settings, clock, new VendorHttp(client));
        token = new VendorToken(FetchToken, clock);
        keys = new KeyRing<RSA>(FetchKey, clock);
        Terms = new MobileMoneyTerms(
            [Currency.Tzs], [Country.Tz], new Money(1), new Money(5_000_000), ReferenceForm.TwentyCharacters,
            PhoneForm.Local, AmountForm.Text, Proof.Partial, Queries: settings.StatusPath is not null, Refunds: false,
            RepeatsPush: false, AsksNetwork: true);
    }

    public string Name => settings.Name;

    public bool LiveMode => settings.LiveMode;

    public MobileMoneyTerms Terms { get; }

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        if (ProviderOf(push.Network ?? MobileNetworks.Of(push.PhoneNumber)) is not { } provider)
            return new PaymentReport(
                push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: "AzamPay does not serve this network.");
        var body = new Dictionary<string, string>
        {
            ["accountNumber"] = VendorPhones.Local(push.PhoneNumber),
            ["amount"] = push.Amount.Shillings.ToString(CultureInfo.InvariantCulture),
            ["currency"] = "TZS",
            ["externalId"] = push.Reference,
            ["provider"] = provider,
        };
        var answer = await Send(HttpMethod.Post, "azampay/mno/checkout", body, cancellation);
        if (!answer.IsSent) throw new PushNotSentException("AzamPay cannot be reached.");
        if (answer.IsRefusal)
            return new PaymentReport(
                push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: answer.Body is { } no ? WhyOf(no) : null);
        if (answer is not { IsOk: true, Body: { } said }) return Unknown(push.Reference);
        var isTaken = said.Member("success") is { ValueKind: JsonValueKind.True };
        return (isTaken, said.Text("transactionId"), said.Text("message")) switch
        {
            (true, { } transaction, _) => new PaymentReport(
                push.Reference, PaymentOutcome.Pending, Proof.Queried, ProviderReference: transaction),
            // What AzamPay says, with 200, when the key of the portal is missing or wrong.
            (false, null, "Invalid Vendor") => new PaymentReport(
                push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: "Invalid Vendor"),
            _ => Unknown(push.Reference),
        };
    }

    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation)
    {
        if (settings.StatusPath is not { } path || query.ProviderReference is not { } transaction)
            return Unknown(query.Reference);
        var answer = await Send(
            HttpMethod.Get, $"{path}?transactionId={Uri.EscapeDataString(transaction)}", body: null, cancellation);
        if (answer is not { IsOk: true, Body: { } said }) return Unknown(query.Reference);
        var data = said.Member("data") ?? said;
        var outcome = OutcomeOf(data.Text("transactionstatus") ?? data.Text("status"));
        return new PaymentReport(
            query.Reference, outcome, Proof.Queried, data.Amount("amount", Currency.Tzs),
            data.Text("currency") ?? "TZS", transaction, data.Text("message"),
            VendorPhones.Known(data.Text("msisdn")), data.Text("mnoreference"), data.Written("amount"));
    }

    /// <summary>Nothing is sent.</summary>
    public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
        Task.FromResult(RefundOutcome.Refused);

    public Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) =>
        Task.FromResult(RefundOutcome.Refused);

    public bool IsItsToken(string token) => VendorSecrets.AreEqual(token, settings.WebhookToken);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now)
    {
        if (VendorJson.ParseObject(webhook.Body.Span) is not { } root || !IsGenuine(root, keys.Keys.Values))
            return new WebhookReading.Unverified();
        // The amount is not signed: another body with the same signature is another event, and each is judged.
        return new WebhookReading.Genuine(
            $"{root.Text("externalreference")}:{root.Text("transactionstatus")}:{webhook.Digest}");
    }

    public Task<bool> RefreshKeys(CancellationToken cancellation) => keys.Refresh(cancellation);

    public PaymentReport? Recall(ReadOnlySpan<byte> body)
    {
        if (VendorJson.ParseObject(body) is not { } root
            || root.Text("utilityref") is not { Length: PaymentReference.Length } reference)
            return null;
        var network = root.Text("mnoreference");
        return new PaymentReport(
            reference, OutcomeOf(root.Text("transactionstatus")), Proof.Partial,
            root.Amount("amount", Currency.Tzs), "TZS", root.Text("externalreference"), root.Text("message"),
            VendorPhones.Known(root.Text("msisdn")), network, root.Written("amount"));
    }

    /// <summary>
    /// The signature is over four fields without anything between them, so letters could be moved from one to the next.
    /// Our reference has a fixed length and form, and theirs must be the same in each place where it stands: then they
    /// cannot be moved.
    /// </summary>
    internal static bool IsGenuine(JsonElement root, IEnumerable<RSA> keys)
    {
        if (root.Text("utilityref") is not { } reference || !PaymentReference.IsOne(reference)) return false;
        if (root.Text("externalreference") is not { } theirs || root.Text("transactionstatus") is not { } status)
            return false;
        if (root.Text("transid") is { } transaction && transaction != theirs) return false;
        if (root.Text("reference") is { } other && other != theirs) return false;
        if (root.Text("operator") is not { } network || root.Text("signature") is not { } signature) return false;

        var given = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, given, out var length)) return false;
        var signed = Encoding.UTF8.GetBytes(reference + theirs + status + network);
        return keys.Any(key => key.VerifyData(
            signed, given.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static PaymentOutcome OutcomeOf(string? word) => word?.ToUpperInvariant() switch
    {
        "SUCCESS" => PaymentOutcome.Succeeded,
        "FAILURE" or "FAILED" or "CANCELLED" => PaymentOutcome.Failed,
        "PENDING" => PaymentOutcome.Pending,
        "REVERSED" => PaymentOutcome.Reversed,
        _ => PaymentOutcome.Unknown,
    };

    private static string? ProviderOf(MobileNetwork? network) => network switch
    {
        MobileNetwork.Vodacom => "Mpesa",
        MobileNetwork.Airtel => "Airtel",
        MobileNetwork.Yas => "Tigo",
        MobileNetwork.Halotel => "Halopesa",
        null => null,
    };

    /// <summary>The first sentence about a field that AzamPay does not like, or the title.</summary>
    private static string? WhyOf(JsonElement problem)
    {
        if (problem.Member("errors") is { ValueKind: JsonValueKind.Object } errors)
        {
            foreach (var field in errors.EnumerateObject())
            {
                if (field.Value.Items().FirstOrDefault() is { ValueKind: JsonValueKind.String } first)
                    return first.GetString();
            }
        }

        return problem.Text("message") ?? problem.Text("title");
    }

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);

    private Task<VendorAnswer> Send(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        http.Send(
            token,
            bearer =>
            {
                var request = VendorHttp.Request(method, VendorHttp.Address(settings.Checkout, path), body, bearer);
                request.Headers.Add("X-API-Key", settings.ApiKey);
                return request;
            },
            cancellation);

    private async Task<(string, DateTimeOffset)?> FetchToken(CancellationToken cancellation)
    {
        var answer = await http.Send(
            VendorHttp.Request(
                HttpMethod.Post, VendorHttp.Address(settings.Authenticator, "AppRegistration/GenerateToken"),
                new Dictionary<string, string>
                {
                    ["appName"] = settings.AppName,
                    ["clientId"] = settings.ClientId,
                    ["clientSecret"] = settings.ClientSecret,
                }),
            cancellation);
        if (answer is not { IsOk: true, Body: { } said } || said.Member("data") is not { } data) return null;
        if (data.Text("accessToken") is not { } given) return null;
        var until = DateTimeOffset.TryParse(
            data.Text("expire"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expire)
            ? expire - Margin
            : clock.GetUtcNow() + Margin;
        return (given, until);
    }

    private async Task<IReadOnlyDictionary<string, RSA>?> FetchKey(CancellationToken cancellation)
    {
        var answer = await Send(HttpMethod.Get, settings.PublicKeyPath, body: null, cancellation);
        if (answer is not { IsOk: true, Body: { } said } || said.Text("publicKey") is not { } pem) return null;
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return new Dictionary<string, RSA> { ["azampay"] = key };
        }
        catch (ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
