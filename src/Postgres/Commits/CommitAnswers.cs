using System.Diagnostics;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Commits;

/// <summary>What <c>jiko.commit</c> answers, and what the failures of a call mean.</summary>
internal static class CommitAnswers
{
    public static CommitAnswer Read(NpgsqlDataReader row) => row.GetInt32(1) switch
    {
        0 => new CommitAnswer.Committed(),
        1 => new CommitAnswer.VersionConflict(),
        2 => new CommitAnswer.InsufficientStock(Shortages(row)),
        3 => new CommitAnswer.InsufficientFunds(row.GetGuid(5), new Money(row.GetInt64(6))),
        var unknown => throw new UnreachableException($"jiko.commit never answers {unknown}."),
    };

    /// <summary>The same row as JSON.</summary>
    public static CommitAnswer Read(JsonElement row) => row.GetProperty("answer").GetInt32() switch
    {
        2 => new CommitAnswer.InsufficientStock(Shortages(
            [.. row.GetProperty("menu_ids").EnumerateArray().Select(id => id.GetGuid())],
            [.. row.GetProperty("requested").EnumerateArray().Select(count => count.GetInt64())],
            [.. row.GetProperty("available").EnumerateArray().Select(count => count.GetInt64())])),
        3 => new CommitAnswer.InsufficientFunds(
            row.GetProperty("wallet").GetGuid(), new Money(row.GetProperty("funds").GetInt64())),
        var unknown => throw new UnreachableException($"jiko.commit never refuses with {unknown}."),
    };

    /// <summary>The connection broke or fell silent: the commit may have happened or not.</summary>
    public static bool LeavesUnknown(NpgsqlException failure) =>
        failure is not PostgresException answered
        || answered.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || answered.InvariantSeverity is "FATAL" or "PANIC";

    /// <summary>Nothing was committed, and the reason may be gone in a moment.</summary>
    public static bool MayPass(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure
        // A stock row was made between the look at it and the movement: the next look sees it.
        || failure is { SqlState: PostgresErrorCodes.CheckViolation, TableName: "stock_item" or "wallet" };

    /// <summary>Nothing was committed, and the server cannot do it now.</summary>
    public static bool IsOverload(PostgresException failure) =>
        failure.SqlState == PostgresErrorCodes.QueryCanceled
        || failure.SqlState.StartsWith("53", StringComparison.Ordinal)
        || MayPass(failure);

    /// <summary>
    /// What a constraint says about a commit that was sent alone. Where an order or a posting is there already,
    /// somebody else has done this: the grain reads its rows again.
    /// </summary>
    public static CommitAnswer? Of(PostgresException failure) => failure switch
    {
        { SqlState: not PostgresErrorCodes.UniqueViolation } => null,
        { ConstraintName: "checkout_session_number" or "checkout_session_slip_code" } => new CommitAnswer.NumberTaken(),
        { ConstraintName: "wallet_authorization_spent_once" } => new CommitAnswer.AuthorizationSpent(),
        _ => new CommitAnswer.VersionConflict(),
    };

    private static Sequence<StockShortage> Shortages(NpgsqlDataReader row) => Shortages(
        row.GetFieldValue<Guid[]>(2), row.GetFieldValue<long[]>(3), row.GetFieldValue<long[]>(4));

    private static Sequence<StockShortage> Shortages(Guid[] menuIds, long[] requested, long[] available) => menuIds
        .Select((menuId, line) => new StockShortage(menuId, (int)requested[line], (int)available[line]))
        .ToSequence();
}
