using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JikoXpress.Silo.Trust;

/// <summary>The certificate that this process shows, and the authority's, by which it judges those of others.</summary>
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
        // Offline: nobody is asked for certificates between this one and the authority's.
        Shown = SslStreamCertificateContext.Create(Certificate, [.. shown.Skip(1)], offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>What the other side is sent: the certificate, and those that lead to the authority's.</summary>
    public SslStreamCertificateContext Shown { get; }

    /// <summary>When the first of them ends, the authority's included.</summary>
    public DateTimeOffset Until { get; }

    /// <param name="isSilo">A silo is asked and asks; a front end only asks.</param>
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

    /// <summary>By what others are judged: who else might have signed for them does not count.</summary>
    public X509ChainPolicy Policy() => Policy(authority);

    private static X509ChainPolicy Policy(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A private authority publishes no list: a new authority keeps out who is to be kept out.
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate names addresses to fetch from, and nobody is to be sent there.
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
            // Windows makes connections with keys of its own store only.
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
