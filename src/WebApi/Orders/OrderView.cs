using JikoXpress.Domain;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Orders;

/// <summary>An order: what the kitchen cooks and the guest paid for.</summary>
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

    public required Channel Channel { get; init; }

    public required FulfillmentType FulfillmentType { get; init; }

    /// <summary>The bill that it was put on, where it is paid later.</summary>
    public Guid? BillId { get; init; }

    public string? TableNumber { get; init; }

    public string? LaneNumber { get; init; }

    public string? Tag { get; init; }

    /// <summary>Whom to ring about it.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>For DELIVERY: where it goes.</summary>
    public DeliveryAddress? DeliveryAddress { get; init; }

    public string? OrderInstructions { get; init; }

    public required IReadOnlyList<LineView> Items { get; init; }

    public string Currency { get; } = "TZS";

    /// <summary>In whole shillings.</summary>
    public required Money Total { get; init; }
}

internal static class OrderViews
{
    public const string Path = "/api/v1/orders";

    public static OrderView View(this Order order) => new()
    {
        Id = order.Id,
        SessionId = order.SessionId,
        KitchenId = order.KitchenId,
        Number = order.Number,
        BusinessDate = order.BusinessDate,
        PlacedAt = order.PlacedAt,
        Status = order.Status,
        PaymentState = order.PaymentState,
        Channel = order.Channel,
        FulfillmentType = order.FulfillmentType,
        BillId = order.BillId,
        TableNumber = order.TableNumber,
        LaneNumber = order.LaneNumber,
        Tag = order.Tag,
        CustomerPhone = order.CustomerPhone,
        DeliveryAddress = order.DeliveryAddress,
        OrderInstructions = order.Instructions,
        Items = [.. order.Lines.Select(SessionViews.Line)],
        Total = order.Total,
    };
}
