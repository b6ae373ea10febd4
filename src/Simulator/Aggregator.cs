namespace JikoXpress.Simulator;

/// <summary>
/// The aggregator's own records: its collections, what the guests decided, and the money that left and reached their
/// phones.
/// </summary>
public sealed class Aggregator(Deliveries deliveries, SimulatorClock clock)
{
    private static readonly TimeSpan RecheckDelay = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim catchingUp = new(1);
    private readonly Dictionary<string, Collection> collections = [];
    private readonly Dictionary<string, LedgerEntry> refunds = [];
    private readonly List<LedgerEntry> ledger = [];
    private readonly PriorityQueue<Action, DateTimeOffset> later = new();

    /// <summary>The money that left the guests' phones, and that came back to them.</summary>
    public IReadOnlyList<LedgerEntry> Ledger
    {
        get { lock (gate) return [.. ledger]; }
    }

    /// <summary>Pushes to a phone; a known reference is not pushed a second time.</summary>
    public Collection Push(PushBody push)
    {
        lock (gate)
        {
            if (collections.TryGetValue(push.Reference, out var known)) return known;
            var script = Script.Of(push.Phone);
            var collection = new Collection(push, $"SIM{collections.Count + 1:D9}", script);
            collections.Add(push.Reference, collection);
            if (script.Answer is PushAnswer.Refusal) collection.Decline("This number cannot be reached");
            else if (script.IsTooFast) Decide(collection);
            else At(script.After, () => Decide(collection));
            return collection;
        }
    }

    /// <summary>A guest pays a reference from the phone's menu; null when the reference is known already.</summary>
    public Collection? Pay(PushBody payment)
    {
        lock (gate)
        {
            if (collections.ContainsKey(payment.Reference)) return null;
            var collection = new Collection(
                payment, $"SIM{collections.Count + 1:D9}", Script.Of(payment.Phone) with { Reason = null });
            collections.Add(payment.Reference, collection);
            Decide(collection);
            return collection;
        }
    }

    /// <summary>The collection; null when it does not exist, or its script hides it from the first queries.</summary>
    public Collection? Query(string reference)
    {
        lock (gate)
        {
            return collections.TryGetValue(reference, out var known) && known.IsFound() ? known : null;
        }
    }

    /// <summary>Refunds, once for each reference and never more than was paid; null when it is refused.</summary>
    public LedgerEntry? Refund(RefundBody refund)
    {
        lock (gate)
        {
            if (refunds.TryGetValue(refund.Reference, out var known)) return known;
            if (!collections.TryGetValue(refund.Collection, out var collection)) return null;
            var left = ledger.Where(entry => entry.Collection == refund.Collection).Sum(entry => entry.Amount);
            if (refund.Amount <= 0 || refund.Amount > left) return null;
            var entry = new LedgerEntry(
                refund.Reference, refund.Collection, collection.Push.Phone, -refund.Amount, clock.GetUtcNow());
            refunds.Add(refund.Reference, entry);
            ledger.Add(entry);
            return entry;
        }
    }

    /// <summary>Makes the guests' decisions that are due, and sends the waiting webhooks.</summary>
    public async Task CatchUp()
    {
        await catchingUp.WaitAsync();
        try
        {
            lock (gate)
            {
                while (later.TryPeek(out _, out var at) && at <= clock.GetUtcNow()) later.Dequeue()();
            }

            await deliveries.Send();
        }
        finally
        {
            catchingUp.Release();
        }
    }

    private void At(TimeSpan after, Action action) => later.Enqueue(action, clock.GetUtcNow() + after);

    private void Decide(Collection collection)
    {
        var script = collection.Script;
        if (script.Reason is { } reason) collection.Decline(reason);
        else Charge(collection);

        Tell(collection, collection.Word(), script.Callbacks);
        if (!script.ChangesItsMind) return;
        At(RecheckDelay, () =>
        {
            if (!collection.IsPaid)
            {
                Charge(collection);
                Tell(collection, collection.Word(), 1);
            }
            else
            {
                Tell(collection, collection.Word() with { Status = "FAILED", Reason = "Reversed" }, 1);
            }
        });
    }

    private void Charge(Collection collection)
    {
        collection.Pay();
        ledger.Add(new LedgerEntry(
            collection.Push.Reference, collection.Push.Reference, collection.Push.Phone, collection.Amount,
            clock.GetUtcNow()));
    }

    /// <summary>All deliveries of one event have the same id.</summary>
    private void Tell(Collection collection, CollectionWord word, int times)
    {
        var flawed = collection.Script.Flaw switch
        {
            Flaw.OtherCurrency => word with { Currency = "KES" },
            Flaw.OtherName => word with { Id = "SIM000000000" },
            Flaw.UnknownWord => word with { Status = "ON-HOLD" },
            _ => word,
        };
        var sent = deliveries.Write(flawed, collection.Script.Flaw);
        for (var time = 0; time < times; time++) deliveries.Post(sent);
        if (collection.Script.Flaw is Flaw.RepeatedNextDay) At(TimeSpan.FromDays(1), () => deliveries.Post(sent));
    }
}

/// <summary>A request to one guest for one amount.</summary>
public sealed class Collection(PushBody push, string id, Script script)
{
    private int unfindable = script.Unfindable;
    private string status = "PENDING";
    private string? reason;

    public PushBody Push => push;
    public Script Script => script;
    public long Amount => push.Amount + script.Extra;
    public bool IsPaid => status == "SUCCESS";

    public void Pay() => (status, reason) = ("SUCCESS", null);

    public void Decline(string why) => (status, reason) = ("FAILED", why);

    public bool IsFound() => unfindable-- <= 0;

    /// <summary>The collection as JSON; like real aggregators, it writes whole shillings with a fraction.</summary>
    public CollectionWord Word() => new(
        push.Reference, id, status, IsPaid ? $"{Amount}.00" : null, IsPaid ? push.Currency : null, reason,
        push.Phone);
}

public sealed record PushBody(string Reference, string Phone, long Amount, string Currency);

/// <param name="Collection">The reference of the push whose money goes back.</param>
public sealed record RefundBody(string Reference, string Collection, string Phone, long Amount);

public sealed record CollectionWord(
    string Reference, string? Id, string Status, string? Amount, string? Currency, string? Reason, string? Phone);

/// <param name="Amount">Positive: money that left the phone; negative: money that came back.</param>
public sealed record LedgerEntry(string Reference, string Collection, string Phone, long Amount, DateTimeOffset At);
