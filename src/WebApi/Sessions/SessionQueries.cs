using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Sessions;

// The queries for the API document; the endpoints read them.

/// <param name="Expand">Optional parts of the answer. Items and payments are always included.</param>
/// <param name="WaitSeconds">Wait up to this long for a change since the If-None-Match tag, or since now.</param>
internal sealed record GetSessionQuery(
    [AllowedValues("items", "payments", "order", "timeline")] IReadOnlyList<string>? Expand,
    [Range(1, SessionReadEndpoints.LongestWait)] int? WaitSeconds);

/// <param name="Status">Only sessions with this status.</param>
/// <param name="Channel">Only sessions of this channel.</param>
/// <param name="SessionType">Only sessions of this type.</param>
/// <param name="TableNumber">Only sessions of this table.</param>
/// <param name="Currency">The kitchen's; another one finds nothing.</param>
/// <param name="StartDate">The first business day, in the kitchen's time zone.</param>
/// <param name="EndDate">The last business day, in the kitchen's time zone.</param>
/// <param name="SlipNumber">Only sessions with this slip number.</param>
/// <param name="ClientReference">Only sessions with this clientReference.</param>
/// <param name="Receipt">
/// Only for staff: the receipt of the mobile-money provider or the reference of the push, as in the guest's message.
/// </param>
/// <param name="PhoneEnding">Only for staff: the last four digits of a phone that was asked to pay.</param>
/// <param name="Number">Only for staff: the number of the order. Without a day those of the last 400 days.</param>
/// <param name="SlipCode">Only for staff: the code of the slip's barcode.</param>
/// <param name="Total">Only for staff: the amount, in whole shillings; with <c>minute</c> or <c>startDate</c>.</param>
/// <param name="Minute">
/// Only for staff: when it was opened or paid, give or take a minute, as in 2026-04-30T14:05Z.
/// </param>
/// <param name="Expand">Optional parts of each session. Items and payments are always included.</param>
internal sealed record ListSessionsQuery(
    SessionStatus? Status,
    Channel? Channel,
    SessionType? SessionType,
    string? TableNumber,
    Currency? Currency,
    DateOnly? StartDate,
    DateOnly? EndDate,
    [RegularExpression(Patterns.SlipNumber)] string? SlipNumber,
    string? ClientReference,
    string? Receipt,
    [RegularExpression("^[0-9]{4}$")] string? PhoneEnding,
    [Range(1, int.MaxValue)] int? Number,
    [RegularExpression(Patterns.SlipCode)] string? SlipCode,
    [Range(1, Money.MostShillings)] long? Total,
    string? Minute,
    [AllowedValues("items", "payments", "order", "timeline")] IReadOnlyList<string>? Expand) : PageQuery;

/// <param name="Paper">The paper's width in millimetres.</param>
/// <param name="Copy">0 is the first print; 1 and above is marked as a reprint.</param>
internal sealed record PrintSlipQuery(
    [AllowedValues("58", "80"), DefaultValue("80")] string? Paper,
    [Range(0, 99), DefaultValue(0)] int? Copy);

/// <param name="Number">As printed on the slip, with the check digit.</param>
internal sealed record FindSlipsQuery([RegularExpression(Patterns.SlipNumber)] string Number);
