using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Payments.Vendors.AzamPay;
using JikoXpress.Payments.Vendors.PawaPay;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;
using JikoXpress.Simulator;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// One of the four aggregators in its own wire format: the product's adapter on the one side, and on the other the
/// simulator's (src/Simulator), whose books are those of the payers.
/// </summary>
internal sealed class Vendor : IPhones
{
    private const string Secret = "known to both sides of the wire";

    private static readonly string[] Names = ["clickpesa", "azampay", "snippe", "pawapay"];
    private static readonly TimeSpan BetweenDecisions = TimeSpan.FromMilliseconds(200);

    private readonly Universe world;
    private readonly VendorApi api;
    private readonly VendorGuests guests;
    private readonly VendorPostman postman;
    private readonly HttpClient nobody = new();
    private readonly AggregatorAccount account;
    private readonly MobileMoneyTerms terms;
    private Dictionary<string, VendorPayment> payments = [];
    private long seen = -1;

    public Vendor(Universe world, Place place, Dice dice)
    {
        this.world = world;
        Name = dice.Pick(Names);
        account = AccountOf(Name, dice);
        terms = account.Adapter(nobody, place.Clock).Terms;
        var settings = new Simulator.SimulatorSettings(new Uri("https://jiko.test"), Secret, Name);
        var clock = new SimulatorClock(place.Clock);
        Keys = new VendorKeys(settings);
        Tokens = new Tokens(settings);
        postman = new VendorPostman(this, world, place, dice);
        guests = new VendorGuests(this, world, place, dice);
        var deliveries = new Deliveries(settings, Keys, place.Clock, nobody) { Carrier = postman.Take };
        Books = new Simulator.Aggregator(deliveries, clock) { ScriptOf = guests.ScriptOf };
        api = VendorApi.All(Books, Keys, Tokens, clock).Single(one => one.Name == Name);
        world.Timeline.Add(new Loop(place, BetweenDecisions, () => Books.Due, Books.CatchUp));
        guests.Begin();
    }

    public string Name { get; }

    /// <summary>The aggregator's own books.</summary>
    public Simulator.Aggregator Books { get; }

    public VendorKeys Keys { get; }

    public Tokens Tokens { get; }

    /// <summary>A webhook says when it was signed.</summary>
    public bool SignsTime => Name is "snippe" or "pawapay";

    /// <summary>A reference can be paid a second time.</summary>
    public bool TakesMore => Name is not "pawapay";

    public ISet<string> Dialled { get; } = new HashSet<string>();

    /// <summary>How many pushes of a reference were not refused before they had left their host.</summary>
    public Dictionary<string, int> Dials { get; } = [];

    /// <summary>The references of pushes that did not leave a host at the first try.</summary>
    public HashSet<string> NotSent { get; } = [];

    public IReadOnlyDictionary<string, string> Told => postman.Told;

    public IReadOnlyCollection<IPayment> Payments => View.Values;

    public IEnumerable<string> Unowed
    {
        get
        {
            var owed = world.Database.Refunds.Select(refund => KeyOf(refund.Work.Reference)).ToHashSet();
            return Books.Ledger
                .Where(entry => entry.Amount < 0 && !IsReversal(entry) && !owed.Contains(entry.Reference))
                .Select(entry => $"{entry.Reference} sent {-entry.Amount} to a phone, and no session owes it");
        }
    }

    private Dictionary<string, VendorPayment> View
    {
        get
        {
            if (seen == world.Timeline.Events) return payments;
            seen = world.Timeline.Events;
            var ledger = Books.Ledger.ToLookup(entry => entry.Collection);
            var refunds = world.Database.Refunds.ToLookup(refund => refund.Work.AttemptReference);
            payments = Books.Collections
                .Select(collection => new VendorPayment(
                    this, collection, [.. ledger[collection.Push.Reference].Where(entry => entry.Amount > 0)],
                    1 + guests.TypedAgain(collection.Push.Reference),
                    refunds[ReferenceOf(collection.Push.Reference)]
                        .Sum(refund => new Money(-(Books.PaidOut(KeyOf(refund.Work.Reference))?.Amount ?? 0)))))
                .ToDictionary(payment => payment.Reference);
            return payments;
        }
    }

    public IMobileMoneyAdapter LineOf(Host host)
    {
        // Its own timeout would be of real time; the product's patience is of the host's.
        var wire = new HttpClient(world.Wiring.Wire(new VendorWire(host, world, this)))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return new VendorLine(this, account.Adapter(wire, host.Place.Clock));
    }

    public IPayment? Find(string reference) => View.GetValueOrDefault(reference);

    /// <summary>What the product itself finds too little or too much for this aggregator has failed, too.</summary>
    public bool SaidNo(PaymentAttempt attempt) => View.TryGetValue(attempt.Reference, out var payment)
        ? payment.Collection.Script
                is { Reason: not null } or { Answer: PushAnswer.Refusal } or { ChangesItsMind: true }
            || IsReversed(payment.Collection)
        : world.Database.Attempt(attempt.Reference) is { } row
            && terms.Refusal(new PushRequest(attempt.Reference, "", row.Work.Amount)) is not null;

