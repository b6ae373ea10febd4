using System.Security.Cryptography;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments.Vendors.PawaPay;

/// <summary>An account at pawaPay.</summary>
/// <param name="Address">https://api.pawapay.io.</param>
/// <param name="Predicts">Asks pawaPay for the network of a phone, since numbers can be ported.</param>
/// <param name="Message">What the guest's phone shows: 4 to 22 letters, digits and blanks.</param>
public sealed record PawaPaySettings(
    string Name, bool LiveMode, Uri Address, string ApiToken, string WebhookToken, bool Predicts = true,
    string Message = "JikoXpress order")
    : AggregatorAccount(Name, LiveMode)
{
    public override AggregatorVendor Vendor => AggregatorVendor.Pawapay;

    public override IEnumerable<Uri> Addresses => [Address];

    public override IMobileMoneyAdapter Adapter(HttpClient http, TimeProvider clock) =>
        new PawaPayAdapter(this, http, clock);
}

/// <summary>
/// pawaPay, as described in docs/mobile-money.md. It knows payments by a UUIDv4 of ours and rings once for each.
/// Webhooks must be signed, which has to be switched on in its dashboard: unsigned ones are only asked about.
/// </summary>
public sealed class PawaPayAdapter : IMobileMoneyAdapter
{
    private readonly PawaPaySettings settings;
    private readonly VendorHttp http;
    private readonly KeyRing<ECDsa> keys;

    public PawaPayAdapter(PawaPaySettings settings, HttpClient client, TimeProvider clock)
    {
        (this.settings, http) = (settings, new VendorHttp(client));
        keys = new KeyRing<ECDsa>(FetchKeys, clock);
    }

    public string Name => settings.Name;

    public bool LiveMode => settings.LiveMode;

