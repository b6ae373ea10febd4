using System.Security.Cryptography;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Catalogue;

internal sealed class Tables(JikoDatabase database, ManagementWrites writes, IIds ids) : ITables
{
    /// <summary>As long as a long meal; a guest who stays longer scans the code again.</summary>
    private static readonly TimeSpan VisitLife = TimeSpan.FromHours(2);

    private const string Columns = "id, number, secret, active, created_at";

    private const string Insert = $"""
        INSERT INTO jiko.dining_table (kitchen_id, {Columns})
        SELECT $1, $2, $3, $4, true, $5 FROM jiko.dining_table WHERE kitchen_id = $1 HAVING count(*) < $6
        """;

    private const string Scanned = """
        SELECT t.id, t.secret, t.number, k.id, k.name, k.live_mode
        FROM jiko.dining_table t JOIN jiko.kitchen k ON k.id = t.kitchen_id
        WHERE t.id = $1 AND t.active
        FOR SHARE OF t
        """;

    public async Task<IReadOnlyList<DiningTable>> List(Guid kitchenId) => await database.Source.Rows(
        $"SELECT {Columns} FROM jiko.dining_table WHERE kitchen_id = $1 ORDER BY length(number), number", Read,
        Sql.Of(kitchenId));

    public async Task<Reply<DiningTable>> Find(Guid kitchenId, Guid tableId) => await database.Source.Row(
        $"SELECT {Columns} FROM jiko.dining_table WHERE kitchen_id = $1 AND id = $2", Read, Sql.Of(kitchenId),
        Sql.Of(tableId)) is { } table ? table : KitchenRefusals.NotFound;

    public async Task<Reply<DiningTable>> Add(Guid kitchenId, string number, Operation? operation)
    {
        if (TableRules.BrokenNumber(number) is { Count: > 0 } broken) return broken;
        var (id, secret) = (ids.Next(), TableCode.NewSecret());
        return await writes.Once<DiningTable>(operation, id, async write =>
        {
            if (!await write.Lock(kitchenId)) return KitchenRefusals.NotFound;
            var fits = await write.Run(
                Insert, Sql.Of(kitchenId), Sql.Of(id), Sql.Of(number), Sql.Of(secret), Sql.Of(write.At),
                Sql.Of(TableRules.MostTables));
            return fits == 0
                ? KitchenRefusals.TooMany("tables", TableRules.MostTables)
                : new DiningTable(id, number, TableCode.Of(id, secret), Active: true, write.At);
        });
    }

    public Task<Reply<DiningTable>> Switch(Guid kitchenId, Guid tableId, bool active) =>
        Change(kitchenId, tableId, "active = $3", Sql.Of(active));

    public Task<Reply<DiningTable>> Rotate(Guid kitchenId, Guid tableId, Operation? operation) =>
        Change(kitchenId, tableId, "secret = $3", Sql.Of(TableCode.NewSecret()), operation);

    public async Task<Reply<TableVisit>> Visit(string code)
    {
        if (TableCode.TableOf(code) is not { } tableId) return KitchenRefusals.TableCodeInvalid;
        return await writes.Do<TableVisit>(async write =>
        {
            var scanned = await write.Row(
                Scanned,
                row => new Table(
                    row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.GetGuid(3), row.GetString(4),
                    row.GetBoolean(5)),
                Sql.Of(tableId));
            if (scanned is null || !TableCode.IsGenuine(code, scanned.Id, scanned.Secret))
                return KitchenRefusals.TableCodeInvalid;

            var end = write.At + VisitLife;
            var token = await write.Issue(new NewCredential(
                Tokens.Table, CallerKind.TableGuest, ids.Next(), scanned.LiveMode, scanned.KitchenId, scanned.Id,
                ExpiresAt: end));
            return new TableVisit(
                scanned.KitchenId, scanned.KitchenName, scanned.Number, scanned.LiveMode, token, end);
        });
    }

    private Task<Reply<DiningTable>> Change(
        Guid kitchenId, Guid tableId, string change, NpgsqlParameter value, Operation? operation = null) =>
        writes.Once<DiningTable>(operation, tableId, async write =>
        {
            var table = await write.Row(
                $"UPDATE jiko.dining_table SET {change} WHERE kitchen_id = $1 AND id = $2 RETURNING {Columns}", Read,
                Sql.Of(kitchenId), Sql.Of(tableId), value);
            if (table is null) return KitchenRefusals.NotFound;
            await write.RevokeAll(tableId);
            return table;
        });

    private static DiningTable Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), TableCode.Of(row.GetGuid(0), row.GetFieldValue<byte[]>(2)), row.GetBoolean(3),
        row.GetFieldValue<DateTimeOffset>(4));

    private sealed record Table(
        Guid Id, byte[] Secret, string Number, Guid KitchenId, string KitchenName, bool LiveMode);
}

/// <summary>
/// The text of a table's QR code: the table's id, and a signature with the table's own secret, in characters that make
/// a small code. A printed code cannot be recalled. So the secret is stored, to print the code again and to detect
/// forged ones. A person who has the code can only order at the table.
/// </summary>
internal static class TableCode
{
    private const int SignatureLength = 16;
    private const int IdLetters = 32;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(32);

    public static string Of(Guid tableId, byte[] secret) =>
        $"{tableId:N}".ToUpperInvariant() + '.' + Convert.ToHexString(Signature(tableId, secret));

    /// <summary>The table of a code; null if the text is not a code.</summary>
    public static Guid? TableOf(string code) =>
        code.Length == IdLetters + 1 + (2 * SignatureLength) && code[IdLetters] == '.'
        && Guid.TryParseExact(code[..IdLetters], "N", out var id)
            ? id
            : null;

    public static bool IsGenuine(string code, Guid tableId, byte[] secret)
    {
        var signature = new byte[SignatureLength];
        return Convert.FromHexString(code.AsSpan(IdLetters + 1), signature, out _, out var length)
            is System.Buffers.OperationStatus.Done
            && length == SignatureLength
            && CryptographicOperations.FixedTimeEquals(signature, Signature(tableId, secret));
    }

    private static byte[] Signature(Guid tableId, byte[] secret) =>
        HMACSHA256.HashData(secret, tableId.ToByteArray(bigEndian: true))[..SignatureLength];
}
