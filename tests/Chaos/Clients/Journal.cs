using System.Collections.Concurrent;

namespace JikoXpress.Chaos.Clients;

/// <summary>What the clients were told, by which the books are judged.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<string> complaints = [];
    private readonly Lock waiting = new();
    private long retries;
    private long replays;
    private TimeSpan longestWait;

    /// <summary>Every sale that was acknowledged, by its session.</summary>
    public ConcurrentDictionary<Guid, Sale> Sales { get; } = [];

    /// <summary>Money put on balances, by the key it was acknowledged under.</summary>
    public ConcurrentDictionary<string, TopUp> TopUps { get; } = [];

    /// <summary>Items received, by the key they were acknowledged under.</summary>
    public ConcurrentDictionary<string, Delivery> Deliveries { get; } = [];

    /// <summary>Every acknowledged request, to be asked once more.</summary>
    public ConcurrentDictionary<string, Acknowledged> Answers { get; } = [];

    /// <summary>Requests of which nobody knows what became of them.</summary>
    public ConcurrentDictionary<string, Request> Unknown { get; } = [];

    /// <summary>Answers that no answer may be, with what they were.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public long Retries => Interlocked.Read(ref retries);

    public long Replays => Interlocked.Read(ref replays);

    /// <summary>The longest that a client has waited for an answer since this was last asked.</summary>
    public TimeSpan LongestWait()
    {
        lock (waiting)
        {
            var longest = longestWait;
            longestWait = TimeSpan.Zero;
            return longest;
        }
    }

    /// <summary>A client had its answer after so long, however often it had to ask.</summary>
    public void Waited(TimeSpan time)
    {
        lock (waiting)
        {
            if (time > longestWait) longestWait = time;
        }
    }

    public void Retried() => Interlocked.Increment(ref retries);

    public void Replayed() => Interlocked.Increment(ref replays);

    public void Complain(string about) => complaints.Enqueue(about);
}

/// <summary>A session as its clients know it.</summary>
/// <param name="Items">How many of each item.</param>
internal sealed record Sale(Guid Session, Guid Kitchen, IReadOnlyDictionary<Guid, int> Items, long Total)
{
    private readonly Lock gate = new();
    private readonly List<string> statuses = [];

    /// <summary>What is to be paid how: of the opening, or of the last confirmation that was accepted.</summary>
    public IReadOnlyList<Payment> Payments { get; private set; } = [];

    /// <summary>The status that can never change any more, once somebody was told of it.</summary>
    public string? FinalStatus { get; private set; }

    /// <summary>Staff were told that the money was handed back.</summary>
    public bool IsReturned { get; set; }

    public void Hear(string status, IReadOnlyList<Payment>? payments)
    {
        lock (gate)
        {
            statuses.Add(status);
            if (payments is not null) Payments = payments;
            if (status is not "PENDING_PAYMENT") FinalStatus ??= status;
        }
    }
}

/// <summary>One part of a payment, as the client asked for it.</summary>
/// <param name="Customer">Whose balance, for KITCHEN_WALLET.</param>
internal sealed record Payment(string Method, long Amount, Guid? Customer = null, string? Phone = null);

internal sealed record TopUp(Guid Kitchen, Guid Customer, long Amount);

internal sealed record Delivery(Guid Kitchen, Guid Item, int Items);

internal sealed record Request(string Token, string Path, string Body, string Key);

internal sealed record Acknowledged(Request Request, Answer Answer);

/// <param name="Body">As the bytes came, in UTF-8.</param>
internal sealed record Answer(int Status, string Body, bool IsReplay)
{
    public bool IsAcknowledged => Status is >= 200 and < 300;
}
