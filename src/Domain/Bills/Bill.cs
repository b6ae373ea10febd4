using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

public enum BillStatus { Open = 1, PaymentPending, Paid, Void, Merged, WrittenOff }

/// <summary>What a table owes: the rounds that were served, and what was paid for them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Blank), "BLANK")]
[JsonDerivedType(typeof(Opened), "OPENED")]
public abstract record Bill
{
    private Bill() { }

    public static Bill Initial { get; } = new Blank();

    /// <summary>Nothing has been put on it yet.</summary>
    public sealed record Blank : Bill;

    /// <param name="Shares">Parts of the amount that came from other bills, or, below zero, went to them.</param>
    /// <param name="MergedInto">Where its dishes went, when it was merged.</param>
    public sealed record Opened(
        Guid Id,
        BillOpening Opening,
        string TableNumber,
        BillStatus Status,
        Sequence<BillLine> Lines,
        Sequence<BillShare> Shares,
        Sequence<BillPayment> Payments,
        Sequence<Operation> Operations,
        Sequence<BillTimelineEntry> Timeline,
        Guid? MergedInto = null) : Bill
    {
        /// <summary>What its dishes cost, save those voided, with the shares that came and went.</summary>
        [JsonIgnore]
        public Money Total => Standing.Sum(line => line.Dish.Total) + Shares.Sum(share => share.Amount);

        [JsonIgnore]
        public Money Paid => Payments
            .Where(payment => payment.Status is SessionStatus.Confirmed)
            .Sum(payment => payment.Amount);

        [JsonIgnore]
        public Money Balance => Total - Paid;

        /// <summary>The payment that waits for a guest or an aggregator.</summary>
        [JsonIgnore]
        public BillPayment? Pending =>
            Payments.FirstOrDefault(payment => payment.Status is SessionStatus.PendingPayment);

        /// <summary>The orders of which something is on it, each once.</summary>
        [JsonIgnore]
        public IEnumerable<Guid> Orders => Lines.Select(line => line.OrderId)
            .Concat(Shares.SelectMany(share => share.Orders)).Distinct();

        [JsonIgnore]
        internal IEnumerable<BillLine> Standing => Lines.Where(line => line.Voided is null);

        public BillLine? Line(Guid lineId) => Lines.FirstOrDefault(line => line.Id == lineId);
    }
}

/// <summary>What a bill was opened with; it never changes.</summary>
/// <param name="Number">Of the round that opened it.</param>
/// <param name="SplitFrom">The bill that it was split off; null for one that a round opened.</param>
public sealed record BillOpening(
    Guid KitchenId, Caller OpenedBy, DateTimeOffset OpenedAt, DateOnly BusinessDate, int Number, bool LiveMode,
    string? Tag, Guid? SplitFrom = null);

/// <summary>One dish of a round.</summary>
/// <param name="Place">Of the dish in its round, from 0; a split may leave some of its items on another bill.</param>
public sealed record BillLine(
    Guid Id, Guid SessionId, Guid OrderId, int Place, Line Dish, VoidedLine? Voided = null);

/// <summary>Why nobody has to pay for a dish.</summary>
/// <param name="Restocked">The kitchen had not begun it: its items can be sold again.</param>
public sealed record VoidedLine(string Reason, Caller ApprovedBy, DateTimeOffset At, bool Restocked);

/// <summary>
/// A part of one bill's amount that another bill pays: above zero where it came, below where it went.
/// </summary>
/// <param name="BillId">The other bill.</param>
/// <param name="Orders">The orders that were on the bill it came from; none where it went.</param>
public sealed record BillShare(Guid BillId, Money Amount, Sequence<Guid> Orders);

/// <summary>Money for a bill. It is taken by a checkout session of its own, without dishes.</summary>
/// <param name="Amount">What its payments come to.</param>
public sealed record BillPayment(
    Guid SessionId, Money Amount, SessionStatus Status,
    [property: JsonPropertyName("legs")] Sequence<Payment> Payments, Caller By, DateTimeOffset At);

public enum BillTimelineEntryKind
{
    Opened = 1, RoundAdded, PaymentStarted, PaymentReceived, PaymentFailed, Split, SplitOff, Transferred, MergedIn,
    MergedAway, LineVoided, WrittenOff,
}

/// <summary>One line of a bill's timeline.</summary>
/// <param name="Other">The session, payment, bill or line that it is about.</param>
public sealed record BillTimelineEntry(
    BillTimelineEntryKind What, DateTimeOffset At, Caller By, Guid? Other = null, string? Reason = null);

/// <summary>A bill as it was read, to be changed together with something else.</summary>
public sealed record KnownBill(Bill.Opened Bill, long Version);

/// <summary>A round as it was read, to be changed together with its bill.</summary>
public sealed record KnownRound(Session.Confirmed Session, long Version);
