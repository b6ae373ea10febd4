using Microsoft.Extensions.Logging;

namespace JikoXpress.Webhooks;

/// <summary>Receivers are logged by their subscription, never with their address or what they answered.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Sending webhooks failed; the next run tries again.")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "A webhook could not be processed; the next run tries again.")]
    public static partial void WorkFailed(ILogger log, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "Webhook subscription {Subscription} is disabled: {Why}.")]
    public static partial void Disabled(ILogger log, Guid subscription, string why);
}
