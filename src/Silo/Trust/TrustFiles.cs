using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Silo.Trust;

/// <summary>Where the certificates are by which members of a cluster know each other; all three, or none.</summary>
/// <param name="Certificate">
/// JIKO_CLUSTER_CERTIFICATE: a PEM file with the certificate of this process, and after it those that lead to the
/// authority's, if it did not sign this one itself.
/// </param>
/// <param name="Key">JIKO_CLUSTER_KEY: a PEM file with the certificate's private key, without a passphrase.</param>
/// <param name="Authority">
/// JIKO_CLUSTER_CA: a PEM file with the certificates that are trusted, one or more; whoever has one that these signed
/// belongs to the cluster.
/// </param>
internal sealed record TrustFiles(string Certificate, string Key, string Authority)
{
    public const string CertificateName = "JIKO_CLUSTER_CERTIFICATE";
    public const string KeyName = "JIKO_CLUSTER_KEY";
    public const string AuthorityName = "JIKO_CLUSTER_CA";

    private static readonly string[] Names = [CertificateName, KeyName, AuthorityName];

    /// <returns>Null where none of them is set.</returns>
    /// <exception cref="InvalidOperationException">Some are set, and some are not.</exception>
    public static TrustFiles? From(IConfiguration configuration)
    {
        var missing = Names.Where(name => configuration[name] is not { Length: > 0 }).ToList();
        if (missing.Count == Names.Length) return null;
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"{missing[0]} is missing: {string.Join(", ", Names)} are set together or not at all.");
        return new TrustFiles(
            configuration[CertificateName] ?? "", configuration[KeyName] ?? "", configuration[AuthorityName] ?? "");
    }

    /// <summary>What they hold now.</summary>
    /// <exception cref="InvalidOperationException">One cannot be read; the message names its setting.</exception>
    public TrustTexts Read() =>
        new(Text(CertificateName, Certificate), Text(KeyName, Key), Text(AuthorityName, Authority));

    /// <summary>
    /// The group may: Kubernetes gives a secret's file to a user that is not root by its group.
    /// </summary>
    public bool EverybodyMayReadTheKey =>
        !OperatingSystem.IsWindows() && File.Exists(Key)
        && (File.GetUnixFileMode(Key) & UnixFileMode.OtherRead) is not UnixFileMode.None;

    private static string Text(string name, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{name} names a file that cannot be read.", unreadable);
        }
    }
}

/// <summary>
/// What the files hold: this is compared, since the time of a file does not tell that a link to it was changed.
/// </summary>
internal sealed record TrustTexts(string Certificate, string Key, string Authority)
{
    public bool HasKey
    {
        get
        {
            var rest = Key.AsSpan();
            while (PemEncoding.TryFind(rest, out var found))
            {
                var label = rest[found.Label];
                if (label.EndsWith("PRIVATE KEY") && !label.StartsWith("ENCRYPTED")) return true;
                rest = rest[found.Location.End..];
            }

            return false;
        }
    }

    /// <summary>One of these holds a key, and keys are not written to logs.</summary>
    public override string ToString() => nameof(TrustTexts);
}
