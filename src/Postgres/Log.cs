using Microsoft.Extensions.Logging;

namespace JikoXpress.Postgres;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} commits failed; its halves are sent.")]
    public static partial void BatchFailed(ILogger log, Exception failure, int count);

    [LoggerMessage(
        2, LogLevel.Information, "A commit failed with {SqlState} at attempt {Attempt}, and is tried again.")]
    public static partial void CommitTriedAgain(ILogger log, string sqlState, int attempt);

    [LoggerMessage(3, LogLevel.Warning,
        "The database has {Settings} off and may lose what it has answered; it will do for test data only.")]
    public static partial void NotDurable(ILogger log, string settings);

    [LoggerMessage(4, LogLevel.Warning, "Events could not be published; the next round tries again.")]
    public static partial void PublishingFailed(ILogger log, Exception failure);

    [LoggerMessage(5, LogLevel.Warning, "The line on which other hosts tell of events broke; it is opened again.")]
    public static partial void ListeningFailed(ILogger log, Exception failure);

    [LoggerMessage(
        6, LogLevel.Warning, "The line on which other hosts tell of the catalogue broke; it is opened again.")]
    public static partial void CatalogueLineFailed(ILogger log, Exception failure);

    [LoggerMessage(7, LogLevel.Warning, "What waits to be done could not be counted.")]
    public static partial void BacklogUnknown(ILogger log, Exception failure);

    [LoggerMessage(8, LogLevel.Information, "The schema was updated: {Files}.")]
    public static partial void SchemaUpdated(ILogger log, string files);

    [LoggerMessage(9, LogLevel.Warning,
        "A newer build has changed the schema of this database: {Files}. This build leaves its functions as they are.")]
    public static partial void SchemaIsNewer(ILogger log, string files);
}
