using JikoXpress.Domain.Sessions.Payments;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>Payments are logged by their references, never with phone numbers.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Processing payments failed; the next run tries again.")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "A payment could not be processed; the next run tries again.")]
    public static partial void WorkFailed(ILogger log, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "The report that {Reference} is {Outcome} was ignored: it is not proven.")]
    public static partial void NotBelieved(ILogger log, string reference, PaymentOutcome outcome);

    [LoggerMessage(4, LogLevel.Error, "{Adapter} reported a payment with an unknown reference: inbox event {Event}.")]
    public static partial void NobodysMoney(ILogger log, string adapter, long @event);

    [LoggerMessage(5, LogLevel.Error, "A receipt of {Reference} was counted for {Owner} before: see the conflicts.")]
    public static partial void ReceiptOfAnother(ILogger log, string reference, string owner);
}
