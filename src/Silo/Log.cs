using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "No reminder could be set for {Grain}; the sweep of the deadlines will find it.")]
    public static partial void ReminderFailed(ILogger log, Exception failure, GrainId grain);
}
