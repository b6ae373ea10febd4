using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Orders;

/// <summary>An order: what the kitchen cooks for a confirmed session.</summary>
internal sealed record OrderView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "order";

    public required Guid SessionId { get; init; }

    public required Guid KitchenId { get; init; }

    /// <summary>The number called out at the counter, the same as on the slip.</summary>
    public required int Number { get; init; }

    public required DateOnly BusinessDate { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required OrderStatus Status { get; init; }

    public required OrderPaymentState PaymentState { get; init; }

    /// <summary>The status of its ticket in the kitchen; left out if it has no ticket.</summary>
    public TicketStatus? TicketStatus { get; init; }

    /// <summary>The approval by staff that the order waits for or waited for.</summary>
    public ApprovalView? Approval { get; init; }

    public required Channel Channel { get; init; }

    public required FulfillmentType FulfillmentType { get; init; }

    /// <summary>The bill on which it is, if it is paid later.</summary>
    public Guid? BillId { get; init; }

    public string? TableNumber { get; init; }

    public string? LaneNumber { get; init; }

    public string? Tag { get; init; }

    /// <summary>The phone number for questions about the order.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>For DELIVERY: the address.</summary>
    public DeliveryAddress? DeliveryAddress { get; init; }

    public string? OrderInstructions { get; init; }

    public required IReadOnlyList<LineView> Items { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole shillings.</summary>
    public required Money Total { get; init; }

    /// <summary>In whole shillings: how much of it was refunded.</summary>
    public required Money Refunded { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<RefundView> Refunds { get; init; }
}

/// <summary>The approval by staff of an order that a guest has paid at the table.</summary>
/// <param name="AnswerBy">Until when staff can answer.</param>
/// <param name="Unanswered">What happens to the order if staff have not answered by then.</param>
internal sealed record ApprovalView(DateTimeOffset AnswerBy, UnansweredOrders Unanswered);

internal static class OrderViews
{
    public const string Path = "/api/v1/orders";

    /// <summary>The order with the changes that its session has just made.</summary>
    public static Order AfterAll(this Order order, Session.Confirmed sale) =>
        order with { Status = sale.After.Status, OrderState = sale.OrderState, Payments = sale.Payments };

    /// <summary>A tag that changes when the order changes.</summary>
    public static string Tag(this Order order)
    {
        var after = order.OrderState ?? OrderState.AtBirth;
        var owed = (order.Payments ?? [])
            .SelectMany(payment => payment.Attempts ?? [])
            .Sum(attempt => (attempt.Refunds ?? []).Count(refund => !refund.Done));
        return $"{order.Status.WireName}.{order.PaymentState.WireName}.{after.Ticket?.WireName}"
            + $".{after.Refunds.Count}.{owed}.{after.Voids?.Count ?? 0}";
    }

    public static OrderView View(this Order order) => View(order, order.OrderState ?? OrderState.AtBirth);

    /// <summary>Staff see everything. Guests and devices see no staff ids and no full phone number.</summary>
    public static OrderView ViewFor(this Order order, CallerKind viewer) => SessionViews.SeesPeople(viewer)
        ? order.View()
        : order.View() with
        {
            CustomerPhone = SessionViews.Phone(viewer, order.CustomerPhone),
            Refunds = [.. order.View().Refunds.Select(refund => refund with { ById = null })],
        };

    private static OrderView View(Order order, OrderState after) => new()
    {
        Id = order.Id,
        SessionId = order.SessionId,
        KitchenId = order.KitchenId,
        Number = order.Number,
        BusinessDate = order.BusinessDate,
        PlacedAt = order.PlacedAt,
        Status = order.Status,
        PaymentState = order.PaymentState,
        TicketStatus = after.Ticket,
        Approval = after.Approval is { } approval
            ? new ApprovalView(approval.AnswerBy, approval.Unanswered)
            : null,
        Channel = order.Channel,
        FulfillmentType = order.FulfillmentType,
        BillId = order.BillId,
        TableNumber = order.TableNumber,
        LaneNumber = order.LaneNumber,
        Tag = order.Tag,
        CustomerPhone = order.CustomerPhone,
        DeliveryAddress = order.DeliveryAddress,
        OrderInstructions = order.Instructions,
        Items =
        [
            .. order.Lines.Select(
                (line, place) => SessionViews.Line(line) with { VoidedQuantity = order.Voided(place) }),
        ],
        Currency = order.Currency.WireName,
        Total = order.Total,
        Refunded = after.Refunds.Sum(refund => refund.Amount),
        Refunds =
        [
            .. after.Refunds.Index().Select(refund => Refunds.View(
                refund.Index + 1, refund.Item, order.SessionId, order.Id, order.Payments ?? [], order.Currency)),
        ],
    };
}
