using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments.Vendors.Snippe;

/// <summary>An account at Snippe (Tanzania).</summary>
/// <param name="Address">https://api.snippe.sh.</param>
/// <param name="WebhookAddress">The whole public address of this account's webhooks; each push names it.</param>
/// <param name="Email">The address that Snippe wants of every customer: one of the restaurant, not the guest's.</param>
/// <param name="PaysOut">
/// Refunds go out as payouts. Snippe takes no payout under 5,000 shillings, as users say; less waits for people.
/// </param>
public sealed record SnippeSettings(
    string Name, bool LiveMode, Uri Address, string ApiKey, string WebhookKey, string WebhookToken, Uri WebhookAddress,
    string Email, bool PaysOut = true)
    : AggregatorAccount(Name, LiveMode)
{
    public override AggregatorVendor Vendor => AggregatorVendor.Snippe;

    public override IEnumerable<Uri> Addresses => [Address];

    public override IMobileMoneyAdapter Adapter(HttpClient http, TimeProvider clock) => new SnippeAdapter(this, http);
}

/// <summary>
/// Snippe, as described in docs/mobile-money.md. It names payments itself: our reference travels as the key of the
/// request and in its metadata. Webhooks are signed over time and body.
/// </summary>
public sealed class SnippeAdapter(SnippeSettings settings, HttpClient client) : IMobileMoneyAdapter
{
    private const string Version = "2026-01-25";
    private const string SignatureHeader = "X-Webhook-Signature";
    private const string TimestampHeader = "X-Webhook-Timestamp";

    /// <summary>Our reference in the payment's metadata.</summary>
    private const string Metadata = "attempt";

    /// <summary>A longer reference is none of ours, and is not kept.</summary>
    private const int LongestReference = 64;

    private const long LeastPayout = 5_000;

    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Newest = TimeSpan.FromMinutes(1);

    private readonly VendorHttp http = new(client);

    public string Name => settings.Name;

    public bool LiveMode => settings.LiveMode;

