using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Kitchens;

/// <param name="Status">Only tickets with this status; without it those that are NEW, PREPARING or READY.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="After">Go on from here: <c>paging.after</c> of a page.</param>
internal sealed record ListTicketsQuery(
    TicketStatus? Status, [Range(1, Query.LargestLimit), DefaultValue(Query.LargestLimit)] int? Limit,
    string? After);

/// <summary>The ticket's new status.</summary>
internal sealed record MoveTicketBody(TicketStatus Status);
