using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>
/// The simulator as a card gateway, with a page of its own and a step for 3-D Secure. Its answers, webhooks and refunds
/// are those of its mobile money.
/// </summary>
public sealed class SimulatedCardGateway(SimulatorSettings settings, HttpClient http) : ICardGateway
{
    public const string Account = "cards";

    private readonly SimulatorAdapter simulator = new(settings, http);
    private readonly byte[] token = Encoding.UTF8.GetBytes(settings.Derive($"{Account} webhook path"));

    public string Name => Account;

    public bool LiveMode => false;

    public MobileMoneyTerms Terms { get; } = MobileMoneyTerms.Simulator with
    {
        Currencies = Enum.GetValues<Currency>(),
        Countries = Enum.GetValues<Country>(),
        Dollars = Enum.GetValues<Country>(),
        PaysOut = false,
    };

    public async Task<PaymentReport> OpenPage(CardRequest request, CancellationToken cancellation)
    {
        var body = new SimulatorCardPage(
            request.Reference, request.Amount.Shillings, request.Currency.WireName, request.ReturnTo);
        var (status, said) = await simulator.Ask(
            request.Reference, HttpMethod.Post, "card-pages", body, cancellation);
        return said?.Report(Proof.Queried)
            ?? (status is null
                ? throw new PushNotSentException("The card gateway cannot be reached.")
                : new PaymentReport(request.Reference, PaymentOutcome.Unknown, Proof.Queried));
    }

    public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
        simulator.Query(query, cancellation);

    public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
        simulator.Refund(refund, cancellation);

    public Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) =>
        simulator.CheckRefund(refund, cancellation);

    public bool IsItsToken(string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), this.token);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now) => simulator.Read(webhook, now);

    public PaymentReport? Recall(ReadOnlySpan<byte> body) => simulator.Recall(body);
}

internal sealed record SimulatorCardPage(string Reference, long Amount, string Currency, string ReturnUrl);
