using System.Data.Common;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Errors by which PostgreSQL says that it takes no writes, though nothing is wrong with what is written. Codes:
/// appendix A of PostgreSQL's documentation.
/// </summary>
public static class StoreFaults
{
    private const string Resources = "53", System = "58";

    /// <summary>
    /// The database is there, and has refused this write: nothing of it was done. A server that shuts down in the
    /// middle of a statement (57P01, 57P02) is not among them, since a commit may have been done by then.
    /// </summary>
    public static bool RefusesWrites(DbException failure) => failure.SqlState is { } state
        && (state.StartsWith(Resources, StringComparison.Ordinal)
            || state.StartsWith(System, StringComparison.Ordinal)
            || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.CannotConnectNow);

    /// <summary>What is wrong with the database: one of a few words, for metrics and the log.</summary>
    public static string ReasonOf(Exception failure) => (failure as DbException ?? failure.InnerException) switch
    {
        DbException { SqlState: PostgresErrorCodes.DiskFull } => "disk-full",
        DbException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "read-only",
        DbException { SqlState: { } state } when state.StartsWith(System, StringComparison.Ordinal) => "io-error",
        DbException { SqlState: { } state } when state.StartsWith(Resources, StringComparison.Ordinal) => "resources",
        _ => "unreachable",
    };

    public static StoreUnavailableException AsWrite(DbException failure) =>
        new($"The database takes no writes: {ReasonOf(failure)}.", failure);

    public static StoreUnavailableException AsUnreachable(Exception failure) =>
        new("The database cannot be reached.", failure);

    /// <summary>
    /// Of a read that failed and may succeed later. A lock or a slow statement is load, and not an outage.
    /// </summary>
    public static StoreBusyException AsRead(DbException failure) =>
        RefusesWrites(failure) || failure is not PostgresException
            || failure.SqlState?.StartsWith("57P", StringComparison.Ordinal) is true
                ? AsUnreachable(failure)
                : new StoreBusyException("The database is too busy for this read.", failure);
}
