using JikoXpress.Domain;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Access;

/// <summary>The owner and the rights of a token to be created.</summary>
/// <param name="Scopes">Of an app token; null for all other tokens.</param>
internal sealed record NewCredential(
    string Prefix,
    CallerKind Kind,
    Guid Subject,
    bool LiveMode,
    Guid? KitchenId = null,
    Guid? DeviceId = null,
    StaffRole? Role = null,
    DateTimeOffset? ExpiresAt = null,
    Sequence<string>? Scopes = null);

/// <summary>Creates and revokes tokens in the transaction of the change that needs them.</summary>
internal static class CredentialRows
{
    private const string Insert = """
        INSERT INTO jiko.credential (
            token_hash, kind, subject_id, kitchen_id, device_id, role, live_mode, created_at, expires_at, scopes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string Revoke =
        "UPDATE jiko.credential SET revoked_at = $2 WHERE (subject_id = $1 OR device_id = $1) AND revoked_at IS NULL";

    extension(ManagementWrite write)
    {
        /// <summary>Returns the token itself, which is stored nowhere.</summary>
        /// <param name="derived">The token, if it is not a random one.</param>
        public async Task<string> Issue(NewCredential credential, string? derived = null)
        {
            var token = derived ?? Tokens.New(credential.Prefix);
            await write.Run(
                Insert,
                Sql.Of(Tokens.Hash(token)),
                Sql.Of(credential.Kind.WireName),
                Sql.Of(credential.Subject),
                Sql.Of(credential.KitchenId),
                Sql.Of(credential.DeviceId),
                Sql.Of(credential.Role?.WireName),
                Sql.Of(credential.LiveMode),
                Sql.Of(write.At),
                Sql.Of<DateTime?>(credential.ExpiresAt?.UtcDateTime),
                Sql.Of<string[]?>(credential.Scopes?.ToArray()));
            return token;
        }

        /// <summary>
        /// Revokes every token of a staff member, device, account or key; for a device also those of its signed-in
        /// staff.
        /// </summary>
        public async Task RevokeAll(Guid subject)
        {
            await write.Run(Revoke, Sql.Of(subject), Sql.Of(write.At));
            write.ChangesCredentials();
        }

        public async Task RevokeToken(string token)
        {
            await write.Run(
                "UPDATE jiko.credential SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
                Sql.Of(Tokens.Hash(token)), Sql.Of(write.At));
            write.ChangesCredentials();
        }
    }
}
