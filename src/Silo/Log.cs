using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "No reminder could be set for {Grain}; the sweep of the deadlines will find it.")]
    public static partial void ReminderFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(
        2, LogLevel.Warning, "{Member} is in the table of members, but its process is gone: it is declared dead.")]
    public static partial void MemberGone(ILogger log, SiloAddress member);

    [LoggerMessage(3, LogLevel.Warning, "The line by which others see that this silo runs broke; it is opened again.")]
    public static partial void LeaseFailed(ILogger log, Exception failure);

    [LoggerMessage(4, LogLevel.Information, "{Member} is a member of the cluster.")]
    public static partial void MemberJoined(ILogger log, SiloAddress member);

    [LoggerMessage(5, LogLevel.Warning, "{Member} is no longer a member of the cluster: it has ended, or is dead.")]
    public static partial void MemberLeft(ILogger log, SiloAddress member);
}
