using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Kitchens;

/// <param name="Status">Only tickets with this status.</param>
/// <param name="Limit">Largest number of tickets in the answer.</param>
internal sealed record ListTicketsQuery(
    TicketStatus? Status, [Range(1, Query.LargestLimit), DefaultValue(Query.LargestLimit)] int? Limit);

/// <summary>The ticket's new status.</summary>
internal sealed record MoveTicketBody(TicketStatus Status);