    public bool IsReversed(string reference) => postman.Reversed.Contains(KeyOf(reference));

    public void Type(PushRequest payment)
    {
        var key = KeyOf(payment.Reference);
        if (Books.Knows(key)) return;
        Books.Pay(new PushBody(key, payment.PhoneNumber, payment.Amount.Shillings, "TZS"));
    }

    public Task Attack() => postman.Attack();

    /// <summary>A request arrives.</summary>
    public VendorReply Answer(VendorRequest request) => api.Answer(request);

    /// <summary>pawaPay knows our references by ids that are made from them.</summary>
    public string KeyOf(string reference) => Name is "pawapay" && PaymentReference.IsOne(reference)
        ? PawaPayId.Of(reference).ToString()
        : reference;

    public string ReferenceOf(string key) => Name is "pawapay" ? PawaPayId.ReferenceOf(key) ?? key : key;

    public static bool IsReversed(Simulator.Collection collection) => collection.Word().Status is "REVERSED";

    /// <summary>
    /// People have it in a list; or the network took it back before anybody knew of it; or the house was never told in
    /// a form that it can believe, and has nothing to ask by, or no reason to: another payment of the reference was heard
    /// of first.
    /// </summary>
    public bool IsExcused(VendorPayment payment, LedgerEntry receipt)
    {
        var attempts = world.Database.Sessions
            .SelectMany(row => Invariants.PaymentLaws.AttemptsOf(row.Session))
            .Where(attempt => attempt.KnownAs == payment.Reference)
            .ToList();
        if (attempts.Exists(attempt => attempt.Receipt == receipt.Receipt)) return false;
        var isFirst = receipt.Reference == receipt.Collection;
        var isSettled = attempts.Exists(attempt => attempt is { Status: AttemptStatus.Succeeded, Receipt: not null });
        // After a second payment the id may be that one's.
        var hasId = world.Database.Attempt(payment.Reference)?.Work.ProviderReference == payment.Collection.Id;
        return world.Database.Exceptions.Any(listed => listed.Reference == payment.Reference
                && listed.Kind is PaymentExceptionKind.AmountUnclear)
            || (isFirst && IsReversed(payment.Collection))
            || !((isFirst && !isSettled && terms.Queries && (hasId || Name is "clickpesa" or "pawapay"))
                || postman.Proven.Contains(receipt.Receipt ?? ""));
    }

    private static bool IsReversal(LedgerEntry entry) => entry.Reference == $"R{entry.Collection}";

    private static AggregatorAccount AccountOf(string name, Dice dice)
    {
        var address = new JikoXpress.Payments.SimulatorSettings(new Uri($"https://{name}.test"), Secret);
        return SimulatedAccounts.Of(name, address) switch
        {
            // Not every account at AzamPay has something to ask.
            AzamPaySettings azamPay when dice.Chance(0.5) => azamPay with { StatusPath = null },
            { } account => account,
            null => throw new InvalidOperationException($"There is no {name}."),
        };
    }
}

/// <param name="Charges">The entries of money that left a phone.</param>
internal sealed record VendorPayment(
    Vendor Vendor, Simulator.Collection Collection, IReadOnlyList<LedgerEntry> Charges, int Asked, Money Refunded)
    : IPayment
{
    public string Reference { get; } = Vendor.ReferenceOf(Collection.Push.Reference);

    public string Currency => "TZS";

    public IReadOnlyList<Money> Receipts => [.. Charges.Select(charge => new Money(charge.Amount))];

    public Money Excused => Charges
        .Where(charge => Vendor.IsExcused(this, charge))
        .Sum(charge => new Money(charge.Amount));
}

/// <summary>The product's own adapter; it notes which phones were to ring.</summary>
internal sealed class VendorLine(Vendor vendor, IMobileMoneyAdapter adapter) : IMobileMoneyAdapter
{
    public string Name => adapter.Name;

    public bool LiveMode => adapter.LiveMode;

    public MobileMoneyTerms Terms => adapter.Terms;

    public WebhookReply Reply => adapter.Reply;

    public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
    {
        vendor.Dialled.Add(push.Reference);
        vendor.Dials[push.Reference] = vendor.Dials.GetValueOrDefault(push.Reference) + 1;
        try
        {
            return await adapter.Push(push, cancellation);
        }
        catch (PushNotSentException) when (vendor.NotSent.Add(push.Reference))
        {
            // Nobody need try for ever, but once more; another host may have dialled meanwhile.
            if (--vendor.Dials[push.Reference] == 0) vendor.Dialled.Remove(push.Reference);
            throw;
        }
    }

    public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
        adapter.Query(query, cancellation);

    public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
        adapter.Refund(refund, cancellation);

    public bool IsItsToken(string token) => adapter.IsItsToken(token);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now) => adapter.Read(webhook, now);

    public Task<bool> RefreshKeys(CancellationToken cancellation) => adapter.RefreshKeys(cancellation);

    public PaymentReport? Recall(ReadOnlySpan<byte> body) => adapter.Recall(body);
}
