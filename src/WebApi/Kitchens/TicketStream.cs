using JikoXpress.Domain;
using JikoXpress.Domain.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Kitchens;

/// <summary>A kitchen's tickets as they come.</summary>
internal sealed class TicketStream(
    Guid kitchenId, long from, IEventFeed feed, IOrderReads orders, TimeProvider clock, CancellationToken stopping)
    : EventStream("ticket stream", stopping)
{
    private const string NewTicket = "ticket.created";
    private const string MovedTicket = "ticket.moved";
    private const int Batch = 100;

    protected override async Task Follow(HttpContext http, CancellationToken end)
    {
        var response = http.Response;
        for (var position = from; !end.IsCancellationRequested;)
        {
            using var patience = new CancellationTokenSource(Heartbeat, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end, patience.Token);
            var changed = feed.Changed(either.Token);
            var events = await feed.Read(kitchenId, position, Batch);
            foreach (var published in events) await Write(response, published, end);
            if (events.Count is 0)
            {
                await response.Body.FlushAsync(end);
                await changed;
                if (patience.IsCancellationRequested) await response.WriteAsync($": {position}\n\n", end);
            }
            else
            {
                position = events[^1].Position;
                await either.CancelAsync();
            }
        }
    }

    /// <summary>An event that screens do not show moves them on all the same: an id without data.</summary>
    private async Task Write(HttpResponse response, PublishedEvent published, CancellationToken end)
    {
        var shown = published.Event switch
        {
            KitchenEvent.SessionConfirmed confirmed => (NewTicket, confirmed.OrderId, TicketStatus.New),
            KitchenEvent.TicketMoved moved => (MovedTicket, moved.OrderId, moved.Status),
            _ => ((string Name, Guid OrderId, TicketStatus Status)?)null,
        };
        if (shown is var (name, orderId, status) && await orders.Find(kitchenId, orderId) is { } order)
        {
            var ticket = TicketView.Of(new Ticket(order, status));
            await response.WriteAsync($"event: {name}\ndata: ", end);
            await response.Body.WriteAsync(JsonAnswers.Json(ticket, SessionJson.Default.TicketView), end);
            await response.WriteAsync("\n", end);
        }

        await response.WriteAsync($"id: {published.Position}\n\n", end);
    }
}
