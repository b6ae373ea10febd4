using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>Signs for the members of a cluster, and keeps what it signed in files as an operator would.</summary>
internal sealed class Authority : IDisposable
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    public static readonly string[] SiloUsage = [ServerAuth, ClientAuth];
    public static readonly string[] FrontEndUsage = [ClientAuth];

    private static long serial;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jiko-trust-");
    private readonly DateTimeOffset made = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 root;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(made.AddDays(-900), made.AddDays(3000));
    }

    public string Pem => root.ExportCertificatePem();

    public string PathOf(string file) => Path.Combine(folder.FullName, file);

    /// <summary>A member's certificate with its key.</summary>
    /// <param name="ends">In days from now.</param>
    public X509Certificate2 Sign(string[] usage, int ends = 365)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([.. usage.Select(oid => new Oid(oid))], false));
        // All authorities of these tests have one name: by this their certificates are told apart.
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        using var signed = request.Create(
            root, made.AddDays(-800), made.AddDays(ends), BitConverter.GetBytes(Interlocked.Increment(ref serial)));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a member's three files, and says how the member is told of them.</summary>
    /// <param name="trusted">The authorities it is to believe, in PEM; this one unless said otherwise.</param>
    public KeyValuePair<string, string?>[] Files(string name, X509Certificate2 certificate, string? trusted = null)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(PathOf($"{name}.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf($"{name}.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(PathOf($"{name}.ca"), trusted ?? Pem);
        return
        [
            new("JIKO_CLUSTER_CERTIFICATE", PathOf($"{name}.crt")), new("JIKO_CLUSTER_KEY", PathOf($"{name}.key")),
            new("JIKO_CLUSTER_CA", PathOf($"{name}.ca")),
        ];
    }

    public KeyValuePair<string, string?>[] Files(string name, string[] usage)
    {
        using var certificate = Sign(usage);
        return Files(name, certificate);
    }

    public void Dispose()
    {
        root.Dispose();
        folder.Delete(recursive: true);
    }
}
