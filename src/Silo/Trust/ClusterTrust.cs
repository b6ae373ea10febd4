using System.Net;
using System.Net.Security;
using JikoXpress.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Connections.Security;

namespace JikoXpress.Silo.Trust;

/// <summary>
/// Members of a cluster speak TLS, and each shows a certificate of the cluster's authority: silos to each other, and
/// front ends to silos. Silos are found by address, and addresses change; so the name in a certificate does not count,
/// who signed it does.
/// </summary>
internal sealed class ClusterTrust
{
    private readonly TrustFiles files;
    private readonly bool isSilo;
    private TrustTexts texts;
    private volatile MemberCertificate member;

    /// <exception cref="InvalidOperationException">A file is not what it should be; the message says what.</exception>
    public ClusterTrust(TrustFiles files, bool isSilo)
    {
        this.files = files;
        this.isSilo = isSilo;
        texts = files.Read();
        member = MemberCertificate.From(texts, isSilo);
    }

    public MemberCertificate Member => member;

    /// <summary>Takes what the files hold now, for connections to come; those that are open go on.</summary>
    /// <returns>Whether it is something new.</returns>
    /// <exception cref="InvalidOperationException">It would not do, and what there was is kept.</exception>
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
        // Orleans asks for one, and looks whether it may be used; what is shown is chosen for each connection, below.
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

    /// <summary>What live mode does not start on.</summary>
    public static IEnumerable<string> Risks(IConfiguration configuration, Role role)
    {
        if (TrustFiles.From(configuration) is { } files)
        {
            if (files.EverybodyMayReadTheKey) yield return $"{TrustFiles.KeyName} can be read by everybody.";
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
        // A new connection is judged by what is trusted now, and not by what was when there was one before.
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
    /// <summary>TLS on the silo's ports and to those of others, where certificates are set.</summary>
    public static void UseTrust(this ISiloBuilder silo)
    {
        if (silo.Services.AddTrust(silo.Configuration, isSilo: true) is { } trust) silo.UseTls(trust.Secure);
    }

    /// <summary>TLS to silos, where certificates are set.</summary>
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
