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
        var order = published.Event is KitchenEvent.SessionConfirmed confirmed
            ? await orders.Find(kitchenId, confirmed.OrderId)
            : null;
        if (order is not null)
        {
            var ticket = TicketView.Of(new Ticket(order, TicketStatus.New));
            await response.WriteAsync($"event: {NewTicket}\ndata: ", end);
            await response.Body.WriteAsync(JsonAnswers.Json(ticket, SessionJson.Default.TicketView), end);
            await response.WriteAsync("\n", end);
        }

        await response.WriteAsync($"id: {published.Position}\n\n", end);
    }
}
