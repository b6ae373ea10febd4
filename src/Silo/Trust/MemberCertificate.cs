using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JikoXpress.Silo.Trust;

/// <summary>This process's certificate, and the authority's certificates to check other processes.</summary>
internal sealed class MemberCertificate
{
    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection authority;

    private MemberCertificate(
        X509Certificate2Collection shown, X509Certificate2Collection authority, DateTimeOffset until)
    {
        this.authority = authority;
        Until = until;
        Certificate = shown[0];
        // Offline: intermediate certificates are not downloaded.
        Shown = SslStreamCertificateContext.Create(Certificate, [.. shown.Skip(1)], offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Sent to the other side: the certificate and the intermediate certificates.</summary>
    public SslStreamCertificateContext Shown { get; }

    /// <summary>When the first certificate of the chain expires, the authority's included.</summary>
    public DateTimeOffset Until { get; }

    /// <param name="isSilo">A silo is a TLS server and client; a front end is only a client.</param>
    /// <exception cref="InvalidOperationException">Others would refuse it; the message names the setting.</exception>
    public static MemberCertificate From(TrustTexts texts, bool isSilo)
    {
        var authority = Certificates(TrustFiles.AuthorityName, texts.Authority);
        var shown = Certificates(TrustFiles.CertificateName, texts.Certificate);
        using var chain = new X509Chain { ChainPolicy = Policy(authority) };
        chain.ChainPolicy.ExtraStore.AddRange(shown);
        chain.ChainPolicy.ApplicationPolicy.Add(ForClients);
        if (isSilo) chain.ChainPolicy.ApplicationPolicy.Add(ForServers);
        if (!chain.Build(shown[0])) throw new InvalidOperationException(Fault(shown[0], chain, isSilo));
        shown[0] = WithKey(texts);
        return new MemberCertificate(
            shown, authority, chain.ChainElements.Min(element => element.Certificate.NotAfter));
    }

    /// <summary>The policy for other processes' certificates: only the cluster's authority is trusted.</summary>
    public X509ChainPolicy Policy() => Policy(authority);

    private static X509ChainPolicy Policy(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A private authority publishes no revocation list. To exclude a member, replace the authority.
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate can name download addresses, and this process must not call them.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }

    private static X509Certificate2Collection Certificates(string name, string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException unreadable)
        {
            throw new InvalidOperationException($"{name} holds a certificate that cannot be read.", unreadable);
        }

        return certificates.Count > 0
            ? certificates
            : throw new InvalidOperationException($"{name} holds no certificate in PEM.");
    }

    private static X509Certificate2 WithKey(TrustTexts texts)
    {
        if (!texts.HasKey)
            throw new InvalidOperationException(
                $"{TrustFiles.KeyName} holds no private key in PEM, or one with a passphrase.");
        try
        {
            var certificate = X509Certificate2.CreateFromPem(texts.Certificate, texts.Key);
            if (!OperatingSystem.IsWindows()) return certificate;
            // On Windows TLS only works with keys from the system's own key store.
            using (certificate)
                return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"{TrustFiles.KeyName} is not the key of {TrustFiles.CertificateName}.", other);
        }
    }

    private static string Fault(X509Certificate2 certificate, X509Chain chain, bool isSilo)
    {
        var faults = chain.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (faults.HasFlag(X509ChainStatusFlags.PartialChain) || faults.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            || faults.HasFlag(X509ChainStatusFlags.NotSignatureValid))
            return $"{TrustFiles.CertificateName} is not signed by a certificate of {TrustFiles.AuthorityName}.";
        if (chain.ChainElements.FirstOrDefault(IsOutOfTime) is { Certificate: var old })
        {
            var name = old.Equals(certificate) ? TrustFiles.CertificateName : TrustFiles.AuthorityName;
            return $"{name} is valid from {old.NotBefore.ToUniversalTime():u} to {old.NotAfter.ToUniversalTime():u}, "
                + "and not now.";
        }

        if (faults.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            return $"{TrustFiles.CertificateName} is not for {(isSilo ? "servers and clients" : "clients")}: "
                + $"its extended key usage lacks {(isSilo ? "serverAuth or clientAuth" : "clientAuth")}.";
        return $"{TrustFiles.CertificateName} would be refused: {faults}.";
    }

    private static bool IsOutOfTime(X509ChainElement element) =>
        element.ChainElementStatus.Any(status => status.Status is X509ChainStatusFlags.NotTimeValid);
}
