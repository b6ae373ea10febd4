using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>
/// A kitchen's till, in the place of an account at an aggregator. It rings no phone, cannot be asked, and pays nothing
/// back by itself: what has to go back waits for a person from the first try on.
/// </summary>
internal sealed class TillAdapter(string name) : IMobileMoneyAdapter
{
    private static readonly MobileMoneyTerms Limits = new(
        [Currency.Tzs], [Country.Tz], new Money(1), Money.Largest, ReferenceForm.TwentyCharacters,
        PhoneForm.International, AmountForm.Number, Proof.Signed, Queries: false, Refunds: false, RepeatsPush: false);

    public string Name => name;

    public bool LiveMode => true;

    public MobileMoneyTerms Terms => Limits;

    /// <summary>The till of this name; null when it is no till's name.</summary>
    public static TillAdapter? Of(string name) => TillNames.IsTill(name) ? new TillAdapter(name) : null;

    public Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation) => Nothing(push.Reference);

    public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) => Nothing(query.Reference);

    public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
        Task.FromResult(RefundOutcome.Refused);

    public bool IsItsToken(string token) => false;

    public WebhookReading Read(Webhook webhook, DateTimeOffset now) => new WebhookReading.Unverified();

    public PaymentReport? Recall(ReadOnlySpan<byte> body) => null;

    private static Task<PaymentReport> Nothing(string reference) =>
        Task.FromResult(new PaymentReport(reference, PaymentOutcome.Unknown, Proof.Queried));
}
