using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The sweep of deadlines failed; it runs again in a second.")]
    public static partial void SweepFailed(ILogger log, Exception failure);

    [LoggerMessage(
        2, LogLevel.Warning,
        "What other hosts have changed could not be read; it is asked again in a second.")]
    public static partial void CheckFailed(ILogger log, Exception failure);
}
