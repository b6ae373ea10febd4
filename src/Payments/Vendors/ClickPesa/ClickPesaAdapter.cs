using System.Globalization;
using System.Net;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments.Vendors.ClickPesa;

/// <summary>An account at ClickPesa (Tanzania).</summary>
/// <param name="Address">With the path: https://api.clickpesa.com/third-parties.</param>
/// <param name="ChecksumKey">From the dashboard; without it no webhook can be proven, and each is only asked about.
/// </param>
/// <param name="Previews">Asks before a push whether the phone's network can be reached.</param>
/// <param name="Most">The largest push: 3,000,000, and 100,000 until the account is verified.</param>
public sealed record ClickPesaSettings(
    string Name, bool LiveMode, Uri Address, string ClientId, string ApiKey, string? ChecksumKey, string WebhookToken,
    ClickPesaMethod Method = ClickPesaMethod.Canonical, bool Previews = true, long Most = 3_000_000)
    : AggregatorAccount(Name, LiveMode)
{
    public override AggregatorVendor Vendor => AggregatorVendor.Clickpesa;

    public override IEnumerable<Uri> Addresses => [Address];

    public override IMobileMoneyAdapter Adapter(HttpClient http, TimeProvider clock) =>
        new ClickPesaAdapter(this, http, clock);
}

/// <summary>
/// ClickPesa, as described in docs/mobile-money.md. A reference is taken once: the second push with it is answered with
/// 409, which says nothing of the first, so it has the outcome UNKNOWN.
/// </summary>
public sealed class ClickPesaAdapter : IMobileMoneyAdapter
{
    /// <summary>A longer reference is none of ours, and is not kept.</summary>
    private const int LongestReference = 64;

    private const int PageLength = 100;

    /// <summary>A longer list is not read: it is not of a day.</summary>
    private const long MostListed = 100_000;

    /// <summary>A token is valid for an hour.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(55);

    private readonly ClickPesaSettings settings;
    private readonly VendorHttp http;
    private readonly VendorToken token;
    private readonly TimeProvider clock;

    public ClickPesaAdapter(ClickPesaSettings settings, HttpClient client, TimeProvider clock)
    {
        (this.settings, this.clock, http) = (settings, clock, new VendorHttp(client));
        token = new VendorToken(FetchToken, clock);
        Terms = new MobileMoneyTerms(
            [Currency.Tzs], [Country.Tz], new Money(500), new Money(settings.Most), ReferenceForm.TwentyCharacters,
            PhoneForm.International, AmountForm.Text, Proof.Signed, Queries: true, Refunds: true, RepeatsPush: true,
            PaysOut: true, Lists: true);
    }

    public string Name => settings.Name;

    public bool LiveMode => settings.LiveMode;

    public MobileMoneyTerms Terms { get; }

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        var body = new Dictionary<string, string>
        {
            ["amount"] = push.Amount.Shillings.ToString(CultureInfo.InvariantCulture),
            ["currency"] = "TZS",
            ["orderReference"] = push.Reference,
            ["phoneNumber"] = VendorPhones.International(push.PhoneNumber),
        };
        if (settings.Previews)
        {
            var preview = await Post("payments/preview-ussd-push-request", body, cancellation);
            if (preview.IsRefusal) return Failed(push.Reference, preview);
            // The reference is known already: the push went out before, and what became of it is asked.
            if (preview.Status is HttpStatusCode.Conflict) return Unknown(push.Reference);
            if (!preview.IsOk)
                throw new PushNotSentException("ClickPesa did not answer the preview.");
            if (Unavailable(preview) is { } away)
                return new PaymentReport(push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: away);
        }

