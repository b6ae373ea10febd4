using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "The stock of kitchen {Kitchen} could not be announced; the next change tries again.")]
    public static partial void AnnouncingFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(2, LogLevel.Error, "A round failed; the next one comes all the same.")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(
        3, LogLevel.Warning, "Overdue sessions of kitchen {Kitchen} could not be ended; they are tried again.")]
    public static partial void EndingFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(
        4, LogLevel.Warning, "No reminder could be set for kitchen {Kitchen}; the next deadline tries again.")]
    public static partial void ReminderFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(
        5, LogLevel.Warning, "Who had to hear of a commit of session {Session} could not be told; the rows tell it.")]
    public static partial void TellingFailed(ILogger log, Exception failure, Guid session);

    [LoggerMessage(
        6, LogLevel.Warning, "Session {Session}, whose time is over, could not be ended; it is tried again.")]
    public static partial void SweepFailed(ILogger log, Exception failure, Guid session);
}