    public MobileMoneyTerms Terms { get; } = new(
        [Currency.Tzs], [Country.Tz], new Money(500), Money.Largest, ReferenceForm.ItsOwn, PhoneForm.International,
        AmountForm.Number, Proof.Signed, Queries: true, Refunds: settings.PaysOut, RepeatsPush: true,
        settings.PaysOut, MostRefundTries: 24);

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        var body = new
        {
            payment_type = "mobile",
            details = new { amount = push.Amount.Shillings, currency = "TZS" },
            phone_number = VendorPhones.International(push.PhoneNumber),
            customer = new { firstname = "Guest", lastname = "Guest", email = settings.Email },
            webhook_url = settings.WebhookAddress,
            metadata = new Dictionary<string, string> { [Metadata] = push.Reference },
        };
        var answer = await Send(HttpMethod.Post, "v1/payments", body, push.Reference, cancellation);
        if (!answer.IsSent) throw new PushNotSentException("Snippe cannot be reached.");
        if (answer.IsRefusal)
            return new PaymentReport(
                push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: answer.Body?.Text("message"));
        return answer is { IsOk: true, Body: { } said } && said.Member("data") is { } payment
            ? ReportOf(payment, push.Reference, Proof.Queried) switch
            {
                { Outcome: PaymentOutcome.Succeeded } paid => paid with { Outcome = PaymentOutcome.Pending },
                var report => report,
            }
            : Unknown(push.Reference);
    }

    /// <summary>Without Snippe's reference, which the answer to the push brings, there is nothing to ask by.</summary>
    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation)
    {
        if (query.ProviderReference is not { } theirs) return Unknown(query.Reference);
        var answer = await Send(
            HttpMethod.Get, $"v1/payments/{Uri.EscapeDataString(theirs)}", body: null, key: null, cancellation);
        return answer is { IsOk: true, Body: { } said } && said.Member("data") is { } payment
            && payment.Text("reference") == theirs
                ? ReportOf(payment, query.Reference, Proof.Queried)
                : Unknown(query.Reference);
    }

    public async Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation)
    {
        if (!settings.PaysOut || refund.PhoneNumber is not { } phone || refund.Amount.Shillings < LeastPayout)
            return RefundOutcome.Refused;
        var body = new
        {
            amount = refund.Amount.Shillings,
            channel = "mobile",
            recipient_phone = VendorPhones.International(phone),
            recipient_name = "Guest",
            narration = "Refund",
            metadata = new Dictionary<string, string> { [Metadata] = refund.Reference },
        };
        // The same key is the same payout. Its answer may be the first one again, so Snippe is asked how it stands now.
        var answer = await Send(HttpMethod.Post, "v1/payouts/send", body, refund.Reference, cancellation);
        // A wrong key says nothing of an earlier try.
        if (answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
            return RefundOutcome.Refused;
        if (answer is not { IsOk: true, Body: { } said } || said.Member("data") is not { } payout)
            return RefundOutcome.Unknown;
        var first = OutcomeOf(payout);
        if (first is not RefundOutcome.Unknown || payout.Text("reference") is not { } theirs) return first;
        var asked = await Send(
            HttpMethod.Get, $"v1/payouts/{Uri.EscapeDataString(theirs)}", body: null, key: null, cancellation);
        return asked is { IsOk: true, Body: { } now } && now.Member("data") is { } known
            && known.Text("reference") == theirs
                ? OutcomeOf(known)
                : RefundOutcome.Unknown;
    }

    private static RefundOutcome OutcomeOf(JsonElement payout) => payout.Text("status") switch
    {
        "completed" => RefundOutcome.Paid,
        "failed" or "voided" => RefundOutcome.Refused,
        _ => RefundOutcome.Unknown,
    };

    public bool IsItsToken(string token) => VendorSecrets.AreEqual(token, settings.WebhookToken);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now)
    {
        if (webhook.Header(TimestampHeader) is not { } timestamp
            || webhook.Header(SignatureHeader) is not { } given
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return new WebhookReading.Unverified();
        var age = now.ToUnixTimeSeconds() - seconds;
        if (age > Oldest.TotalSeconds || age < -Newest.TotalSeconds) return new WebhookReading.Unverified();
        if (!VendorSecrets.AreEqual(Sign(settings.WebhookKey, timestamp, webhook.Body.Span), given))
            return new WebhookReading.Unverified();
        if (VendorJson.ParseObject(webhook.Body.Span) is not { } root || root.Text("type") is not { } kind)
            return new WebhookReading.Irrelevant("");
        return kind.StartsWith("payment.", StringComparison.Ordinal)
            && root.Text("id") is { Length: <= 128 } id
                ? new WebhookReading.Genuine(id)
                : new WebhookReading.Irrelevant(kind);
    }

    public PaymentReport? Recall(ReadOnlySpan<byte> body) =>
        VendorJson.ParseObject(body) is { } root
        && root.Member("data") is { } payment
        && (payment.Member("metadata")?.Text(Metadata) ?? payment.Text("reference"))
            is { Length: <= LongestReference } reference
            ? ReportOf(payment, reference, Proof.Signed)
            : null;

    /// <summary>HMAC-SHA256 over time and body, in lower-case hexadecimal.</summary>
    internal static string Sign(string key, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
    }

    /// <summary>The amount is the gross one: what the guest paid, before Snippe's fee.</summary>
    private static PaymentReport ReportOf(JsonElement payment, string reference, Proof proof)
    {
        var gross = payment.Member("settlement")?.Member("gross") ?? payment.Member("amount") ?? default;
        return new PaymentReport(
            reference,
            payment.Text("status") switch
            {
                "completed" => PaymentOutcome.Succeeded,
                "failed" or "voided" or "expired" => PaymentOutcome.Failed,
                "pending" => PaymentOutcome.Pending,
                "reversed" => PaymentOutcome.Reversed,
                _ => PaymentOutcome.Unknown,
            },
            proof, gross.Amount("value", Currency.Tzs), gross.Text("currency"), payment.Text("reference"),
            payment.Text("failure_reason") ?? payment.Text("status"),
            VendorPhones.Known(payment.Member("customer")?.Text("phone")), payment.Text("external_reference"),
            gross.Written("value"));
    }

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);

    private Task<VendorAnswer> Send(
        HttpMethod method, string path, object? body, string? key, CancellationToken cancellation)
    {
        var request = VendorHttp.Request(
            method, VendorHttp.Address(settings.Address, path), body, settings.ApiKey);
        request.Headers.Add("Snippe-Version", Version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return http.Send(request, cancellation);
    }
}
