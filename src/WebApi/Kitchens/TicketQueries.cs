using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Kitchens;

/// <param name="Status">Only tickets with this status; without it those that are NEW, PREPARING or READY.</param>
/// <param name="Channel">Only tickets of this channel.</param>
/// <param name="SessionType">Only tickets of sessions of this type.</param>
/// <param name="TableNumber">Only tickets of this table.</param>
/// <param name="Currency">The kitchen's; another one finds nothing.</param>
/// <param name="StartDate">The first business day, in the kitchen's time zone.</param>
/// <param name="EndDate">The last business day, in the kitchen's time zone.</param>
/// <param name="SlipNumber">Only tickets with this number, written as on a slip.</param>
/// <param name="ClientReference">Only tickets of sessions with this clientReference.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="After">Continue with newer tickets: the <c>paging.after</c> of a page.</param>
/// <param name="Before">Continue with older tickets: <c>paging.before</c> of a page. Not together with after.</param>
internal sealed record ListTicketsQuery(
    TicketStatus? Status,
    Channel? Channel,
    SessionType? SessionType,
    string? TableNumber,
    Currency? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    [RegularExpression(Patterns.SlipNumber)] string? SlipNumber,
    string? ClientReference,
    [Range(1, Query.LargestLimit), DefaultValue(Query.LargestLimit)] int? Limit,
    string? After,
    string? Before);

/// <summary>The ticket's new status.</summary>
internal sealed record MoveTicketBody(TicketStatus Status);
