using System.Security.Cryptography;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Postgres.Caches;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

/// <summary>Finds the owner of a token. Rows and the cache hold only hashes of tokens.</summary>
internal sealed class Credentials : ICredentials
{
    private const int MostTokens = 10_000;

    /// <summary>Id of the configured operator key, which has no row: "operator" in ASCII, and zeros.</summary>
    private static readonly Guid ConfiguredOperator = new("6f706572-6174-6f72-0000-000000000000");

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private static readonly CredentialAnswer Unknown = new CredentialAnswer.Unknown();
    private static readonly CredentialAnswer Expired = new CredentialAnswer.Expired();

    private const string Find = """
        SELECT c.kind, coalesce(k.merchant_id, c.subject_id),
            coalesce(s.name, d.name, a.name, b.name, o.name, k.name, ''), c.kitchen_id,
            CASE WHEN c.scopes IS NULL THEN c.device_id ELSE encode(substr(c.token_hash, 1, 16), 'hex')::uuid END,
            c.role, c.live_mode, coalesce(t.key_required, false), c.expires_at, a.phone,
            CASE WHEN k.id IS NULL THEN b.kitchen_ids
                ELSE ARRAY(SELECT m.kitchen_id FROM jiko.merchant_store m WHERE m.merchant_id = k.merchant_id) END,
            g.number, coalesce(c.scopes, k.scopes), k.id, c.scopes IS NOT NULL
        FROM jiko.credential c
        LEFT JOIN jiko.staff s ON s.id = c.subject_id
        LEFT JOIN jiko.device d ON d.id = c.subject_id
        LEFT JOIN jiko.device t ON t.id = c.device_id
        LEFT JOIN jiko.dining_table g ON g.id = c.device_id
        LEFT JOIN jiko.app_account a ON a.id = c.subject_id
        LEFT JOIN jiko.bot_key b ON b.id = c.subject_id
        LEFT JOIN jiko.operator_key o ON o.id = c.subject_id
        LEFT JOIN jiko.merchant_key k ON k.id = c.subject_id
        WHERE c.token_hash = $1 AND c.revoked_at IS NULL
        """;

    /// <summary>A row is read again after some minutes, so this is not written for each request.</summary>
    private const string Use = """
        INSERT INTO jiko.merchant_key_use (key_id, at) VALUES ($1, $2)
        ON CONFLICT (key_id) DO UPDATE SET at = greatest(merchant_key_use.at, excluded.at)
        """;

    private readonly TimeProvider clock;
    private readonly RowCache<string, Holder> memory;
    private readonly byte[]? operatorKeyHash;

    public Credentials(JikoDatabase database, NewsLine line, CredentialSettings settings, TimeProvider clock)
    {
        this.clock = clock;
        memory = new RowCache<string, Holder>(
            line, Life, MostTokens, clock,
            hash => Look(database, Convert.FromHexString(hash)));
        operatorKeyHash = settings.OperatorKey is { } key ? Tokens.Hash(key) : null;
    }

    async ValueTask<CredentialAnswer> ICredentials.Find(BearerToken token)
    {
        if (IsOfConfiguration(token.Hash)) return TheOperator;
        var hash = Convert.ToHexString(token.Hash);
        return memory.Knows(hash) || Tokens.IsWellFormed(token.Text) ? await Of(hash) : Unknown;
    }

    /// <summary>The owner of the token with this hash.</summary>
    public async ValueTask<CredentialAnswer> Of(byte[] hash) =>
        IsOfConfiguration(hash) ? TheOperator : await Of(Convert.ToHexString(hash));

    private async ValueTask<CredentialAnswer> Of(string hash) => await memory.Find(hash) switch
    {
        null => Unknown,
        { ExpiresAt: { } end } when end <= clock.GetUtcNow() => Expired,
        { Found: var found } => found,
    };

    private async Task<Holder?> Look(JikoDatabase database, byte[] hash)
    {
        var holder = await database.Source.Row(Find, Read, Sql.Of(hash));
        if (holder is not { KeyId: { } key } || holder.ExpiresAt <= clock.GetUtcNow()) return holder;
        try
        {
            await database.Source.Run(Use, Sql.Of(key), Sql.Of(clock.GetUtcNow()));
        }
        catch (NpgsqlException)
        {
            // The database takes no writes, for example because its disk is full: reading goes on.
        }

        return holder;
    }

    private bool IsOfConfiguration(byte[] hash) =>
        operatorKeyHash is not null && CryptographicOperations.FixedTimeEquals(hash, operatorKeyHash);

    public void ForgetAll() => memory.ForgetAll();

    private static CredentialAnswer TheOperator { get; } = new CredentialAnswer.Found(new Principal(
        CallerKind.Operator, ConfiguredOperator, "The operator of the configuration", KitchenId: null, DeviceId: null,
        Role: null, LiveMode: true, KeyRequired: false));

    private static Holder Read(NpgsqlDataReader row) => new(
        new CredentialAnswer.Found(new Principal(
            row.WireName<CallerKind>(0), row.GetGuid(1), row.GetString(2), row.Optional<Guid>(3), row.Optional<Guid>(4),
            row.IsDBNull(5) ? null : row.WireName<StaffRole>(5), row.GetBoolean(6), row.GetBoolean(7),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.IsDBNull(10) ? null : row.GetFieldValue<Guid[]>(10).ToSequence(),
            row.IsDBNull(11) ? null : row.GetString(11),
            row.IsDBNull(12) ? null : row.GetFieldValue<string[]>(12).ToSequence(),
            row.GetBoolean(14) ? null : row.Optional<Guid>(13))),
        row.Optional<DateTimeOffset>(8), row.Optional<Guid>(13));

    /// <param name="KeyId">Of a merchant only; of an app token, the key with which it was made.</param>
    private sealed record Holder(CredentialAnswer.Found Found, DateTimeOffset? ExpiresAt, Guid? KeyId);
}

/// <summary>Settings of an installation.</summary>
/// <param name="OperatorKey">An operator key without a row; it is used to create the first kitchen.</param>
/// <param name="PinPepper">
/// Secret mixed into every PIN's hash, and not stored in the database. It must not change once PINs exist.
/// </param>
/// <param name="ShortestPin">Least number of digits of a PIN, 4 to 6.</param>
/// <param name="StaffSessionHours">How long a sign-in of staff lasts, 1 to 24 hours.</param>
/// <param name="StrictPins">New PINs must not be among those that are tried first, such as 1234.</param>
public sealed record CredentialSettings(
    string? OperatorKey = null, string? PinPepper = null, int ShortestPin = StaffRules.ShortestPin,
    bool StrictPins = false, int StaffSessionHours = StaffRules.UsualSession);
