using System.Security.Cryptography;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Npgsql;

namespace JikoXpress.Postgres.Webhooks;

/// <summary>
/// The secrets of subscriptions as rows: encrypted as those of payment accounts are, and good for their subscription
/// only.
/// </summary>
internal static class WebhookSecrets
{
    public const string Insert = """
        INSERT INTO jiko.webhook_secret (id, subscription_id, secret, created_at) VALUES ($1, $2, $3, $4)
        """;

    private const string Good = """
        SELECT id, subscription_id, secret, created_at, expires_at FROM jiko.webhook_secret
        WHERE subscription_id = ANY ($1) AND (expires_at IS NULL OR expires_at > $2)
        ORDER BY expires_at DESC NULLS FIRST, created_at DESC, id DESC
        """;

    /// <summary>A new secret; from a seed it is the same one again for the same row.</summary>
    public static string New(SecretOperation? once, Guid row) => StandardWebhook.SecretOf(
        once is null
            ? RandomNumberGenerator.GetBytes(StandardWebhook.KeyLength)
            : HMACSHA256.HashData(once.Seed, row.ToByteArray(bigEndian: true)));

    public static async Task Keep(
        NpgsqlConnection connection, SecretBox box, Guid id, Guid subscriptionId, string secret, DateTimeOffset at) =>
        await connection.Run(
            Insert, Sql.Of(id), Sql.Of(subscriptionId), Sql.Of(box.Close(SubjectOf(subscriptionId), secret)),
            Sql.Of(at));

    /// <summary>Those that are good at a time, the newest first.</summary>
    public static async Task<ILookup<Guid, KeptSecret>> Find(
        NpgsqlDataSource source, IReadOnlyCollection<Guid> subscriptions, DateTimeOffset now) =>
        (await source.Rows(Good, Read, Sql.Of(subscriptions.ToArray()), Sql.Of(now)))
        .ToLookup(secret => secret.SubscriptionId);

    /// <inheritdoc cref="Find(NpgsqlDataSource, IReadOnlyCollection{Guid}, DateTimeOffset)"/>
    public static async Task<List<KeptSecret>> Find(ManagementWrite write, Guid subscriptionId) =>
        await write.Connection.Rows(Good, Read, Sql.Of(new[] { subscriptionId }), Sql.Of(write.At));

    /// <summary>Null where this process has another key than the one that it is encrypted with.</summary>
    public static string? TextIfReadable(SecretBox box, KeptSecret secret) =>
        box.Open(SubjectOf(secret.SubscriptionId), secret.Closed);

    /// <exception cref="CryptographicException">This process has another key than the one it is encrypted with.
    /// </exception>
    public static string Text(SecretBox box, KeptSecret secret) => TextIfReadable(box, secret)
        ?? throw new CryptographicException($"The secret {secret.Id} cannot be read: check {SecretsKey.Setting}.");

    /// <summary>No account has such a name.</summary>
    private static string SubjectOf(Guid subscriptionId) => $"webhook {subscriptionId}";

    private static KeptSecret Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
        row.Optional<DateTimeOffset>(4));
}

/// <param name="Closed">As it is stored.</param>
internal sealed record KeptSecret(
    Guid Id, Guid SubscriptionId, string Closed, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public WebhookSecret Shown => new(Id, CreatedAt, ExpiresAt);
}
