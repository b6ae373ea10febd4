using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulator;

/// <summary>A request to one guest for one amount.</summary>
public sealed class Collection(PushBody push, string id, Script script, Dialect dialect)
{
    private int unfindable = script.Unfindable;
    private string status = "PENDING";
    private string? reason;
    private string? receipt;

    public string Id => id;

    /// <summary>The aggregator that took the push, and tells of it.</summary>
    public Dialect Dialect => dialect;

    public PushBody Push => push;
    public Script Script => script;
    public long Amount => push.Amount + script.Extra;
    public bool IsPaid => status == "SUCCESS";
    public bool IsDecided => status != "PENDING";

    /// <summary>Where a card page sends its customer; null for a push.</summary>
    public string? ReturnUrl { get; init; }

    public void Pay(string with) => (status, reason, receipt) = ("SUCCESS", null, with);

    public void Decline(string why) => (status, reason) = ("FAILED", why);

    public void Reverse() => (status, reason) = ("REVERSED", "Reversed by the network");

    public bool IsFound() => unfindable-- <= 0;

    /// <summary>The collection as JSON; like real aggregators, it writes whole shillings with a fraction.</summary>
    public CollectionWord Word() => new(
        push.Reference, id, status, IsPaid ? $"{Amount}.00" : null, IsPaid ? push.Currency : null, reason,
        push.Phone, receipt);
}

public sealed record PushBody(string Reference, string Phone, long Amount, string Currency);

public sealed record CardPageBody(string Reference, long Amount, string Currency, string ReturnUrl);

/// <param name="Collection">The reference of the push whose money goes back.</param>
/// <param name="Phone">Null for the phone that was rung.</param>
public sealed record RefundBody(string Reference, string Collection, string? Phone, long Amount);

/// <param name="Receipt">The network's receipt; each payment has its own.</param>
public sealed record CollectionWord(
    string Reference, string? Id, string Status, string? Amount, string? Currency, string? Reason, string? Phone,
    string? Receipt);

/// <param name="Amount">Positive: money that left the phone; negative: money that came back.</param>
/// <param name="Receipt">The network's, of money that left the phone.</param>
public sealed record LedgerEntry(
    string Reference, string Collection, string Phone, long Amount, DateTimeOffset At, string? Receipt = null);
