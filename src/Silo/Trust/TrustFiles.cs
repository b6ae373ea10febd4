using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Silo.Trust;

/// <summary>The certificate files by which members of a cluster know each other. All three are set, or none.</summary>
/// <param name="Certificate">
/// JIKO_CLUSTER_CERTIFICATE: a PEM file with the certificate of this process. Intermediate certificates follow it, if
/// the authority did not sign it directly.
/// </param>
/// <param name="Key">JIKO_CLUSTER_KEY: a PEM file with the certificate's private key, without a passphrase.</param>
/// <param name="Authority">
/// JIKO_CLUSTER_CA: a PEM file with one or more trusted certificates. A process whose certificate they signed belongs
/// to the cluster.
/// </param>
internal sealed record TrustFiles(string Certificate, string Key, string Authority)
{
    public const string CertificateName = "JIKO_CLUSTER_CERTIFICATE";
    public const string KeyName = "JIKO_CLUSTER_KEY";
    public const string AuthorityName = "JIKO_CLUSTER_CA";

    private static readonly string[] Names = [CertificateName, KeyName, AuthorityName];

    /// <returns>Null if none of the three is set.</returns>
    /// <exception cref="InvalidOperationException">Only some of the three are set.</exception>
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

    /// <summary>Reads the three files.</summary>
    /// <exception cref="InvalidOperationException">A file cannot be read; the message names its setting.</exception>
    public TrustTexts Read() =>
        new(Text(CertificateName, Certificate), Text(KeyName, Key), Text(AuthorityName, Authority));

    /// <summary>
    /// Whether all users of the machine can read the key. Access by the group is allowed: Kubernetes gives a user that
    /// is not root access to a secret's file by its group.
    /// </summary>
    public bool EverybodyMayReadTheKey =>
        !OperatingSystem.IsWindows() && File.Exists(Key)
        && (File.GetUnixFileMode(Key) & UnixFileMode.OtherRead) is not UnixFileMode.None;

    /// <summary>
    /// The settings whose file others than its owner can change: whoever does decides who belongs to the cluster.
    /// </summary>
    public IEnumerable<string> OpenToChanges
    {
        get
        {
            (string Name, string File)[] files =
                [(CertificateName, Certificate), (KeyName, Key), (AuthorityName, Authority)];
            foreach (var (name, file) in files)
            {
                if (!OperatingSystem.IsWindows() && File.Exists(file)
                    && (File.GetUnixFileMode(file) & Changes) is not UnixFileMode.None)
                    yield return name;
            }
        }
    }

    private const UnixFileMode Changes = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

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
/// The contents of the files. Contents are compared, since a file's time does not show that a link to it changed.
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

    /// <summary>Hides the private key, which must not be written to logs.</summary>
    public override string ToString() => nameof(TrustTexts);
}
