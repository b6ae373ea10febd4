using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Orders;

/// <summary>Looking at orders.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");

        orders.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Staff())
            .Describe("getOrder", "Get an order", "An order of the caller's kitchen.")
            .Gives<OrderView>(200);

        orders.MapGet("", List)
            .Allow(Callers.Staff())
            .Describe("listOrders", "List orders", "The kitchen's orders, newest first.")
            .Asks<ListQuery>().Gives<ListView<OrderView>>(200);
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IOrderReads orders) =>
        await orders.Find(Kitchen(http), id) is { } order
            ? new Answer<OrderView>(StatusCodes.Status200OK, order.View(), SessionJson.Default.OrderView)
            : Problem.Of(new Refusal(RefusalStage.NotThere, "not-found", "There is no such order."));

    private static async Task<IResult> List(HttpContext http, IOrderReads orders)
    {
        var query = new Query(http);
        var list = $"orders {Kitchen(http)}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var page = await orders.List(Kitchen(http), asked);
        return page.Shown(
            Paging.Of(asked, page, list, order => new Cursor(order.PlacedAt, order.Id)),
            order => order.View(), SessionJson.Default.ListViewOrderView);
    }

    private static Guid Kitchen(HttpContext http) => http.Principal.KitchenId ?? Guid.Empty;
}
