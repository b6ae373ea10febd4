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

    [LoggerMessage(
        6, LogLevel.Error, "The secrets of account {Account} cannot be read: check this host's JIKO_SECRETS_KEY_FILE.")]
    public static partial void AccountUnusable(ILogger log, string account);

    [LoggerMessage(7, LogLevel.Warning, "The kitchens' payment accounts could not be read; they stay as they were.")]
    public static partial void AccountsNotRead(ILogger log, Exception failure);

    [LoggerMessage(8, LogLevel.Warning, "Account {Account} does not answer: new payments go to the next one.")]
    public static partial void AccountIsDown(ILogger log, string account);

    [LoggerMessage(9, LogLevel.Information, "Account {Account} answers again.")]
    public static partial void AccountIsBack(ILogger log, string account);

    [LoggerMessage(10, LogLevel.Warning, "That an account answers, or does not, could not be noted for other hosts.")]
    public static partial void ConditionNotNoted(ILogger log, Exception failure);

    [LoggerMessage(
        11, LogLevel.Error, "There is no account {Adapter}: its inbox event {Event} was not read within a day.")]
    public static partial void AccountNotKnown(ILogger log, string adapter, long @event);

    [LoggerMessage(
        12, LogLevel.Warning, "The period of subscription {Subscription} is tried again later: {Code}.")]
    public static partial void SubscriptionWaits(ILogger log, Guid subscription, string code);
}
