using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Baselines;

/// <summary>The cash sale as the load generator sends it: the body of the product's, with the kitchen in it.</summary>
internal sealed record SaleRequest(
    Guid KitchenId, string SessionType, string Channel, string FulfillmentType, string? Tag,
    IReadOnlyList<ItemRequest> Items, IReadOnlyList<PaymentRequest> Payments);

internal sealed record ItemRequest(Guid MenuId, int Quantity, string? ItemInstructions = null);

internal sealed record PaymentRequest(string PaymentMethod, long Amount, string? PhoneNumber = null);

internal sealed record SaleLine(Guid MenuId, string Name, int Quantity, long UnitPrice, string? ItemInstructions);

internal sealed record SalePayment(
    Guid Id, string Method, long Amount, string Status, string? PhoneNumber = null, string? Reference = null);

internal sealed record SaleEvent(string What, DateTimeOffset At, string By, Guid ById);

/// <summary>What is stored as the session's state, and answered.</summary>
internal sealed record SaleState(
    Guid Id, string Status, Guid KitchenId, string SessionType, string Channel, string FulfillmentType, string? Tag,
    IReadOnlyList<SaleLine> Lines, IReadOnlyList<SalePayment> Payments, IReadOnlyList<SaleEvent> Timeline,
        Guid OpenedBy,
    DateTimeOffset OpenedAt, Guid? OrderId, long Total, string Currency);

internal sealed record OrderContent(
    Guid Id, Guid SessionId, Guid KitchenId, DateTimeOffset PlacedAt, string Channel, string FulfillmentType,
    string? Tag, IReadOnlyList<SaleLine> Lines, long Total);

/// <summary>A sale that is decided and not yet stored.</summary>
internal sealed record Sale(SaleState State, string StateJson, string OrderJson)
{
    /// <summary>Every dish costs the same, so that no form has to look prices up.</summary>
    public const long Price = 3_500;

    private static readonly Guid Cashier = Guid.Parse("00000001-0000-7000-8000-00000000000c");

    public static Sale Of(SaleRequest request, DateTimeOffset now, string status = "CONFIRMED")
    {
        SaleLine[] lines =
        [
            .. request.Items.Select(item => new SaleLine(
                item.MenuId, "Pilau ya kuku", item.Quantity, Price, item.ItemInstructions)),
        ];
        var state = new SaleState(
            Guid.CreateVersion7(now), status, request.KitchenId, request.SessionType, request.Channel,
            request.FulfillmentType, request.Tag, lines,
            [
                .. request.Payments.Select(payment => new SalePayment(
                    Guid.CreateVersion7(now), payment.PaymentMethod, payment.Amount,
                    status == "CONFIRMED" ? "PAID" : "PENDING", payment.PhoneNumber,
                    payment.PhoneNumber is null ? null : Reference())),
            ],
            [new("OPENED", now, "STAFF", Cashier), new(status, now, "STAFF", Cashier)],
            Cashier, now, Guid.CreateVersion7(now), lines.Sum(line => line.Quantity * line.UnitPrice), "TZS");
        return Of(state, now);
    }

    public static Sale Of(SaleState state, DateTimeOffset now) => new(
        state,
        JsonSerializer.Serialize(state, BaselineJson.Default.SaleState),
        JsonSerializer.Serialize(
            new OrderContent(
                state.OrderId ?? Guid.Empty, state.Id, state.KitchenId, now, state.Channel, state.FulfillmentType,
                state.Tag, state.Lines, state.Total),
            BaselineJson.Default.OrderContent));

    private static string Reference() => $"JX{Guid.NewGuid():N}"[..20];
}

/// <summary>One way of storing a sale.</summary>
internal interface ISales
{
    Task Store(Sale sale, DateTimeOffset now);
}

internal static class Sales
{
    public static void MapSales(this IEndpointRouteBuilder routes, string path, ISales sales) => routes.MapPost(
        $"{path}/sales", async (SaleRequest request) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var sale = Sale.Of(request, now);
            await sales.Store(sale, now);
            return TypedResults.Created((string?)null, sale.State);
        });
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SaleRequest))]
[JsonSerializable(typeof(SaleState))]
[JsonSerializable(typeof(OrderContent))]
[JsonSerializable(typeof(Push))]
[JsonSerializable(typeof(PushAnswer))]
[JsonSerializable(typeof(FlowWebhook))]
internal sealed partial class BaselineJson : JsonSerializerContext;
