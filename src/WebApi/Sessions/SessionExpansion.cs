using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Orders;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Which optional parts the caller requests: <c>expand=order,timeline</c>.</summary>
internal sealed record SessionExpansion(bool WithOrder, bool WithTimeline)
{
    public static SessionExpansion TimelineOnly { get; } = new(WithOrder: false, WithTimeline: true);

    public static SessionExpansion Asked(Query query)
    {
        var wanted = query.Some("expand", "items", "payments", "order", "timeline");
        return new SessionExpansion(wanted.Contains("order"), wanted.Contains("timeline"));
    }

    public bool IsNone => !WithOrder && !WithTimeline;

    /// <summary>The session's order, if it is requested and exists.</summary>
    public async ValueTask<Order?> Order(Session.Opened session, IOrderReads orders) =>
        WithOrder && session is Session.Confirmed { OrderId: { } orderId }
            ? await orders.Find(session.Opening.KitchenId, orderId)
            : null;

    public SessionView Expand(SessionView view, CallerKind forWhom, Session.Opened session, Order? order) =>
        view with
        {
            Order = order?.ViewFor(forWhom),
            Timeline = WithTimeline ? SessionViews.Timeline(forWhom, session) : null,
        };

    /// <summary>A tag for all that the view shows, changes of the order included.</summary>
    public string Tag(Session.Opened session, long version, Order? order)
    {
        var withOrder = order is null ? "" : $"-order.{order.Tag()}";
        return $"\"{SessionAnswers.StateTag(session, version)}{withOrder}{(WithTimeline ? "-timeline" : "")}\"";
    }
}
