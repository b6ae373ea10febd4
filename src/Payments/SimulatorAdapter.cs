using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Payments;

/// <summary>The connection to the simulator.</summary>
/// <param name="Address">The simulator's base address.</param>
/// <param name="Secret">Shared by both sides: it signs the webhooks; its HMAC is the last part of their path.</param>
public sealed record SimulatorSettings(Uri Address, string Secret)
{
    /// <summary>The last part of the webhooks' path.</summary>
    public string Token => Derive("webhook path");

    /// <summary>A secret for one purpose: the simulator makes the same one.</summary>
    internal string Derive(string purpose) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(purpose)))[..32];
}

/// <summary>The adapter of the simulator (src/Simulator), an aggregator that moves no money, over HTTP.</summary>
public sealed class SimulatorAdapter(SimulatorSettings settings, HttpClient http) : IMobileMoneyAdapter
{
    public string Name => "simulator";

    public bool LiveMode => false;

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        var body = new SimulatorPush(
            push.Reference, push.PhoneNumber, push.Amount.Shillings, push.Currency.WireName);
        return await Ask(push.Reference, HttpMethod.Post, "collections", body, cancellation) switch
        {
            // 422 answers only the push itself: no push has reached the phone, and none will.
            (HttpStatusCode.UnprocessableEntity, var said) =>
                new PaymentReport(push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: said?.Reason),
            (_, { } said) => said.Report(Proof.Queried),
            _ => Unknown(push.Reference),
        };
    }

    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
        await Ask(query.Reference, HttpMethod.Get, $"collections/{query.Reference}", body: null, cancellation)
            is (HttpStatusCode.OK, { } said)
            ? said.Report(Proof.Queried)
            : Unknown(query.Reference);

    public async Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation)
    {
        var body = new SimulatorRefund(
            refund.Reference, refund.AttemptReference, refund.PhoneNumber, refund.Amount.Shillings);
        return OutcomeOf(await Ask(refund.Reference, HttpMethod.Post, "refunds", body, cancellation));
    }

    public async Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) => OutcomeOf(
        await Ask(refund.Reference, HttpMethod.Get, $"refunds/{refund.Reference}", body: null, cancellation));

    private static RefundOutcome OutcomeOf((HttpStatusCode? Status, SimulatorWord? Said) answer) => answer switch
    {
        (HttpStatusCode.OK, { Status: "REFUNDED" }) => RefundOutcome.Paid,
        (HttpStatusCode.Conflict, { Status: "REFUSED" }) => RefundOutcome.Refused,
        _ => RefundOutcome.Unknown,
    };

    public bool IsItsToken(string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(settings.Token));

    public WebhookReading Read(Webhook webhook, DateTimeOffset now) =>
        webhook.IsSignedWith(settings.Secret, now)
        ? new WebhookReading.Genuine(webhook.Header(StandardWebhook.IdHeader) ?? "")
        : new WebhookReading.Unverified();

    public PaymentReport? Recall(ReadOnlySpan<byte> body) => SimulatorWord.Parse(body)?.Report(Proof.Signed);

    /// <summary>
    /// Sends a request and parses the answer, if it is about this reference. The status is null without an answer.
    /// </summary>
    internal async Task<(HttpStatusCode? Status, SimulatorWord? Said)> Ask(
        string reference, HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(settings.Address, $"/v1/{path}"));
        request.Headers.Authorization = new("Bearer", settings.Token);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var said = SimulatorWord.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return (response.StatusCode, said?.Reference == reference ? said : null);
        }
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or IOException or OperationCanceledException)
        {
            return (null, null);
        }
    }

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);
}

internal sealed record SimulatorPush(string Reference, string Phone, long Amount, string Currency);

internal sealed record SimulatorRefund(string Reference, string Collection, string? Phone, long Amount);

/// <summary>The simulator's JSON about a collection or refund, in an answer or a webhook.</summary>
/// <param name="Id">The simulator's own id for it.</param>
/// <param name="Receipt">The network's receipt for the money; each payment has its own.</param>
/// <param name="Url">The page for a payment by card.</param>
internal sealed record SimulatorWord(
    string Reference, string? Id, string? Status, Money? Amount, string? Currency, string? Reason, string? Phone,
    string? Receipt, string? AmountSaid = null, string? Url = null)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Null when it is not a JSON object with a reference of our length.</summary>
    public static SimulatorWord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            return Text(root, "reference") is { Length: PaymentReference.Length } reference
                ? new SimulatorWord(
                    reference, Text(root, "id"), Text(root, "status"), AmountOf(root), Text(root, "currency"),
                    Text(root, "reason"), Text(root, "phone"), Text(root, "receipt"),
                    root.TryGetProperty("amount", out var said) ? said.ToString() : null, Text(root, "url"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Unknown status words have the outcome UNKNOWN.</summary>
    public PaymentReport Report(Proof proof) => new(
        Reference,
        Status switch
        {
            "SUCCESS" => PaymentOutcome.Succeeded,
            "FAILED" => PaymentOutcome.Failed,
            "PENDING" => PaymentOutcome.Pending,
            "REVERSED" => PaymentOutcome.Reversed,
            _ => PaymentOutcome.Unknown,
        },
        proof, Amount, Currency, Id, Reason, Phone, Receipt, AmountSaid, Url);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Accepts whole shillings, as number or string, with or without a fraction of zeros.</summary>
    private static Money? AmountOf(JsonElement root)
    {
        if (!root.TryGetProperty("amount", out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString() ?? "",
            _ => "",
        };
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && (point == text.Length - 1 || text.AsSpan(point + 1).ContainsAnyExcept('0'))) return null;
        var whole = point < 0 ? text : text[..point];
        return long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var shillings)
            && new Money(shillings) <= Money.Largest
                ? new Money(shillings)
                : null;
    }
}
