using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Orders;

/// <param name="Status">Only orders with this status.</param>
/// <param name="PaymentState">Only orders that are paid, or only orders on a bill.</param>
/// <param name="TicketStatus">Only orders whose ticket has this status.</param>
/// <param name="Channel">Only orders of this channel.</param>
/// <param name="SessionType">Only orders of sessions of this type.</param>
/// <param name="TableNumber">Only orders of this table.</param>
/// <param name="Currency">The kitchen's; another one finds nothing.</param>
/// <param name="StartDate">The first business day, in the kitchen's time zone.</param>
/// <param name="EndDate">The last business day, in the kitchen's time zone.</param>
/// <param name="SlipNumber">Only orders with this number, written as on a slip.</param>
/// <param name="ClientReference">Only orders of sessions with this clientReference.</param>
internal sealed record ListOrdersQuery(
    OrderStatus? Status,
    OrderPaymentState? PaymentState,
    TicketStatus? TicketStatus,
    Channel? Channel,
    SessionType? SessionType,
    string? TableNumber,
    Currency? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    [RegularExpression(Patterns.SlipNumber)] string? SlipNumber,
    string? ClientReference) : PageQuery;
