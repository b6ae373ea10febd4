using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Bills;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Orders;

/// <summary>Reads of orders, and refunds.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");

        orders.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getOrder", "Get an order",
                "How far the kitchen is with it, and what has been refunded. Whoever sees a session sees its order: "
                + "staff those of their kitchen, a kiosk, guest, app user or bot its own.")
            .Gives<OrderView>(200);

        orders.MapGet("", List)
            .Allow(Callers.Staff())
            .Describe("listOrders", "List orders", "The kitchen's orders, newest first.")
            .Asks<ListOrdersQuery>().Gives<ListView<OrderView>>(200);

        orders.MapPost("/{id:uuid}/approve", Approve)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager))
            .Describe("approveOrder", "Approve an order that a guest has paid at the table",
                "The kitchen gets its ticket now. An order that nobody answers in time is approved or rejected by "
                + "itself, as the kitchen has set (`unansweredOrders`); half-way `order.approval_overdue` reminds of "
                + "it.")
            .TakesNothing().Heeds(Heading.Key)
            .Gives<OrderView>(200).Refuses("order-answered");

        orders.MapPost("/{id:uuid}/reject", Reject)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager))
            .Describe("rejectOrder", "Reject an order that a guest has paid at the table",
                "All the money goes back to the phone, and the items are free again. It is never cooked.")
            .Takes<ReasonBody>().Heeds(Heading.Key)
            .Gives<OrderView>(200).Refuses("invalid-text", "card-data-not-accepted", "order-answered");

        orders.MapPost("/{id:uuid}/refunds", Refund)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Manager))
            .Describe("refundOrder", "Refund an order",
                "By `items` or by `amount`, back to the payments it came from, the last one first, and never more than "
                + "was paid. Cash comes out of the drawer of the manager's till, and cards and the kitchen's own "
                + "channels are reversed there; wallets have it at once; mobile money goes back to the phone that "
                + "paid, tried until it is there. The session stays CONFIRMED, and the kitchen's ticket as it is. "
                + "Items come back on sale only with `restock`. An order on a bill is not refunded: its line is "
                + "voided while the bill is open, and what has paid the bill is refunded after.")
            .Takes<RefundBody>().Heeds(Heading.Key)
            .Gives<RefundView>(201).Refuses([.. RefundCodes.All, "order-on-bill", "order-needs-approval"]);
    }

    private static Task<IResult> Approve(Guid id, HttpContext http, IOrderReads orders, IGrainFactory grains) =>
        Answer<EmptyBody, ApproveOrder>(
            id, http, orders, (_, by, operation) => new ApproveOrder(by, operation),
            (order, approve) => grains.Session(order.SessionId).Approve(approve, http.Patience));

    private static Task<IResult> Reject(Guid id, HttpContext http, IOrderReads orders, IGrainFactory grains) =>
        Answer<ReasonBody, RejectOrder>(
            id, http, orders, (body, by, operation) => new RejectOrder(by, body.Reason, operation),
            (order, reject) => grains.Session(order.SessionId).Reject(reject, http.Patience));

    private static async Task<IResult> Answer<TBody, TCommand>(
        Guid id, HttpContext http, IOrderReads orders, Func<TBody, Caller, Operation?, TCommand> command,
        Func<Order, TCommand, Task<Reply<Session>>> send)
        where TBody : class
        where TCommand : IGrainCommand
    {
        var body = await JsonBody.ReadIfAny(http);
        var asked = command(body.As<TBody>(), http.Principal.Caller, body.Operation());
        if ((body.Refusal(asked)) is { } problem) return problem;
        if (await orders.Find(http.Kitchen, id) is not { } order) return Problem.Of(OrderRefusals.NotFound);
        return await send(order, asked) switch
        {
            Reply<Session>.Accepted(Session.Confirmed sale, _, var replayed) => new Answer<OrderView>(
                StatusCodes.Status200OK, order.AfterAll(sale).View(), SessionJson.Default.OrderView)
            {
                Replayed = replayed,
            },
            Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("Only a confirmed session has an order."),
        };
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IOrderReads orders) =>
        await orders.FindFor(http.Principal.Caller, id) is { } order
            ? new Answer<OrderView>(
                StatusCodes.Status200OK, order.ViewFor(http.Principal.Kind), SessionJson.Default.OrderView)
            : Problem.Of(OrderRefusals.NotFound);

    private static Task<IResult> List(HttpContext http, IOrderReads orders)
    {
        var query = new Query(http);
        var filter = Filter(query, http.Kitchen);
        return query.Listed(
            $"orders {http.Kitchen}", asked => orders.List(filter, asked),
            order => new Cursor(order.PlacedAt, order.Id), order => order.View(),
            SessionJson.Default.ListViewOrderView);
    }

    private static async Task<IResult> Refund(Guid id, HttpContext http, IOrderReads orders, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<RefundBody>().Command(http.Principal.Caller, body.Operation());
        if ((body.Refusal(command)) is { } problem) return problem;
        return await orders.Find(http.Kitchen, id) is { } order
            ? http.Refunded(await grains.Session(order.SessionId).Refund(command, http.Patience))
            : Problem.Of(OrderRefusals.NotFound);
    }

    private static OrderFilter Filter(Query query, Guid kitchenId) => new(
        kitchenId,
        query.WireName<OrderStatus>("status"),
        query.WireName<OrderPaymentState>("paymentState"),
        query.WireName<TicketStatus>("ticketStatus"),
        query.Sale());

    extension(HttpContext http)
    {
        private Guid Kitchen => http.Principal.KitchenId ?? Guid.Empty;
    }
}
