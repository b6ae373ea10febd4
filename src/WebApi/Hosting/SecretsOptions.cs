using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JikoXpress.Postgres.Secrets;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_SECRETS_KEY_FILE: a PEM file with a certificate and its private key, with which the key is encrypted that
/// encrypts the secrets of kitchens' payment accounts. Without it, no such account can be added.
/// </summary>
internal static class SecretsOptions
{
    /// <exception cref="InvalidOperationException">The file cannot be read, or others than its owner can.</exception>
    public static X509Certificate2? From(IConfiguration configuration)
    {
        if (configuration[SecretsKey.Setting] is not { Length: > 0 } file) return null;
        try
        {
            if (Secrets.IsOpenToOthers(file))
                throw new InvalidOperationException(
                    $"{SecretsKey.Setting} names a file that can be read or written by others than its owner.");
            var certificate = X509Certificate2.CreateFromPemFile(file);
            return certificate.GetRSAPrivateKey() is null ? throw Unusable(null) : certificate;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(wrong);
        }
    }

    private static InvalidOperationException Unusable(Exception? inner) => new(
        $"{SecretsKey.Setting} must name a PEM file with an RSA certificate and its private key.", inner);
}
