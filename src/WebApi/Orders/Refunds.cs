using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Orders;

/// <summary>A refund: of items or of an amount.</summary>
/// <param name="Items">Each item is refunded at the price that was paid.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Reason">The reason, for the kitchen's own books.</param>
/// <param name="Restock">With items: true if they are untouched and can be sold again.</param>
internal sealed record RefundBody(
    [Length(1, OrderRules.MostItems)] IReadOnlyList<RefundItemBody>? Items,
    Money? Amount,
    [Length(1, OrderRules.LongestReason)] string Reason,
    bool? Restock = null)
{
    public RefundOrder Command(Caller by, Operation? operation) => new(
        by, Items?.Select(item => new ItemsToRefund(item.MenuId, item.Quantity)).ToSequence(), Amount, Reason,
        Restock ?? false, operation);
}

/// <summary>A quantity of one menu item.</summary>
/// <param name="Quantity">All that is not refunded yet if left out.</param>
internal sealed record RefundItemBody(Guid MenuId, [Range(1, OrderRules.MostOfOneItem)] int? Quantity = null);

internal enum RefundStatus
{
    /// <summary>The mobile money is on its way to the phone.</summary>
    Pending = 1,

    /// <summary>The guest has the money, or staff hand it over now.</summary>
    Succeeded,
}

/// <summary>A refund.</summary>
/// <param name="Number">Counts the refunds of an order, from 1.</param>
/// <param name="OrderId">Left out for a refund of a bill payment.</param>
/// <param name="Status">PENDING until every part has arrived.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Restocked">True if the items can be sold again.</param>
/// <param name="Reason">Left out if no reason was given.</param>
/// <param name="Payments">The payments that were refunded, and how.</param>
/// <param name="ById">Who decided it. Only staff see it; left out if no person decided it.</param>
internal sealed record RefundView(
    int Number, Guid SessionId, Guid? OrderId, RefundStatus Status, Money Amount,
    IReadOnlyList<RefundItemView> Items, bool Restocked, string? Reason, IReadOnlyList<RefundPaymentView> Payments,
    CallerKind By, Guid? ById, DateTimeOffset CreatedAt)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "refund";

    public required string Currency { get; init; }
}

/// <summary>Items that were refunded.</summary>
internal sealed record RefundItemView(Guid MenuId, int Quantity);

/// <summary>The part of a refund that goes back to one payment.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Reference">For MOBILE_MONEY: the refund's reference at the aggregator.</param>
/// <param name="PaidBackBy">
/// For MOBILE_MONEY: the way by which the guest got it, or is to get it. PHONE is the phone that paid; the others were
/// chosen by people after the aggregator had refused that.
/// </param>
internal sealed record RefundPaymentView(
    Guid PaymentId, PaymentMethod PaymentMethod, Money Amount, RefundStatus Status, string? Reference,
    RefundWay? PaidBackBy);

/// <summary>Problem codes of every refund.</summary>
internal static class RefundCodes
{
    public static string[] All { get; } =
    [
        "refund-unclear", "too-many-items", "quantity-out-of-range", "order-item-twice", "amount-out-of-range",
        "invalid-text", "card-data-not-accepted", "order-item-not-found", "refund-exceeds-items",
        "refund-exceeds-paid", "too-many-refunds",
    ];
}

internal static class Refunds
{
    /// <summary>The answer with the new refund; a repeated request gets its first refund again.</summary>
    public static IResult Refunded(this HttpContext _, Reply<Session> reply) => reply switch
    {
        Reply<Session>.Accepted(Session.Confirmed sale, _, var replayed) => new Answer<RefundView>(
            StatusCodes.Status201Created,
            View(
                sale.After.Refunds.Count, sale.After.Refunds[^1], sale.Id, sale.OrderId, sale.Payments,
                sale.Opening.Currency),
            SessionJson.Default.RefundView)
        {
            Replayed = replayed,
        },
        Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("Only a confirmed session can be refunded."),
    };

    public static RefundView View(
        int number, OrderRefund refund, Guid sessionId, Guid? orderId, Sequence<Payment> payments, Currency currency)
    {
        var given = refund.Payments.Select(part => Payment(part, payments, refund.At)).ToList();
        return new RefundView(
            number, sessionId, orderId,
            given.Exists(part => part.Status is RefundStatus.Pending)
                ? RefundStatus.Pending
                : RefundStatus.Succeeded,
            refund.Amount, [.. refund.Items.Select(items => new RefundItemView(items.MenuId, items.Quantity))],
            refund.Restocked, refund.Reason, given, refund.By.Kind,
            refund.By.Id == Guid.Empty ? null : refund.By.Id, refund.At)
        {
            Currency = currency.WireName,
        };
    }

    private static RefundPaymentView Payment(RefundedPayment part, Sequence<Payment> payments, DateTimeOffset at)
    {
        var payment = payments.First(payment => payment.Id == part.PaymentId);
        var refund = part.Reference is null ? null : (payment.Attempts ?? [])
            .SelectMany(attempt => attempt.Refunds ?? [])
            .FirstOrDefault(known => known.Reference == part.Reference);
        return new RefundPaymentView(
            part.PaymentId, payment.MethodAt(at), part.Amount,
            payment.Status is PaymentStatus.ToReturn || refund is { Done: false }
                ? RefundStatus.Pending
                : RefundStatus.Succeeded,
            refund?.KnownAs ?? part.Reference, refund is null ? null : refund.Decided?.Way ?? RefundWay.Phone);
    }
}