    // By its list of providers of 2026. Kwacha, cedis and others have cents on all networks; francs of Congo, shillings
    // of Kenya and naira not on all.
    public MobileMoneyTerms Terms { get; } = new(
        Enum.GetValues<Currency>(), Enum.GetValues<Country>(), new Money(1), Money.Largest, ReferenceForm.Uuid4,
        PhoneForm.International, AmountForm.Text, Proof.Signed, Queries: true, Refunds: true, RepeatsPush: true,
        PaysOut: true, WholeOnly: [Currency.Cdf, Currency.Kes, Currency.Ngn], Dollars: [Country.Cd],
        AsksNetwork: true);

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        if ((ProviderOf(push.Network) ?? await ProviderOf(push.PhoneNumber, cancellation)) is not { } provider)
            return new PaymentReport(
                push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: "pawaPay does not serve this network.");
        var id = PawaPayId.Of(push.Reference).ToString();
        var body = new
        {
            depositId = id,
            amount = Written(push.Amount, push.Currency),
            currency = push.Currency.WireName,
            payer = new
            {
                type = "MMO",
                accountDetails = new { phoneNumber = VendorPhones.International(push.PhoneNumber), provider },
            },
            clientReferenceId = push.Reference,
            customerMessage = settings.Message,
        };
        var answer = await Send(HttpMethod.Post, "v2/deposits", body, cancellation);
        if (!answer.IsSent) throw new PushNotSentException("pawaPay cannot be reached.");
        if (answer.IsRefusal) return Failed(push.Reference, answer.Body);
        if (answer is not { IsOk: true, Body: { } said } || said.Text("depositId") != id)
            return Unknown(push.Reference);
        return said.Text("status") switch
        {
            "ACCEPTED" => new PaymentReport(
                push.Reference, PaymentOutcome.Pending, Proof.Queried, ProviderReference: id),
            "REJECTED" => Failed(push.Reference, said),
            // DUPLICATE_IGNORED says nothing of what became of the first.
            _ => Unknown(push.Reference),
        };
    }

    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation)
    {
        if (IdOf(query.Reference) is not { } id) return Unknown(query.Reference);
        var answer = await Send(HttpMethod.Get, $"v2/deposits/{id}", body: null, cancellation);
        return answer is { IsOk: true, Body: { } said }
            && said.Text("status") is "FOUND"
            && said.Member("data") is { } deposit
            && ReportOf(deposit, Proof.Queried) is { } report
            && report.Reference == query.Reference
                ? report
                : Unknown(query.Reference);
    }

    /// <summary>Of a payment that is not ours the reference is pawaPay's id itself; null for what is neither.</summary>
    private static Guid? IdOf(string reference) =>
        PaymentReference.IsOne(reference) ? PawaPayId.Of(reference)
        : Guid.TryParseExact(reference, "D", out var id) ? id
        : null;

    /// <summary>A refund goes back to the phone that paid; another phone gets a payout.</summary>
    public async Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation)
    {
        if (await Find(refund, cancellation) is not { } found) return RefundOutcome.Unknown;
        if (found.Text("status") is "FOUND") return OutcomeOf(found.Member("data")?.Text("status"));
        // Sent again with the same id it is the same one; the next call asks what became of it.
        VendorAnswer? answer;
        try
        {
            answer = refund.IsPayout ? await PayOut(refund, cancellation) : await SendBack(refund, cancellation);
        }
        catch (PushNotSentException)
        {
            return RefundOutcome.Unknown;
        }

        return answer switch
        {
            null => RefundOutcome.Refused,
            { IsRefusal: true } => RefundOutcome.Refused,
            { IsOk: true, Body: { } said } when said.Text("status") is "REJECTED" => RefundOutcome.Refused,
            _ => RefundOutcome.Unknown,
        };
    }

    public async Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) =>
        await Find(refund, cancellation) is { } found && found.Text("status") is "FOUND"
            ? OutcomeOf(found.Member("data")?.Text("status"))
            : RefundOutcome.Unknown;

    private static RefundOutcome OutcomeOf(string? status) => status switch
    {
        "COMPLETED" => RefundOutcome.Paid,
        "FAILED" or "REJECTED" => RefundOutcome.Refused,
        _ => RefundOutcome.Unknown,
    };

    private async Task<JsonElement?> Find(RefundRequest refund, CancellationToken cancellation)
    {
        var kind = refund.IsPayout ? "payouts" : "refunds";
        var known = await Send(
            HttpMethod.Get, $"v2/{kind}/{PawaPayId.Of(refund.Reference)}", body: null, cancellation);
        return known is { IsOk: true, Body: { } found } ? found : null;
    }

    private Task<VendorAnswer> SendBack(RefundRequest refund, CancellationToken cancellation) => Send(
        HttpMethod.Post, "v2/refunds",
        new
        {
            refundId = PawaPayId.Of(refund.Reference).ToString(),
            depositId = PawaPayId.Of(refund.AttemptReference).ToString(),
            amount = Written(refund.Amount, refund.Currency),
            currency = refund.Currency.WireName,
        },
        cancellation);

    /// <summary>Null when pawaPay does not serve the phone's network: nothing was sent.</summary>
    private async Task<VendorAnswer?> PayOut(RefundRequest refund, CancellationToken cancellation)
    {
        if (refund.PhoneNumber is not { } phone || await ProviderOf(phone, cancellation) is not { } provider)
            return null;
        return await Send(
            HttpMethod.Post, "v2/payouts",
            new
            {
                payoutId = PawaPayId.Of(refund.Reference).ToString(),
                amount = Written(refund.Amount, refund.Currency),
                currency = refund.Currency.WireName,
                recipient = new
                {
                    type = "MMO",
                    accountDetails = new { phoneNumber = VendorPhones.International(phone), provider },
                },
            },
            cancellation);
    }

    public bool IsItsToken(string token) => VendorSecrets.AreEqual(token, settings.WebhookToken);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now)
    {
        if (HttpSignature.Of(webhook.Header("signature-input"), webhook.Header("signature")) is not { } signature
            || !signature.IsOver(webhook, keys.Keys, now))
            return new WebhookReading.Unverified();
        return VendorJson.ParseObject(webhook.Body.Span) is { } root && root.Text("depositId") is { Length: 36 } id
            ? new WebhookReading.Genuine($"{id}:{root.Text("status")}")
            : new WebhookReading.Irrelevant("");
    }

    public Task<bool> RefreshKeys(CancellationToken cancellation) => keys.Refresh(cancellation);

    public PaymentReport? Recall(ReadOnlySpan<byte> body) =>
        VendorJson.ParseObject(body) is { } deposit ? ReportOf(deposit, Proof.Signed) : null;

    private static PaymentReport? ReportOf(JsonElement deposit, Proof proof)
    {
        // A deposit that is not ours has pawaPay's own id: it is listed, and no attempt is found by it.
        if (deposit.Text("depositId") is not { Length: 36 } id) return null;
        var reference = PawaPayId.ReferenceOf(id) ?? id;
        return new PaymentReport(
            reference,
            deposit.Text("status") switch
            {
                "COMPLETED" => PaymentOutcome.Succeeded,
                "FAILED" or "REJECTED" => PaymentOutcome.Failed,
                "REVERSED" => PaymentOutcome.Reversed,
                "ACCEPTED" or "SUBMITTED" or "PROCESSING" or "ENQUEUED" or "IN_RECONCILIATION" =>
                    PaymentOutcome.Pending,
                _ => PaymentOutcome.Unknown,
            },
            proof,
            WireNames.Parse<Currency>(deposit.Text("currency") ?? "") is { } currency
                ? deposit.Amount("amount", currency)
                : null,
            deposit.Text("currency"), deposit.Text("depositId"), WhyOf(deposit),
            VendorPhones.KnownAbroad(deposit.Member("payer")?.Member("accountDetails")?.Text("phoneNumber")),
            deposit.Text("providerTransactionId"), deposit.Written("amount"));
    }

    private static string? WhyOf(JsonElement deposit) =>
        deposit.Member("failureReason") is { } why ? why.Text("failureCode") ?? why.Text("failureMessage") : null;

    private static PaymentReport Failed(string reference, JsonElement? said) => new(
        reference, PaymentOutcome.Failed, Proof.Queried, Reason: said is { } body ? WhyOf(body) : null);

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);

    /// <summary>With cents where the networks take them; a whole amount without, where they do not.</summary>
    private string Written(Money amount, Currency currency)
    {
        var text = currency.Text(amount);
        return Terms.WholeOnly?.Contains(currency) is true && currency.IsWhole(amount) ? text.Split('.')[0] : text;
    }

    /// <summary>The network of a phone; null when pawaPay serves none, or it is not known.</summary>
    /// <exception cref="PushNotSentException">Of a phone abroad it could not be asked for.</exception>
    private async Task<string?> ProviderOf(string phone, CancellationToken cancellation)
    {
        if (settings.Predicts)
        {
            var answer = await Send(
                HttpMethod.Post, "v2/predict-provider",
                new { phoneNumber = VendorPhones.International(phone) }, cancellation);
            if (answer is { IsOk: true, Body: { } said } && said.Text("provider") is { } predicted) return predicted;
            if (!answer.IsRefusal && !PhoneNumber.IsTanzanianMobile(phone))
                throw new PushNotSentException("pawaPay does not say which network the phone is of.");
        }

        return ProviderOf(MobileNetworks.Of(phone));
    }

    private static string? ProviderOf(MobileNetwork? network) => network switch
    {
        MobileNetwork.Vodacom => "VODACOM_TZA",
        MobileNetwork.Airtel => "AIRTEL_TZA",
        MobileNetwork.Yas => "TIGO_TZA",
        MobileNetwork.Halotel => "HALOTEL_TZA",
        null => null,
    };

    private async Task<IReadOnlyDictionary<string, ECDsa>?> FetchKeys(CancellationToken cancellation)
    {
        var answer = await Send(HttpMethod.Get, "v2/public-key/http", body: null, cancellation);
        if (answer is not { IsOk: true, Body: { } list }) return null;
        var fetched = new Dictionary<string, ECDsa>();
        foreach (var item in list.Items())
        {
            if (item.Text("id") is not { } id || item.Text("key") is not { } text || fetched.ContainsKey(id)) continue;
            if (Key(text) is { } key) fetched.Add(id, key);
        }

        return fetched;
    }

    /// <summary>From PEM, or from base64 without the lines around it; null when it is neither.</summary>
    private static ECDsa? Key(string text)
    {
        var key = ECDsa.Create();
        try
        {
            if (text.Contains("-----", StringComparison.Ordinal)) key.ImportFromPem(text);
            else key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private Task<VendorAnswer> Send(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        http.Send(
            VendorHttp.Request(method, VendorHttp.Address(settings.Address, path), body, settings.ApiToken),
            cancellation);
}
