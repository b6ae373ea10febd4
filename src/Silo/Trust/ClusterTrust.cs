using System.Net;
using System.Net.Security;
using JikoXpress.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Connections.Security;

namespace JikoXpress.Silo.Trust;

/// <summary>
/// Mutual TLS in the cluster: silos show each other a certificate of the cluster's authority, and front ends show one
/// to silos. Silos are found by address, and addresses change. So the name in a certificate is not checked; only its
/// signature is.
/// </summary>
internal sealed class ClusterTrust
{
    private readonly TrustFiles files;
    private readonly bool isSilo;
    private TrustTexts texts;
    private volatile MemberCertificate member;

    /// <exception cref="InvalidOperationException">A file is not valid; the message says why.</exception>
    public ClusterTrust(TrustFiles files, bool isSilo)
    {
        this.files = files;
        this.isSilo = isSilo;
        texts = files.Read();
        member = MemberCertificate.From(texts, isSilo);
    }

    public MemberCertificate Member => member;

    /// <summary>Reads the files again. New connections use the new certificates; open connections stay open.</summary>
    /// <returns>Whether the files have changed.</returns>
    /// <exception cref="InvalidOperationException">The new files are not valid; the old ones stay in use.</exception>
    public bool Renew()
    {
        var now = files.Read();
        if (now == texts) return false;
        member = MemberCertificate.From(now, isSilo);
        texts = now;
        return true;
    }

    public void Secure(TlsOptions tls)
    {
        // Orleans requires a certificate here and validates it. The one that is used is chosen per connection, below.
        tls.LocalCertificate = member.Certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (_, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) is SslPolicyErrors.None;
        tls.OnAuthenticateAsServer =
            (_, options) => Answer((SslServerAuthenticationOptions)options.SslServerAuthenticationOptions);
        tls.OnAuthenticateAsClient =
            (_, options) => Ask((SslClientAuthenticationOptions)options.SslClientAuthenticationOptions);
    }

    /// <summary>The risks for which live mode refuses to start.</summary>
    public static IEnumerable<string> Risks(IConfiguration configuration, Role role)
    {
        if (TrustFiles.From(configuration) is { } files)
        {
            if (files.EverybodyMayReadTheKey) yield return $"{TrustFiles.KeyName} can be read by everybody.";
            foreach (var name in files.OpenToChanges)
                yield return $"{name} can be written by others than its owner.";
        }
        else if (role is Role.Web && configuration["JIKO_SILO_ADDRESS"] is not { Length: > 0 })
        {
            yield return $"{TrustFiles.CertificateName} is missing: a front end does without it only where "
                + "JIKO_SILO_ADDRESS says that the silos are on this machine.";
        }
        else if (ClusterSettings.From(configuration).Address is var address && !IPAddress.IsLoopback(address))
        {
            yield return $"{TrustFiles.CertificateName} is missing: whoever reaches a silo at {address} could act as "
                + "anybody.";
        }
    }

    private void Answer(SslServerAuthenticationOptions options)
    {
        var now = member;
        options.ServerCertificate = null;
        options.ServerCertificateSelectionCallback = null;
        options.ServerCertificateContext = now.Shown;
        options.CertificateChainPolicy = now.Policy();
        // A resumed TLS session would skip the check against the certificates that are trusted now.
        options.AllowTlsResume = false;
    }

    private void Ask(SslClientAuthenticationOptions options)
    {
        var now = member;
        options.ClientCertificates = null;
        options.LocalCertificateSelectionCallback = null;
        options.ClientCertificateContext = now.Shown;
        options.CertificateChainPolicy = now.Policy();
        options.AllowTlsResume = false;
    }
}

internal static class TrustRegistration
{
    /// <summary>Uses TLS on the silo's ports and to other silos, where certificates are configured.</summary>
    public static void UseTrust(this ISiloBuilder silo)
    {
        if (silo.Services.AddTrust(silo.Configuration, isSilo: true) is { } trust) silo.UseTls(trust.Secure);
    }

    /// <summary>Uses TLS to silos, where certificates are configured.</summary>
    public static void UseTrust(this IClientBuilder client)
    {
        if (client.Services.AddTrust(client.Configuration, isSilo: false) is { } trust) client.UseTls(trust.Secure);
    }

    private static ClusterTrust? AddTrust(this IServiceCollection services, IConfiguration configuration, bool isSilo)
    {
        if (TrustFiles.From(configuration) is not { } files) return null;
        var trust = new ClusterTrust(files, isSilo);
        services.AddSingleton(trust);
        services.AddHostedService<TrustWatch>();
        return trust;
    }
}
