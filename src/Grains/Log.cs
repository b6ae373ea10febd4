using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "The stock of kitchen {Kitchen} could not be announced; the next change tries again.")]
    public static partial void AnnouncingFailed(ILogger log, Exception failure, Guid kitchen);
}
