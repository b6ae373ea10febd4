using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Commits;

/// <summary>Reads the answers of <c>jiko.commit</c>, and classifies the errors of a call.</summary>
internal static class CommitAnswers
{
    public static CommitAnswer Read(NpgsqlDataReader row) => row.GetInt32(1) switch
    {
        0 => new CommitAnswer.Committed(),
        1 => new CommitAnswer.VersionConflict(),
        2 => new CommitAnswer.InsufficientStock(Shortages(row)),
        3 => new CommitAnswer.InsufficientFunds(row.GetGuid(5), new Money(row.GetInt64(6))),
        var unknown => throw new UnreachableException($"jiko.commit gave the unknown answer {unknown}."),
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
        var unknown => throw new UnreachableException($"jiko.commit gave the unknown refusal {unknown}."),
    };

    /// <summary>The connection broke or timed out: the commit may or may not have happened.</summary>
    public static bool LeavesUnknown(NpgsqlException failure) =>
        failure is not PostgresException answered
        || answered.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || answered.InvariantSeverity is "FATAL" or "PANIC";

    /// <summary>Nothing was committed, and a retry may succeed at once.</summary>
    public static bool MayPass(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure
        // A stock or wallet row was created between the check and the update; a retry sees it.
        || failure is { SqlState: PostgresErrorCodes.CheckViolation, TableName: "stock_item" or "wallet" };

    /// <summary>Nothing was committed, and the server is too busy now.</summary>
    public static bool IsOverload(PostgresException failure) =>
        failure.SqlState == PostgresErrorCodes.QueryCanceled || MayPass(failure);

    /// <summary>
    /// The answer for a violated constraint, for a commit that was sent alone. If an order or a posting exists already,
    /// another activation has committed it, so the grain reads its row again.
    /// </summary>
    public static CommitAnswer? Of(PostgresException failure) => failure switch
    {
        { SqlState: not PostgresErrorCodes.UniqueViolation } => null,
        { ConstraintName: "checkout_session_number" or "checkout_session_slip_code" } => new CommitAnswer.NumberTaken(),
        { ConstraintName: "wallet_authorization_spent_once" } => new CommitAnswer.AuthorizationSpent(),
        { ConstraintName: "payment_receipt_pkey" or "attested_receipt_pkey" } => new CommitAnswer.ReceiptUsed(),
        { ConstraintName: "payment_attempt_one_prompt" } => new CommitAnswer.PhoneBusy(Until(failure)),
        { ConstraintName: "payment_attempt_prompt_limit" } => new CommitAnswer.PhoneAskedTooOften(Until(failure)),
        { ConstraintName: "payment_link_full" } => new CommitAnswer.LinkFull(),
        { ConstraintName: "payment_link_closed" } => new CommitAnswer.LinkClosed(),
        _ => new CommitAnswer.VersionConflict(),
    };

    /// <summary>
    /// The violated constraint, where it is there to say no, and has an answer of its own. Any other one may hint at a
    /// fault.
    /// </summary>
    public static string? Expected(Exception failure) =>
        failure is PostgresException violated && Of(violated) is not (null or CommitAnswer.VersionConflict)
            ? violated.ConstraintName
            : null;

    /// <summary>The moment that jiko.phone_rings names, in milliseconds since 1970.</summary>
    private static DateTimeOffset Until(PostgresException failure) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(failure.Hint ?? "", CultureInfo.InvariantCulture));

    private static Sequence<StockShortage> Shortages(NpgsqlDataReader row) => Shortages(
        row.GetFieldValue<Guid[]>(2), row.GetFieldValue<long[]>(3), row.GetFieldValue<long[]>(4));

    private static Sequence<StockShortage> Shortages(Guid[] menuIds, long[] requested, long[] available) => menuIds
        .Select((menuId, line) => new StockShortage(menuId, (int)requested[line], (int)available[line]))
        .ToSequence();
}
