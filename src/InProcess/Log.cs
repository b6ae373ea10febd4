using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A round failed; the next one comes all the same.")]
    public static partial void RoundFailed(ILogger log, Exception failure);
}
