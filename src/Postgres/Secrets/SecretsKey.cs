using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JikoXpress.Postgres.Reads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace JikoXpress.Postgres.Secrets;

/// <summary>
/// Secrets are encrypted by ASP.NET Core's Data Protection. Its key is in the database, where every process finds it,
/// and is encrypted with a certificate, whose private key is in a file that is not in the database.
/// </summary>
public static class SecretsKey
{
    public const string Setting = "JIKO_SECRETS_KEY_FILE";

    /// <param name="certificate">With its private key; null when no secrets can be stored.</param>
    internal static void AddSecrets(this IServiceCollection services, X509Certificate2? certificate)
    {
        services.AddSingleton<SecretBox>();
        // Before Data Protection, whose own service reads the key when the host starts.
        services.AddHostedService<SecretsCheck>();
        if (certificate is null) return;
        services.AddSingleton<KeyRows>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRows>((keys, rows) => keys.XmlRepository = rows);
        services.AddDataProtection()
            .SetApplicationName("JikoXpress")
            // SecretsCheck makes the one key: hosts that start together would each make one of their own.
            .DisableAutomaticKeyGeneration()
            .ProtectKeysWithCertificate(certificate);
    }
}

/// <summary>
/// Encrypts and decrypts the secrets of an account, or of a webhook. What it encrypts can be decrypted for that one
/// only.
/// </summary>
internal sealed class SecretBox(IServiceProvider services)
{
    private readonly IDataProtectionProvider? provider = services.GetService<IDataProtectionProvider>();

    /// <summary>False when there is no certificate to protect the key.</summary>
    public bool CanKeep => provider is not null && services.GetService<KeyRows>() is not null;

    /// <exception cref="CryptographicException">The key is not there, or is encrypted with another certificate.
    /// </exception>
    /// <exception cref="NpgsqlException">The key could not be read from the database.</exception>
    public string Close(string account, string text)
    {
        try
        {
            return Protector(account).Protect(text);
        }
        catch (CryptographicException failure)
        {
            KeyRows.ThrowIfNotRead(failure);
            throw;
        }
    }

    /// <summary>Null when this process cannot decrypt it.</summary>
    /// <exception cref="NpgsqlException">The key could not be read from the database.</exception>
    public string? Open(string account, string closed)
    {
        if (!CanKeep) return null;
        try
        {
            return Protector(account).Unprotect(closed);
        }
        catch (CryptographicException failure)
        {
            KeyRows.ThrowIfNotRead(failure);
            return null;
        }
    }

    private IDataProtector Protector(string account) =>
        (provider ?? throw new InvalidOperationException($"{SecretsKey.Setting} is not set."))
        .CreateProtector("JikoXpress.PaymentAccount", account);
}

/// <summary>
/// Makes the key at the first start with a certificate. It does not expire: what it encrypts is replaced by people,
/// when a secret has become known. A host whose certificate is another one does not start.
/// </summary>
internal sealed class SecretsCheck(JikoDatabase database, SecretBox box, IServiceProvider services) : IHostedService
{
    /// <summary>Any number that no other advisory lock has.</summary>
    private const long Lock = 0x7365_6372_6574_7301;

    private const string Probe = "probe";

    private static readonly DateTimeOffset FarAway = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!box.CanKeep)
        {
            var kept = await database.Source.Rows(
                """
                (SELECT 1 FROM jiko.payment_account LIMIT 1) UNION ALL (SELECT 1 FROM jiko.webhook_secret LIMIT 1)
                """,
                row => row.GetInt32(0));
            if (kept.Count > 0)
                throw new StartRefusedException(
                    $"{SecretsKey.Setting} is not set, and this database has payment accounts or webhooks whose "
                    + "secrets are encrypted with it: name the same file again.");
            return;
        }

        await using (var connection = await database.Background.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.Run("SELECT pg_advisory_xact_lock($1)", Sql.Of(Lock));
            var keys = await database.Source.Rows("SELECT id FROM jiko.secrets_key", row => row.GetString(0));
            if (keys.Count is 0)
                services.GetRequiredService<IKeyManager>()
                    .CreateNewKey(DateTimeOffset.UnixEpoch, FarAway);
        }

        try
        {
            if (box.Open(Probe, box.Close(Probe, Probe)) is Probe) return;
        }
        catch (CryptographicException)
        {
            // The key is encrypted with another certificate.
        }

        throw new StartRefusedException(
            $"{SecretsKey.Setting} is not the file that the secrets in this database are encrypted with.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A process does not start, for a reason that is told in one line.</summary>
public sealed class StartRefusedException(string reason) : Exception(reason);
