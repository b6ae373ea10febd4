using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning,
        "The stock of kitchen {Kitchen} could not be announced; the next stock change tries again.")]
    public static partial void AnnouncingFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(2, LogLevel.Error, "A recurring task failed; it runs again at its next time.")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(
        3, LogLevel.Warning, "Overdue sessions of kitchen {Kitchen} could not be expired; the next run tries again.")]
    public static partial void EndingFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(
        4, LogLevel.Warning, "No reminder could be set for kitchen {Kitchen}; the next deadline tries again.")]
    public static partial void ReminderFailed(ILogger log, Exception failure, Guid kitchen);

    [LoggerMessage(
        5, LogLevel.Warning,
        "The grains affected by a commit of session {Session} were not notified; they read it from the database.")]
    public static partial void TellingFailed(ILogger log, Exception failure, Guid session);

    [LoggerMessage(
        6, LogLevel.Warning, "Overdue session {Session} could not be expired; the next run tries again.")]
    public static partial void SweepFailed(ILogger log, Exception failure, Guid session);
}