        var answer = await Post("payments/initiate-ussd-push-request", body, cancellation);
        if (!answer.IsSent) throw new PushNotSentException("ClickPesa cannot be reached.");
        if (answer.IsRefusal) return Failed(push.Reference, answer);
        return answer is { IsOk: true, Body: { } said } && said.Text("orderReference") == push.Reference
            // An accepted push is never a payment: a query or a webhook says what the guest did.
            ? ReportOf(said, Proof.Queried) switch
            {
                { Outcome: PaymentOutcome.Succeeded } paid => paid with { Outcome = PaymentOutcome.Pending },
                { } report => report,
                null => Unknown(push.Reference),
            }
            : Unknown(push.Reference);
    }

    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation)
    {
        var answer = await Get($"payments/{query.Reference}", cancellation);
        if (answer is not { Status: HttpStatusCode.OK, Body: { } list }) return Unknown(query.Reference);
        var reports = list.Items()
            .Select(item => ReportOf(item, Proof.Queried))
            .OfType<PaymentReport>()
            .Where(report => report.Reference == query.Reference)
            .ToList();
        // It has failed when each try of it has.
        return reports.FirstOrDefault(report => report.Outcome is PaymentOutcome.Succeeded)
            ?? reports.FirstOrDefault(report => report.Outcome is not PaymentOutcome.Failed)
            ?? reports.FirstOrDefault()
            ?? Unknown(query.Reference);
    }

    /// <summary>Pays out to the phone: ClickPesa has no call that gives a collection back.</summary>
    public async Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation)
    {
        if (refund.PhoneNumber is not { } phone) return RefundOutcome.Refused;
        var known = await Get($"payouts/{refund.Reference}", cancellation);
        if (known.Status is not HttpStatusCode.NotFound) return PayoutOf(known, refund.Reference);

        var answer = await Post(
            "payouts/create-mobile-money-payout",
            new Dictionary<string, string>
            {
                ["amount"] = refund.Amount.Shillings.ToString(CultureInfo.InvariantCulture),
                ["currency"] = "TZS",
                ["orderReference"] = refund.Reference,
                ["phoneNumber"] = VendorPhones.International(phone),
            },
            cancellation);
        // The reference is taken: an earlier try is under way.
        return answer is { IsOk: true, Body: { } said } ? OutcomeOf(said)
            : answer.IsRefusal ? RefundOutcome.Refused
            : RefundOutcome.Unknown;
    }

    public async Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) =>
        PayoutOf(await Get($"payouts/{refund.Reference}", cancellation), refund.Reference);

    private static RefundOutcome PayoutOf(VendorAnswer answer, string reference)
    {
        if (answer is not { Status: HttpStatusCode.OK, Body: { } list }) return RefundOutcome.Unknown;
        var outcomes = list.Items()
            .Where(item => item.Text("orderReference") == reference)
            .Select(OutcomeOf)
            .ToList();
        return outcomes.Contains(RefundOutcome.Paid) ? RefundOutcome.Paid
            : outcomes.Count > 0 && outcomes.TrueForAll(outcome => outcome is RefundOutcome.Refused)
                ? RefundOutcome.Refused
                : RefundOutcome.Unknown;
    }

    /// <summary>What came back from the network was not paid either.</summary>
    private static RefundOutcome OutcomeOf(JsonElement payout) => payout.Text("status") switch
    {
        "SUCCESS" => RefundOutcome.Paid,
        "FAILED" or "REFUNDED" or "REVERSED" => RefundOutcome.Refused,
        _ => RefundOutcome.Unknown,
    };

    public async Task<IReadOnlyList<ListedPayment>?> List(
        DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var listed = new List<ListedPayment>();
        for (var (skip, total) = (0L, 1L); skip < total; skip += PageLength)
        {
            var answer = await Get(
                $"payments/all?startDate={from:O}&endDate={to:O}&skip={skip}&limit={PageLength}", cancellation);
            if (answer is not { Status: HttpStatusCode.OK, Body: { } page }
                || page.Member("totalCount") is not { ValueKind: JsonValueKind.Number } count
                || !count.TryGetInt64(out total) || total > MostListed)
                return null;
            foreach (var item in (page.Member("data") ?? default).Items())
            {
                if (ReportOf(item, Proof.Queried) is { Outcome: PaymentOutcome.Succeeded } report
                    && TimeOf(item) is { } at)
                    listed.Add(new ListedPayment(report, at));
            }
        }

        return listed;
    }

    private static DateTimeOffset? TimeOf(JsonElement payment) => DateTimeOffset.TryParse(
        payment.Text("createdAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    public bool IsItsToken(string token) => VendorSecrets.AreEqual(token, settings.WebhookToken);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now)
    {
        if (settings.ChecksumKey is not { } key
            || VendorJson.ParseObject(webhook.Body.Span) is not { } root
            || !ClickPesaChecksum.IsGenuine(key, root))
            return new WebhookReading.Unverified();
        if (EventOf(root) is not { } kind || !kind.StartsWith("PAYMENT", StringComparison.Ordinal))
            return new WebhookReading.Irrelevant(EventOf(root) ?? "");
        var data = root.Member("data") ?? root;
        // ClickPesa names no event, and signs no time: each payment in each of its states is one event, for ever.
        // One without an id is known by its body.
        var id = data.Text("id") ?? data.Text("paymentId") ?? webhook.Digest;
        return new WebhookReading.Genuine($"{id}:{StatusOf(kind, data)}");
    }

    public PaymentReport? Recall(ReadOnlySpan<byte> body)
    {
        if (VendorJson.ParseObject(body) is not { } root) return null;
        var data = root.Member("data") ?? root;
        return ReportOf(data, Proof.Signed, StatusOf(EventOf(root) ?? "", data));
    }

    /// <summary>Older events name their kind "eventType".</summary>
    private static string? EventOf(JsonElement root) => root.Text("event") ?? root.Text("eventType");

    /// <summary>An event without a status says it by its kind.</summary>
    private static string? StatusOf(string kind, JsonElement data) => data.Text("status") ?? kind switch
    {
        "PAYMENT RECEIVED" => "SUCCESS",
        "PAYMENT FAILED" => "FAILED",
        _ => null,
    };

    /// <summary>Older events have other names for the amount, the id and the phone.</summary>
    private static PaymentReport? ReportOf(JsonElement payment, Proof proof, string? status = null)
    {
        // What was paid without a reference of ours has theirs: it is listed, and no attempt is found by it.
        if ((payment.Text("orderReference") ?? payment.Text("id") ?? payment.Text("paymentId"))
            is not { Length: <= LongestReference } reference)
            return null;
        var customer = payment.Member("customer");
        return new PaymentReport(
            reference,
            (status ?? payment.Text("status")) switch
            {
                "SUCCESS" or "SETTLED" => PaymentOutcome.Succeeded,
                "FAILED" => PaymentOutcome.Failed,
                "REVERSED" => PaymentOutcome.Reversed,
                "PENDING" or "PROCESSING" or "ON-HOLD" => PaymentOutcome.Pending,
                _ => PaymentOutcome.Unknown,
            },
            proof,
            payment.Amount("collectedAmount", Currency.Tzs) ?? payment.Amount("amount", Currency.Tzs),
            payment.Text("collectedCurrency") ?? payment.Text("currency"),
            payment.Text("id") ?? payment.Text("paymentId"),
            payment.Text("message"),
            VendorPhones.Known(customer?.Text("customerPhoneNumber") ?? customer?.Text("phone")),
            payment.Text("paymentReference"),
            payment.Written("collectedAmount") ?? payment.Written("amount"));
    }

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);

    private static PaymentReport Failed(string reference, VendorAnswer answer) => new(
        reference, PaymentOutcome.Failed, Proof.Queried, Reason: answer.Body?.Text("message"));

    /// <summary>Why no network takes the push; null when one does.</summary>
    private static string? Unavailable(VendorAnswer preview)
    {
        var methods = (preview.Body?.Member("activeMethods") ?? default).Items().ToList();
        return methods.Count > 0 && methods.All(method => method.Text("status") is "UNAVAILABLE")
            ? methods[0].Text("message") ?? "The network of this phone cannot be reached now."
            : null;
    }

    private Task<VendorAnswer> Post(string path, Dictionary<string, string> body, CancellationToken cancellation)
    {
        var sent = settings.ChecksumKey is { } key ? ClickPesaChecksum.Signed(key, settings.Method, body) : body;
        return http.Send(
            token, bearer => VendorHttp.Request(HttpMethod.Post, AddressOf(path), sent, bearer), cancellation);
    }

    private Task<VendorAnswer> Get(string path, CancellationToken cancellation) => http.Send(
        token, bearer => VendorHttp.Request(HttpMethod.Get, AddressOf(path), bearer: bearer), cancellation);

    /// <summary>The token's text begins with "Bearer " already.</summary>
    private async Task<(string, DateTimeOffset)?> FetchToken(CancellationToken cancellation)
    {
        var request = VendorHttp.Request(HttpMethod.Post, AddressOf("generate-token"));
        request.Headers.Add("client-id", settings.ClientId);
        request.Headers.Add("api-key", settings.ApiKey);
        var answer = await http.Send(request, cancellation);
        const string Scheme = "Bearer ";
        return answer is { IsOk: true, Body: { } said } && said.Text("token") is { } given
            ? (given.StartsWith(Scheme, StringComparison.Ordinal) ? given[Scheme.Length..] : given,
                clock.GetUtcNow() + TokenLife)
            : null;
    }

    private Uri AddressOf(string path) => VendorHttp.Address(settings.Address, path);
}
