using System.Diagnostics;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>A payment that was keyed with a wrong method.</summary>
/// <param name="From">The method that was keyed.</param>
/// <param name="To">The method that the guest has paid by.</param>
/// <param name="Amount">In whole shillings: what was left of the payment after refunds.</param>
/// <param name="ById">The manager.</param>
internal sealed record PaymentCorrectionView(
    Guid Id, Guid SessionId, Guid PaymentId, PaymentMethod From, PaymentMethod To, Money Amount, string Reason,
    Guid ById, DateTimeOffset CreatedAt, Guid? Corrects)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "payment_correction";

    public required string Currency { get; init; }

    public static PaymentCorrectionView Of(
        Guid session, Guid payment, PaymentCorrection correction, Currency currency) => new(
        correction.Id, session, payment, correction.From, correction.To, correction.Amount, correction.Reason,
        correction.By.Id, correction.At, correction.Corrects)
        {
            Currency = currency.WireName,
        };

    public static PaymentCorrectionView Of(LateCorrection correction, Currency currency) => new(
        correction.Id, correction.SessionId, correction.PaymentId, correction.From, correction.To, correction.Amount,
        correction.Reason, correction.By, correction.At, Corrects: null)
    {
        Currency = currency.WireName,
    };

    /// <summary>201 with the payment's last correction; a repeated request gets its first one again.</summary>
    public static IResult Made(Reply<Session> reply, Guid paymentId) => reply switch
    {
        Reply<Session>.Accepted(Session.Opened session, _, var replayed) => new Answer<PaymentCorrectionView>(
            StatusCodes.Status201Created,
            Of(session.Id, paymentId, LastOf(session, paymentId), session.Opening.Currency),
            SessionJson.Default.PaymentCorrectionView)
        {
            Replayed = replayed,
        },
        Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("Only an opened session has payments."),
    };

    private static PaymentCorrection LastOf(Session.Opened session, Guid paymentId) =>
        session.Payments.First(payment => payment.Id == paymentId).Corrections?[^1]
        ?? throw new UnreachableException("The payment was just corrected.");
}
