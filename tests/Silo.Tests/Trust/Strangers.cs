using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using JikoXpress.Jiko;
using JikoXpress.Silo.Hosting;
using JikoXpress.Silo.Trust;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>Who reaches a port of a silo, and has no certificate of its authority, does not reach Orleans.</summary>
public sealed class Strangers(GuardedSilo silo) : IClassFixture<GuardedSilo>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SslApplicationProtocol Protocol = new("Orleans1");

    public static TheoryData<string, bool> Knocks => new()
    {
        { "plain text", true }, { "plain text", false },
        { "no certificate", true }, { "no certificate", false },
        { "another authority", true }, { "another authority", false },
        { "a signature of its own", true }, { "a signature of its own", false },
        { "an old certificate", true }, { "an old certificate", false },
        { "a certificate for servers", true }, { "a certificate for servers", false },
    };

    [Theory, MemberData(nameof(Knocks))]
    public async Task A_stranger_is_not_let_in(string with, bool isGateway)
    {
        var (arrived, admitted) = (silo.Arrived, silo.Admitted);
        using var certificate = Stranger(with);

        await Knock(isGateway, isPlain: with is "plain text", certificate, SslProtocols.None);

        Assert.True(silo.Arrived > arrived);
        Assert.Equal(admitted, silo.Admitted);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_older_protocol_lets_no_stranger_in_either(SslProtocols protocol)
    {
        var admitted = silo.Admitted;
        using var certificate = Stranger("another authority");

        await Knock(isGateway: true, isPlain: false, certificate, protocol);

        Assert.Equal(admitted, silo.Admitted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_is_let_in(bool isGateway)
    {
        var admitted = silo.Admitted;
        using var certificate = silo.Authority.Sign(Authority.FrontEndUsage);

        await Knock(isGateway, isPlain: false, certificate, SslProtocols.None, says: "This is not Orleans' protocol.");

        Assert.Equal(admitted + 1, silo.Admitted);
    }

    [Fact]
    public async Task A_front_end_with_a_certificate_gets_answers()
    {
        using var client = Client(front =>
        {
            front.Configuration.AddInMemoryCollection(silo.Authority.Files("front", Authority.FrontEndUsage));
            front.UseOrleansClient(client => Find(client).UseTrust());
        });
        await client.StartAsync();

        var hosts = await client.Services.GetRequiredService<IClusterClient>()
            .GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);

        Assert.Single(hosts);
        await client.StopAsync();
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("no certificate")]
    [InlineData("another authority")]
    public async Task A_client_of_Orleans_without_the_right_certificate_does_not_start(string with)
    {
        var (arrived, admitted) = (silo.Arrived, silo.Admitted);
        using var certificate = Stranger(with);
        using var client = Client(front => front.UseOrleansClient(client =>
        {
            Find(client);
            if (with is "plain text") return;
            client.UseTls(tls =>
            {
                tls.LocalCertificate = certificate;
                tls.AllowAnyRemoteCertificate();
            });
        }));

        await MustFail(client.StartAsync());

        Assert.True(silo.Arrived > arrived);
        Assert.Equal(admitted, silo.Admitted);
    }

    [Fact]
    public async Task A_front_end_does_not_talk_to_a_silo_of_another_authority()
    {
        var (arrived, admitted) = (silo.Arrived, silo.Admitted);
        using var certificate = silo.Authority.Sign(Authority.FrontEndUsage);
        using var client = Client(front =>
        {
            // The silo would take this certificate; it is the front end that refuses the silo's.
            front.Configuration.AddInMemoryCollection(silo.OtherAuthority.Files("front", Authority.FrontEndUsage));
            front.UseOrleansClient(client => Find(client).UseTrust());
        });

        await MustFail(client.StartAsync());

        Assert.True(silo.Arrived > arrived);
        Assert.Equal(admitted, silo.Admitted);
    }

    [Fact]
    public async Task A_silo_of_another_authority_does_not_become_active()
    {
        var (arrived, admitted) = (silo.Arrived, silo.Admitted);
        await using var stranger = JikoXpressSilo.Build(["--role", "silo", "--environment", "Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                .. silo.Settings, .. silo.OtherAuthority.Files("silo", Authority.SiloUsage),
                new("JIKO_SILO_PORT", $"{Ports.Free()}"), new("JIKO_GATEWAY_PORT", $"{Ports.Free()}"),
            ]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.Configure<ClusterMembershipOptions>(
                membership => membership.MaxJoinAttemptTime = TimeSpan.FromSeconds(3));
            builder.Services.AddSingleton<IFatalErrorHandler, EndsAlone>();
        });

        await MustFail(stranger.StartAsync());

        Assert.True(silo.Arrived > arrived);
        Assert.Equal(admitted, silo.Admitted);
        Assert.Equal(1, await silo.Database.Ask<long>(
            "SELECT count(*) FROM jiko_cluster.silo WHERE cluster = 'guarded' AND status = 3"));
    }

    [Fact]
    public async Task A_new_certificate_is_shown_to_whoever_comes_next()
    {
        using var renewed = silo.Authority.Sign(Authority.SiloUsage);
        using var visitor = silo.Authority.Sign(Authority.FrontEndUsage);
        silo.Authority.Files("silo", renewed);

        Assert.True(silo.Trust.Renew());
        Assert.False(silo.Trust.Renew());

        var shown = await Knock(isGateway: true, isPlain: false, visitor, SslProtocols.None, says: "Who are you?");
        Assert.Equal(renewed.Thumbprint, shown);
    }

    private X509Certificate2? Stranger(string with) => with switch
    {
        "another authority" => silo.OtherAuthority.Sign(Authority.FrontEndUsage),
        "a signature of its own" => SelfSigned(),
        "an old certificate" => silo.Authority.Sign(Authority.FrontEndUsage, ends: -1),
        "a certificate for servers" => silo.Authority.Sign([Authority.SiloUsage[0]]),
        _ => null,
    };

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create();
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Connects, says something, and waits until the silo ends the connection.</summary>
    /// <returns>The thumbprint of the certificate that the silo shows.</returns>
    private async Task<string?> Knock(
        bool isGateway, bool isPlain, X509Certificate2? certificate, SslProtocols protocol,
        string says = "\0\0\0\0 as one who belongs to it would")
    {
        X509Certificate? shown = null;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(isGateway ? silo.Gateway : silo.Silo);
        await using var plain = tcp.GetStream();
        await using var tls = new SslStream(plain);
        try
        {
            if (!isPlain)
            {
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = "",
                    ApplicationProtocols = [Protocol],
                    EnabledSslProtocols = protocol,
                    ClientCertificateContext = certificate is null
                        ? null
                        : SslStreamCertificateContext.Create(certificate, null, offline: true),
                    RemoteCertificateValidationCallback = (_, theirs, _, _) => (shown = theirs) is not null,
                }).WaitAsync(Patience);
            }

            Stream stream = isPlain ? plain : tls;
            // Longer than the preamble of Orleans, so that the silo has all that it waits for.
            await stream.WriteAsync(Encoding.ASCII.GetBytes(says.PadRight(100)));
            var answer = new byte[1000];
            while (await stream.ReadAsync(answer).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (Exception ended) when (ended is IOException or AuthenticationException)
        {
            // A connection may also end with an alert, or be reset.
        }

        return shown?.GetCertHashString();
    }

    /// <summary>By itself, and not because the test would not wait any longer.</summary>
    private static async Task MustFail(Task start) => Assert.IsNotType<TimeoutException>(
        await Assert.ThrowsAnyAsync<Exception>(() => start.WaitAsync(Patience)));

    /// <summary>
    /// A silo that is told that it is dead ends its process, which here is that of the tests. The silo that it cannot
    /// talk to may be first to tell it so, before it gives up itself.
    /// </summary>
    private sealed class EndsAlone : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => false;

        public void OnFatalException(object? sender, string? context, Exception? exception)
        {
        }
    }

    private static IHost Client(Action<HostApplicationBuilder> adjust)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        adjust(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder.Build();
    }

    private IClientBuilder Find(IClientBuilder client) => client
        .UseStaticClustering(silo.Gateway)
        .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
        .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("guarded", "jiko"));
}
