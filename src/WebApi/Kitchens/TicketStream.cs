using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Kitchens;

/// <summary>The event stream of a kitchen's tickets.</summary>
/// <param name="reader">A kitchen display is told of tickets only: orders have prices and phones.</param>
internal sealed class TicketStream(
    Guid kitchenId, CallerKind reader, long from, bool isReset, IEventFeed feed, IOrderReads orders,
    TimeProvider clock, CancellationToken stopping)
    : EventStream("ticket stream", stopping)
{
    /// <summary>The reader's Last-Event-ID is none of this kitchen: the list has to be read again.</summary>
    private const string Reset = "tickets.reset";

    private const string NewTicket = "ticket.created";
    private const string MovedTicket = KitchenEvent.TicketMoved.Name;
    private const string VoidedLine = KitchenEvent.TicketLineVoided.Name;
    private const int Batch = 100;

    protected override async Task Follow(HttpContext http, CancellationToken end)
    {
        var response = http.Response;
        if (isReset)
            await response.WriteAsync($"event: {Reset}\ndata: {{\"lastEventId\":{from}}}\nid: {from}\n\n", end);
        var written = clock.GetTimestamp();
        for (var position = from; !end.IsCancellationRequested;)
        {
            // Events of other kitchens wake it as well: the reader must hear from it all the same.
            var quiet = clock.GetElapsedTime(written);
            if (quiet >= Heartbeat)
            {
                await response.WriteAsync($": {position}\n\n", end);
                (quiet, written) = (TimeSpan.Zero, clock.GetTimestamp());
            }

            using var patience = new CancellationTokenSource(Heartbeat - quiet, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end, patience.Token);
            var changed = feed.Changed(either.Token);
            var events = await feed.Read(kitchenId, position, Batch);
            foreach (var published in events) await Write(response, published, end);
            if (events.Count is 0)
            {
                await response.Body.FlushAsync(end);
                await changed;
            }
            else
            {
                (position, written) = (events[^1].Position, clock.GetTimestamp());
                await either.CancelAsync();
            }
        }
    }

    /// <summary>An event that screens do not show is sent as an id without data, so the position advances.</summary>
    private async Task Write(HttpResponse response, PublishedEvent published, CancellationToken end)
    {
        await (published.Event switch
        {
            KitchenEvent.SessionConfirmed { OrderId: { } orderId } => Show(orderId, NewTicket, null),
            KitchenEvent.OrderApproved approved => Show(approved.OrderId, NewTicket, TicketStatus.New),
            KitchenEvent.TicketMoved moved => Show(moved.OrderId, MovedTicket, moved.Status),
            KitchenEvent.TicketLineVoided voided => Show(voided.OrderId, VoidedLine, voided.Status),
            KitchenEvent.TicketTableChanged moved =>
                Show(moved.OrderId, KitchenEvent.TicketTableChanged.Name, moved.Status),
            KitchenEvent.OrderNeedsApproval waiting => Tell(waiting.OrderId, KitchenEvent.OrderNeedsApproval.Name),
            KitchenEvent.ApprovalOverdue waiting => Tell(waiting.OrderId, KitchenEvent.ApprovalOverdue.Name),
            KitchenEvent.OrderRejected rejected => Tell(rejected.OrderId, KitchenEvent.OrderRejected.Name),
            _ => Task.CompletedTask,
        });
        await response.WriteAsync($"id: {published.Position}\n\n", end);

        // An order paid at the till has its ticket from the confirmation, an order paid at a table from the approval.
        async Task Show(Guid orderId, string name, TicketStatus? status)
        {
            if (await orders.Find(kitchenId, orderId) is not { } order) return;
            if (status is null && order.OrderState?.Approval is not null) return;
            var ticket = TicketView.Of(new Ticket(order, status ?? TicketStatus.New));
            await Send(name, JsonAnswers.Json(ticket, SessionJson.Default.TicketView));
        }

        async Task Tell(Guid orderId, string name)
        {
            if (reader is CallerKind.KitchenDisplay) return;
            if (await orders.Find(kitchenId, orderId) is { } order)
                await Send(name, JsonAnswers.Json(order.View(), SessionJson.Default.OrderView));
        }

        async Task Send(string name, ReadOnlyMemory<byte> json)
        {
            await response.WriteAsync($"event: {name}\ndata: ", end);
            await response.Body.WriteAsync(json, end);
            await response.WriteAsync("\n", end);
        }
    }
}
