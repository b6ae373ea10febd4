using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Kitchens;

/// <summary>A ticket: the part of an order that the kitchen's screen shows, without prices.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Number">The number called out at the counter.</param>
internal sealed record TicketView(
    Guid Id,
    int Number,
    TicketStatus Status,
    DateTimeOffset PlacedAt,
    Channel Channel,
    FulfillmentType FulfillmentType,
    string? TableNumber,
    string? LaneNumber,
    string? Tag,
    string? OrderInstructions,
    IReadOnlyList<TicketLineView> Items)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "ticket";

    public static TicketView Of(Ticket ticket)
    {
        var order = ticket.Order;
        return new TicketView(
            order.Id, order.Number, ticket.Status, order.PlacedAt, order.Channel, order.FulfillmentType,
            order.TableNumber, order.LaneNumber, order.Tag, order.Instructions,
            [.. order.Lines.Select((line, place) => Line(line, order.Voided(place)))]);
    }

    private static TicketLineView Line(Line line, int? voided) =>
        new(line.MenuId, line.Name, line.Quantity, voided, line.ItemInstructions);
}

/// <param name="Quantity">The quantity that was ordered.</param>
/// <param name="VoidedQuantity">How many of them were voided; left out if none.</param>
internal sealed record TicketLineView(
    Guid MenuId, string Name, int Quantity, int? VoidedQuantity, string? ItemInstructions);

/// <summary>The tickets of a kitchen, oldest first, as a cook works them off.</summary>
/// <param name="LastEventId">
/// Open the stream with this as Last-Event-ID, and nothing is missed: neither what changes meanwhile nor, where there
/// are more tickets than this page shows, those.
/// </param>
/// <param name="Paging">Given as <c>after</c>, its <c>after</c> goes on with what is newer.</param>
internal sealed record TicketsView(IReadOnlyList<TicketView> Data, long LastEventId, PagingView Paging)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}
