using JikoXpress.Domain.Sessions.Payments;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>Payments are logged by their references, never with phone numbers.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A round of payments failed; the next one tries again.")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "A payment could not be dealt with; it is left to the next round.")]
    public static partial void WorkFailed(ILogger log, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "{Reference} is said to be {Outcome}, and that is not believed.")]
    public static partial void NotBelieved(ILogger log, string reference, PaymentOutcome outcome);

    [LoggerMessage(4, LogLevel.Error, "{Adapter} told of a payment that nobody knows: event {Event} of the inbox.")]
    public static partial void NobodysMoney(ILogger log, string adapter, long @event);

    [LoggerMessage(5, LogLevel.Error, "A receipt of {Reference} was counted for {Owner} before: see the conflicts.")]
    public static partial void ReceiptOfAnother(ILogger log, string reference, string owner);
}
