namespace JikoXpress.WebApi;

/// <summary>The front end's log messages: errors, without callers and without contents of requests.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request failed with an unexpected exception.")]
    public static partial void Fault(this ILogger log, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The result of a commit is unknown; the caller was asked to retry.")]
    public static partial void CommitUnknown(this ILogger log, Exception fault);

    [LoggerMessage(3, LogLevel.Warning, "A request was refused: the database cannot be reached.")]
    public static partial void StoreUnreachable(this ILogger log, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "A request was refused: it timed out waiting for a grain or the store.")]
    public static partial void Overloaded(this ILogger log, Exception fault);

    [LoggerMessage(
        5, LogLevel.Warning, "JIKO_DEMO is true, but the database already has kitchens; the demo is not set up.")]
    public static partial void DemoNotSetUp(this ILogger log);

    [LoggerMessage(6, LogLevel.Information,
        "JIKO_OPERATOR_KEY is not set; only operator keys that are stored in the database can create kitchens.")]
    public static partial void NoOperatorKey(this ILogger log);

    [LoggerMessage(7, LogLevel.Warning,
        "This process hung for {Seconds:0.0} s. Its connections are closed: what came over them may be out of date.")]
    public static partial void ProcessHung(this ILogger log, double seconds);

    [LoggerMessage(8, LogLevel.Warning,
        "{Count} live kitchens cannot take mobile money, since they have no working account: {Kitchens}.")]
    public static partial void KitchensWithoutAccount(this ILogger log, int count, string kitchens);
}
