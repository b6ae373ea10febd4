using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Bills;

/// <param name="Status">Only bills with this status.</param>
/// <param name="TableNumber">Only bills of this table.</param>
/// <param name="Channel">All bills are of POS.</param>
/// <param name="SessionType">All bills are of TAB sessions.</param>
/// <param name="Currency">The kitchen's; another one finds nothing.</param>
/// <param name="StartDate">The first business day on which they were opened, in the kitchen's time zone.</param>
/// <param name="EndDate">The last business day on which they were opened, in the kitchen's time zone.</param>
/// <param name="SlipNumber">No bill has one.</param>
/// <param name="ClientReference">Only bills with a round of a session with this clientReference.</param>
internal sealed record ListBillsQuery(
    BillStatus? Status,
    string? TableNumber,
    Channel? Channel,
    SessionType? SessionType,
    Currency? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    [RegularExpression(Patterns.SlipNumber)] string? SlipNumber,
    string? ClientReference) : PageQuery;
