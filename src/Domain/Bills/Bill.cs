using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

public enum BillStatus { Open = 1, PaymentPending, Paid, Void, Merged, WrittenOff }

/// <summary>A table's bill: the rounds that were served, and the payments for them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Blank), "BLANK")]
[JsonDerivedType(typeof(Opened), "OPENED")]
public abstract record Bill
{
    private Bill() { }

    public static Bill Initial { get; } = new Blank();

    /// <summary>The bill has not been opened yet.</summary>
    public sealed record Blank : Bill;

    /// <param name="Shares">Amounts that came from other bills, or, when negative, went to them.</param>
    /// <param name="MergedInto">The bill that its lines went to, when it was merged.</param>
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
        /// <summary>The price of all lines that are not voided, plus the shares.</summary>
        [JsonIgnore]
        public Money Total => Standing.Sum(line => line.Dish.Total) + Shares.Sum(share => share.Amount);

        [JsonIgnore]
        public Money Paid => Payments
            .Where(payment => payment.Status is SessionStatus.Confirmed)
            .Sum(payment => payment.Amount - (payment.GivenBack ?? Money.Zero));

        [JsonIgnore]
        public Money Balance => Total - Paid;

        /// <summary>The payment that is pending, if any.</summary>
        [JsonIgnore]
        public BillPayment? Pending =>
            Payments.FirstOrDefault(payment => payment.Status is SessionStatus.PendingPayment);

        /// <summary>The orders with lines or shares on the bill, each once.</summary>
        [JsonIgnore]
        public IEnumerable<Guid> Orders => Lines.Select(line => line.OrderId)
            .Concat(Shares.SelectMany(share => share.Orders)).Distinct();

        [JsonIgnore]
        internal IEnumerable<BillLine> Standing => Lines.Where(line => line.Voided is null);

        public BillLine? Line(Guid lineId) => Lines.FirstOrDefault(line => line.Id == lineId);
    }
}

/// <summary>The values fixed when a bill is opened; they never change.</summary>
/// <param name="Number">The number of the round that opened it.</param>
/// <param name="SplitFrom">The bill that it was split from; null for a bill that a round opened.</param>
/// <param name="OtherCurrency">The kitchen's; null for the usual one, as in a session.</param>
public sealed record BillOpening(
    Guid KitchenId, Caller OpenedBy, DateTimeOffset OpenedAt, DateOnly BusinessDate, int Number, bool LiveMode,
    string? Tag, Guid? SplitFrom = null,
    [property: JsonPropertyName("currency")] Currency? OtherCurrency = null)
{
    [JsonIgnore]
    public Currency Currency => OtherCurrency ?? Currency.Tzs;
}

/// <summary>One dish of a round.</summary>
/// <param name="Place">
/// The index of the dish in its round, from 0; after a split, some of its items may be on another bill.
/// </param>
public sealed record BillLine(
    Guid Id, Guid SessionId, Guid OrderId, int Place, Line Dish, VoidedLine? Voided = null)
{
    /// <summary>The line with another quantity, when a part of it is split off or voided.</summary>
    internal BillLine Of(int quantity) => this with { Dish = Dish with { Quantity = quantity } };
}

/// <summary>Why a line was voided, so that it is not paid.</summary>
/// <param name="Restocked">The kitchen had not begun it, so its items can be sold again.</param>
/// <param name="GivenBack">What the guests had paid for it already, and got back; null where nothing was.</param>
public sealed record VoidedLine(
    string Reason, Caller ApprovedBy, DateTimeOffset At, bool Restocked, Money? GivenBack = null);

/// <summary>
/// An amount that was moved from one bill to another by a split: positive on the bill that got it, negative on the bill
/// that it came from.
/// </summary>
/// <param name="BillId">The other bill.</param>
/// <param name="Orders">On the bill that got the amount, the orders of the other bill; otherwise empty.</param>
public sealed record BillShare(Guid BillId, Money Amount, Sequence<Guid> Orders);

/// <summary>A payment for a bill. A separate checkout session without dishes takes it.</summary>
/// <param name="Amount">The sum of its payments.</param>
/// <param name="GivenBack">
/// What voids gave back of it while the bill was open; the bill is that much less paid. Refunds of a closed bill are
/// not in it: they change nothing on the bill.
/// </param>
public sealed record BillPayment(
    Guid SessionId, Money Amount, SessionStatus Status,
    [property: JsonPropertyName("legs")] Sequence<Payment> Payments, Caller By, DateTimeOffset At,
    Money? GivenBack = null);

public enum BillTimelineEntryKind
{
    Opened = 1, RoundAdded, PaymentStarted, PaymentReceived, PaymentFailed, Split, SplitOff, Transferred, MergedIn,
    MergedAway, LineVoided, WrittenOff,
}

/// <summary>One entry of a bill's timeline.</summary>
/// <param name="Other">The session, payment, bill or line that the entry is about.</param>
public sealed record BillTimelineEntry(
    BillTimelineEntryKind What, DateTimeOffset At, Caller By, Guid? Other = null, string? Reason = null);

/// <summary>A bill with the version it was read at, for a commit that changes it together with another state.</summary>
public sealed record KnownBill(Bill.Opened Bill, long Version);

/// <summary>
/// A round of a bill, or a session that has paid it, with the version it was read at, for a commit that changes it
/// together with the bill.
/// </summary>
public sealed record KnownSale(Session.Confirmed Session, long Version);
