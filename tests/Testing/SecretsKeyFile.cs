using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JikoXpress.Testing;

/// <summary>A file for JIKO_SECRETS_KEY_FILE, as openssl would make it.</summary>
public sealed class SecretsKeyFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jiko-secrets-").FullName;

    public SecretsKeyFile()
    {
        Path = System.IO.Path.Combine(folder, "secrets.pem");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=jikoxpress", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
