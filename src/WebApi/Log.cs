namespace JikoXpress.WebApi;

/// <summary>The front end's log messages: errors, without callers and without contents of requests.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request ended in a fault.")]
    public static partial void Fault(this ILogger log, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The answer to a commit was lost.")]
    public static partial void CommitUnknown(this ILogger log, Exception fault);

    [LoggerMessage(3, LogLevel.Warning, "The database could not be reached.")]
    public static partial void StoreUnreachable(this ILogger log, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "A request waited too long for its turn.")]
    public static partial void Overloaded(this ILogger log, Exception fault);

    [LoggerMessage(
        5, LogLevel.Warning, "JIKO_DEMO is true, but this database has kitchens of its own: the demo stays out.")]
    public static partial void DemoNotSetUp(this ILogger log);

    [LoggerMessage(6, LogLevel.Information,
        "JIKO_OPERATOR_KEY is not set: kitchens are made with operator keys that exist already, or not at all.")]
    public static partial void NoOperatorKey(this ILogger log);
}
