using Microsoft.Extensions.Logging;

namespace JikoXpress.Postgres;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} commits failed; it is split in half and sent again.")]
    public static partial void BatchFailed(ILogger log, Exception failure, int count);

    [LoggerMessage(
        15, LogLevel.Debug,
        "One of a batch of {Count} commits is refused by {Constraint}; the batch is split in half and sent again.")]
    public static partial void BatchRefused(ILogger log, int count, string constraint);

    [LoggerMessage(
        2, LogLevel.Information, "Attempt {Attempt} of a commit failed with {SqlState}; it is retried.")]
    public static partial void CommitTriedAgain(ILogger log, string sqlState, int attempt);

    [LoggerMessage(3, LogLevel.Warning,
        "The database has {Settings} off and can lose committed data; use it for test data only.")]
    public static partial void NotDurable(ILogger log, string settings);

    [LoggerMessage(4, LogLevel.Warning, "Events could not be published; the next run tries again.")]
    public static partial void PublishingFailed(ILogger log, Exception failure);

    [LoggerMessage(
        5, LogLevel.Warning, "The connection that receives event notifications was lost; it is opened again.")]
    public static partial void ListeningFailed(ILogger log, Exception failure);

    [LoggerMessage(
        6, LogLevel.Warning, "The connection that receives catalogue notifications was lost; it is opened again.")]
    public static partial void CatalogueLineFailed(ILogger log, Exception failure);

    [LoggerMessage(7, LogLevel.Warning, "The backlog could not be counted.")]
    public static partial void BacklogUnknown(ILogger log, Exception failure);

    [LoggerMessage(8, LogLevel.Information, "The schema was updated: {Files}.")]
    public static partial void SchemaUpdated(ILogger log, string files);

    [LoggerMessage(9, LogLevel.Warning,
        "A newer build has changed the schema of this database: {Files}. This build leaves its functions as they are.")]
    public static partial void SchemaIsNewer(ILogger log, string files);

    [LoggerMessage(10, LogLevel.Warning, "The database cannot be reached yet; the next try is in a second.")]
    public static partial void DatabaseNotReady(ILogger log, Exception failure);

    [LoggerMessage(11, LogLevel.Error,
        "The database takes no writes ({Reason}); it is tried again every {Seconds} s, until it does.")]
    public static partial void WritesRefused(ILogger log, string reason, double seconds);

    [LoggerMessage(12, LogLevel.Information, "The database takes writes again, after {Seconds} s.")]
    public static partial void WritesTaken(ILogger log, double seconds);

    [LoggerMessage(13, LogLevel.Information, "Retention: {Rows} rows of {Subject} had been kept long enough.")]
    public static partial void Pruned(ILogger log, long rows, string subject);

    [LoggerMessage(12, LogLevel.Warning, "Retention: the pass over {Subject} failed; the next hour tries again.")]
    public static partial void PassFailed(ILogger log, Exception failure, string subject);
}
