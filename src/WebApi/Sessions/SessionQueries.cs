using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Sessions;

// The queries as the API's document describes them; the endpoints read them.

/// <param name="Expand">What comes with the session. Items and payments always do.</param>
/// <param name="WaitSeconds">Wait so long for a change from what If-None-Match names, or from now.</param>
internal sealed record GetSessionQuery(
    [AllowedValues("items", "payments", "order", "timeline")] IReadOnlyList<string>? Expand,
    [Range(1, SessionReadEndpoints.LongestWait)] int? WaitSeconds);

/// <param name="Status">Only sessions with this status.</param>
/// <param name="Channel">Only sessions of this channel.</param>
/// <param name="SessionType">Only sessions of this type.</param>
/// <param name="TableNumber">Only sessions of this table.</param>
/// <param name="Currency">There is one.</param>
/// <param name="StartDate">The first business day, by the kitchen's clock.</param>
/// <param name="EndDate">The last business day, by the kitchen's clock.</param>
/// <param name="SlipNumber">Only sessions with this slip number.</param>
/// <param name="ClientReference">Only sessions that the caller has named so.</param>
/// <param name="Expand">What comes with each session. Items and payments always do.</param>
internal sealed record ListSessionsQuery(
    SessionStatus? Status,
    Channel? Channel,
    SessionType? SessionType,
    string? TableNumber,
    [AllowedValues("TZS")] string? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    [RegularExpression(Patterns.SlipNumber)] string? SlipNumber,
    string? ClientReference,
    [AllowedValues("items", "payments", "order", "timeline")] IReadOnlyList<string>? Expand) : PageQuery;

/// <param name="Paper">The paper's width in millimetres.</param>
/// <param name="Copy">1 and up marks a reprint, 0 the first print.</param>
internal sealed record PrintSlipQuery(
    [AllowedValues("58", "80"), DefaultValue("80")] string? Paper,
    [Range(0, 99), DefaultValue(0)] int? Copy);

/// <param name="Number">As printed on the slip, check digit and all.</param>
internal sealed record FindSlipsQuery([RegularExpression(Patterns.SlipNumber)] string Number);
