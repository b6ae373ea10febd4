using System.Diagnostics;
using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Kitchens;

/// <summary>The kitchen's tickets: as a list, and as an event stream.</summary>
internal static class TicketEndpoints
{
    /// <summary>Events are numbered as they are committed, so much later than they happened at the most.</summary>
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(1);

    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        var tickets = api.MapGroup("/kitchens/{id:uuid}/tickets").WithTags("Kitchen");

        tickets.MapGet("", List)
            .Allow(Callers.Staff(), Callers.KitchenDisplay)
            .Describe("listTickets", "List a kitchen's tickets",
                "Oldest first, as a cook works them off: those that are open, or those with a status.")
            .Asks<ListTicketsQuery>().Gives<TicketsView>(200)
            .Refuses("parameter-out-of-range", "cursor-invalid", "slip-number-invalid");

        tickets.MapGet("/stream", Stream)
            .Allow(Callers.Staff(), Callers.KitchenDisplay)
            .OrTicket()
            .Describe("streamTickets", "Follow a kitchen's tickets",
                "Server-sent events: `ticket.created`, `ticket.moved`, `ticket.line_voided` and "
                + "`ticket.table_changed`, with the ticket as data; `order.needs_approval`, `order.approval_overdue` "
                + "and `order.rejected`, with the order, which a kitchen display is not told. "
                + "Resumable: the Last-Event-ID header names the event to go on after; without one it begins now. "
                + "Where the kitchen has no such event the first one is `tickets.reset`: read the list again. A "
                + "comment every 15 seconds keeps the connection alive; reconnect when it ends.")
            .Asks<StreamQuery>().Heeds(Heading.LastEvent)
            .Produces<string>(200, "text/event-stream").Refuses("cursor-invalid");

        tickets.MapPost("/stream-tickets", MakeStreamTicket)
            .In(Lane.Reading)
            .Allow(Callers.Staff(), Callers.KitchenDisplay)
            .Describe("makeTicketStreamTicket", "Let a browser follow a kitchen's tickets", StreamTickets.Description)
            .HeedsNoKey(StreamTickets.Repeated)
            .TakesNothing().Gives<StreamTicketView>(201);

        tickets.MapPost("/{ticketId:uuid}/move", Move)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Kitchen, StaffRole.Manager), Callers.KitchenDisplay)
            .Describe("moveTicket", "Say how far the kitchen is with a ticket",
                "NEW, PREPARING, READY and SERVED: a step may be left out, and a ticket be called back. CANCELLED, for "
                + "good, unless it is served. What it is already changes nothing. Money is another matter: a refund "
                + "gives it back.")
            .Takes<MoveTicketBody>().Heeds(Heading.Key)
            .Gives<TicketView>(200).Refuses("ticket-closed");
    }

    private static async Task<IResult> Move(
        Guid id, Guid ticketId, HttpContext http, IOrderReads orders, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = new MoveTicket(http.Principal.Caller, body.As<MoveTicketBody>().Status, body.Operation());
        if ((body.Refusal()) is { } problem) return problem;
        if (http.Principal.KitchenId != id) return NotFound;
        return await orders.Find(id, ticketId) is { } order
            ? Moved(await grains.Session(order.SessionId).MoveTicket(command, http.Patience), order)
            : Problem.Of(OrderRefusals.NotFound);
    }

    private static IResult Moved(Reply<Session> reply, Order order) => reply switch
    {
        Reply<Session>.Accepted(Session.Confirmed { After.Ticket: { } status } sale, _, var replayed) =>
            new Answer<TicketView>(
                StatusCodes.Status200OK, TicketView.Of(new Ticket(order.AfterAll(sale), status)),
                SessionJson.Default.TicketView)
            {
                Replayed = replayed,
            },
        Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("Only a confirmed session has a ticket."),
    };

    private static async Task<IResult> List(Guid id, HttpContext http, ITicketReads tickets, IEventFeed feed)
    {
        var query = new Query(http);
        var filter = new TicketFilter(id, query.WireName<TicketStatus>("status"), query.Sale());
        var list = $"tickets {id}";
        var asked = query.Page(list, unlessTold: Query.LargestLimit);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (http.Principal.KitchenId != id) return NotFound;

        // Reads the position before the list: an event in between is then in both, and never missing from both.
        var position = await feed.Last(id);
        var found = await tickets.List(filter, asked);
        var paging = PagingOf(asked, found, list);
        if (paging.After is not null && found.Items is [.., { Order: var last }])
            position = Math.Min(position, await feed.LastBefore(id, last.PlacedAt - LongestCommit));

        return new Answer<TicketsView>(
            StatusCodes.Status200OK,
            new TicketsView([.. found.Items.Select(TicketView.Of)], position, paging),
            SessionJson.Default.TicketsView);
    }

    /// <summary>Oldest first: after a page comes what is newer.</summary>
    private static PagingView PagingOf(PageRequest asked, Page<Ticket> page, string list)
    {
        if (page.Items is not [{ Order: var first }, ..] || page.Items is not [.., { Order: var last }])
            return Paging.AllOfIt;
        var goesBack = asked.Before is not null;
        return new PagingView(
            page.HasMore,
            After: page.HasMore || goesBack ? At(last) : null,
            Before: asked.After is not null || (goesBack && page.HasMore) ? At(first) : null);

        string At(Order order) => Cursors.Write(new Cursor(order.PlacedAt, order.Id), list);
    }

    private static async Task<IResult> Stream(
        Guid id,
        HttpContext http,
        IEventFeed feed,
        IOrderReads orders,
        IHostApplicationLifetime host,
        TimeProvider clock)
    {
        var query = new Query(http);
        var sent = http.LastEvent(query);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        var after = 0L;
        if (sent.Length > 0 && !long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return new Problem(
                StatusCodes.Status400BadRequest, "cursor-invalid", "Last-Event-ID is an id of this stream.");
        }

        if (http.Principal.KitchenId != id) return NotFound;
        // Ids of another kitchen, of the future, or of before a database was restored are no place to go on from.
        var isReset = after > 0 && !await feed.Knows(id, after);
        var from = sent.Length > 0 && !isReset ? after : await feed.Last(id);
        return new TicketStream(
            id, http.Principal.Kind, from, isReset, feed, orders, clock, host.ApplicationStopping);
    }

    private static async Task<IResult> MakeStreamTicket(Guid id, HttpContext http, IStreamTickets tickets)
    {
        if (await JsonBody.Unwanted(http) is { } problem) return problem;
        return http.Principal.KitchenId == id
            ? await http.StreamTicket($"/api/v1/kitchens/{id}/tickets/stream", tickets)
            : NotFound;
    }

    private static Problem NotFound =>
        Problem.Of(new Refusal(RefusalStage.NotThere, "not-found", "There is no such kitchen."));
}
