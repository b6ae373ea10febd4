using System.Globalization;
using JikoXpress.Simulator.Vendors;

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
    private readonly Dictionary<string, RefundBody> refused = [];
    private readonly List<LedgerEntry> ledger = [];
    private readonly PriorityQueue<Action, DateTimeOffset> later = new();

    /// <summary>Ids are other ones after each start: the product remembers those of before.</summary>
    private readonly string run = clock.GetUtcNow().ToUnixTimeSeconds().ToString("X", CultureInfo.InvariantCulture);
    private int lastReceipt;

    /// <summary>What a guest does who is asked to pay.</summary>
    public Func<PushBody, Script> ScriptOf { get; init; } = push => Script.Of(push.Phone);

    /// <summary>When the next guest decides; null when none is to decide.</summary>
    public DateTimeOffset? Due
    {
        get { lock (gate) return later.TryPeek(out _, out var at) ? at : null; }
    }

    public IReadOnlyCollection<Collection> Collections
    {
        get { lock (gate) return [.. collections.Values]; }
    }

    /// <summary>The money that left the guests' phones, and that came back to them.</summary>
    public IReadOnlyList<LedgerEntry> Ledger
    {
        get { lock (gate) return [.. ledger]; }
    }

    /// <summary>Pushes to a phone; a known reference is not pushed a second time.</summary>
    public Collection Push(PushBody push, Dialect dialect)
    {
        lock (gate)
        {
            if (collections.TryGetValue(push.Reference, out var known)) return known;
            var script = ScriptOf(push);
            var collection = new Collection(push, NextId(), script, dialect);
            collections.Add(push.Reference, collection);
            if (script.Answer is PushAnswer.Refusal) collection.Decline("This number cannot be reached");
            else if (script.IsTooFast) Decide(collection);
            else At(script.After, () => Decide(collection));
            return collection;
        }
    }

    /// <summary>A page for a payment by card; a known reference has its page already.</summary>
    public Collection OpenPage(CardPageBody asked)
    {
        lock (gate)
        {
            if (collections.TryGetValue(asked.Reference, out var known)) return known;
            var collection = new Collection(
                new PushBody(asked.Reference, "card", asked.Amount, asked.Currency), NextId(),
                new Script(CardPages.Life), Dialect.Cards)
            { ReturnUrl = asked.ReturnUrl };
            collections.Add(asked.Reference, collection);
            At(CardPages.Life, () => Answer(collection.Id, "The card page was left"));
            return collection;
        }
    }

    /// <summary>The customer's bank has answered; false when it had before.</summary>
    /// <param name="reason">Why it says no; null when it pays.</param>
    public bool Answer(string id, string? reason)
    {
        lock (gate)
        {
            if (PageOf(id) is not { IsDecided: false } collection) return false;
            if (reason is null) Charge(collection);
            else collection.Decline(reason);
            Tell(collection, collection.Word(), collection.Script.Callbacks);
            return true;
        }
    }

    /// <summary>The payment by card of a page; null when there is no such page.</summary>
    public Collection? PageOf(string id)
    {
        lock (gate)
            return collections.Values.FirstOrDefault(known => known.Id == id && known.ReturnUrl is not null);
    }

    /// <summary>
    /// A guest pays a reference from the phone's menu. Nothing keeps a second guest, or the same one, from paying it
    /// again: that is another payment, with a receipt of its own.
    /// </summary>
    public CollectionWord Pay(PushBody payment)
    {
        lock (gate)
        {
            if (collections.TryGetValue(payment.Reference, out var known)) return PayAgain(known, payment);
            var collection = new Collection(
                payment, NextId(), ScriptOf(payment) with { Reason = null },
                deliveries.Dialect);
            collections.Add(payment.Reference, collection);
            Decide(collection);
            return collection.Word();
        }
    }

    /// <summary>The phone pays, and nobody is told; false for an unknown reference.</summary>
    public bool Charge(string reference)
    {
        lock (gate)
        {
            if (!collections.TryGetValue(reference, out var known) || known.IsPaid) return false;
            Charge(known);
            return true;
        }
    }

    /// <summary>The network takes back what a phone has paid, and tells of it; false when nothing was paid.</summary>
    public bool Reverse(string reference)
    {
        lock (gate)
        {
            if (!collections.TryGetValue(reference, out var known) || !known.IsPaid) return false;
            known.Reverse();
            ledger.Add(new LedgerEntry(
                $"R{reference}", reference, known.Push.Phone, -known.Amount, clock.GetUtcNow()));
            deliveries.Post(deliveries.Write(known.Dialect, known.Word(), Flaw.None));
            return true;
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

    /// <summary>What there is to tell of the last push to a phone; null when it was not rung.</summary>
    public CollectionWord? WordOf(string phone)
    {
        lock (gate) return collections.Values.LastOrDefault(collection => collection.Push.Phone == phone)?.Word();
    }

    public bool Knows(string reference)
    {
        lock (gate) return collections.ContainsKey(reference);
    }

    /// <summary>What it has taken within a time, and has not reversed.</summary>
    public IReadOnlyList<(CollectionWord Word, DateTimeOffset At)> Taken(DateTimeOffset from, DateTimeOffset until)
    {
        lock (gate)
        {
            return
            [
                .. ledger
                    .Where(entry => entry.Amount > 0 && entry.At >= from && entry.At < until)
                    .Where(entry => !Unlisted.Contains(entry.Collection) && collections[entry.Collection].IsPaid)
                    .Select(entry => (
                        collections[entry.Collection].Word() with
                        {
                            Amount = $"{entry.Amount + (Mislisted.Contains(entry.Collection) ? 100 : 0)}",
                            Phone = entry.Phone,
                        },
                        entry.At)),
            ];
        }
    }

    /// <summary>References that its lists leave out.</summary>
    public HashSet<string> Unlisted { get; } = [];

    /// <summary>References that its lists have with 100 too much.</summary>
    public HashSet<string> Mislisted { get; } = [];

    /// <summary>As <see cref="Query"/>, by the simulator's own id.</summary>
    public Collection? QueryById(string id)
    {
        lock (gate)
        {
            return collections.Values.FirstOrDefault(collection => collection.Id == id) is { } known && known.IsFound()
                ? known
                : null;
        }
    }

    /// <summary>Pays out to a phone, for whatever reason; null when the reference was used before.</summary>
    public LedgerEntry? PayOut(string reference, string phone, long amount)
    {
        lock (gate)
        {
            if (refunds.ContainsKey(reference) || amount <= 0) return null;
            if (Refuses(new RefundBody(reference, reference, phone, amount))) return null;
            var entry = new LedgerEntry(reference, reference, phone, -amount, clock.GetUtcNow());
            refunds.Add(reference, entry);
            ledger.Add(entry);
            return entry;
        }
    }

    /// <summary>What went out under this reference; null when nothing did.</summary>
    public LedgerEntry? PaidOut(string reference)
    {
        lock (gate) return refunds.GetValueOrDefault(reference);
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
            var phone = refund.Phone ?? collection.Push.Phone;
            if (Refuses(refund with { Phone = phone })) return null;
            var entry = new LedgerEntry(
                refund.Reference, refund.Collection, phone, -refund.Amount, clock.GetUtcNow());
            refunds.Add(refund.Reference, entry);
            ledger.Add(entry);
            return entry;
        }
    }

    /// <summary>It was refused when it was last asked for.</summary>
    public bool IsRefused(string reference)
    {
        lock (gate) return refused.ContainsKey(reference);
    }

    /// <summary>Pays the last refund to a phone that was refused, and tells nobody; false when there is none.</summary>
    public bool PayRefused(string phone)
    {
        lock (gate)
        {
            if (refused.Values.LastOrDefault(known => known.Phone == phone) is not { } refund) return false;
            refused.Remove(refund.Reference);
            var entry = new LedgerEntry(
                refund.Reference, refund.Collection, phone, -refund.Amount, clock.GetUtcNow());
            refunds.Add(refund.Reference, entry);
            ledger.Add(entry);
            return true;
        }
    }

    private bool Refuses(RefundBody refund)
    {
        if (!Script.Of(refund.Phone ?? "").TakesNothing) return false;
        refused[refund.Reference] = refund;
        return true;
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

    private string NextId() => $"SIM{run}{collections.Count + 1:D6}";

    private string NextReceipt() => $"QK{run}{++lastReceipt:D6}";

    private CollectionWord PayAgain(Collection known, PushBody payment)
    {
        var receipt = NextReceipt();
        ledger.Add(new LedgerEntry(
            receipt, payment.Reference, payment.Phone, payment.Amount, clock.GetUtcNow(), receipt));
        var word = known.Word() with
        {
            Id = $"SIM{receipt[2..]}P",
            Status = "SUCCESS",
            Amount = $"{payment.Amount}.00",
            Currency = payment.Currency,
            Reason = null,
            Phone = payment.Phone,
            Receipt = receipt,
        };
        deliveries.Post(deliveries.Write(known.Dialect, word, Flaw.None));
        return word;
    }

    private void Charge(Collection collection)
    {
        var receipt = NextReceipt();
        collection.Pay(receipt);
        ledger.Add(new LedgerEntry(
            collection.Push.Reference, collection.Push.Reference, collection.Push.Phone, collection.Amount,
            clock.GetUtcNow(), receipt));
    }

    /// <summary>All deliveries of one event have the same id.</summary>
    private void Tell(Collection collection, CollectionWord word, int times)
    {
        var flawed = collection.Script.Flaw switch
        {
            Flaw.OtherCurrency => word with { Currency = word.Currency is "KES" ? "TZS" : "KES" },
            Flaw.OtherName => word with { Id = "SIM000000000" },
            Flaw.UnknownWord => word with { Status = "ON-HOLD" },
            _ => word,
        };
        var sent = deliveries.Write(collection.Dialect, flawed, collection.Script.Flaw);
        for (var time = 0; time < times; time++) deliveries.Post(sent);
        if (collection.Script.Flaw is Flaw.RepeatedNextDay) At(TimeSpan.FromDays(1), () => deliveries.Post(sent));
    }
}
