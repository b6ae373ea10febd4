using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JikoXpress.Silo.Trust;
using JikoXpress.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>A process says what is wrong with its certificate as it starts, and sees a new one while it runs.</summary>
public sealed class CertificateFiles : IDisposable
{
    private readonly Authority authority = new();
    private readonly Authority other = new();

    [Fact]
    public void Nothing_set_is_no_TLS() => Assert.Null(TrustFiles.From(Configuration([])));

    [Theory]
    [InlineData("JIKO_CLUSTER_CERTIFICATE")]
    [InlineData("JIKO_CLUSTER_KEY")]
    [InlineData("JIKO_CLUSTER_CA")]
    public void One_that_is_not_set_is_named(string name) => Assert.StartsWith(
        $"{name} is missing",
        Refused([.. Good().Where(setting => setting.Key != name)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("JIKO_CLUSTER_CERTIFICATE")]
    [InlineData("JIKO_CLUSTER_KEY")]
    [InlineData("JIKO_CLUSTER_CA")]
    public void A_file_that_is_not_there_is_named(string name) => Assert.Equal(
        $"{name} names a file that cannot be read.",
        Refused([.. Good(), new(name, authority.PathOf("nothing"))]));

    [Theory]
    [InlineData("JIKO_CLUSTER_CERTIFICATE", "JIKO_CLUSTER_CERTIFICATE holds no certificate in PEM.")]
    [InlineData("JIKO_CLUSTER_KEY", "JIKO_CLUSTER_KEY holds no private key in PEM, or one with a passphrase.")]
    [InlineData("JIKO_CLUSTER_CA", "JIKO_CLUSTER_CA holds no certificate in PEM.")]
    public void A_file_with_something_else_is_named(string name, string reason) =>
        Assert.Equal(reason, Refused([.. Good(), new(name, Written("else", "Something else.\n"))]));

    [Fact]
    public void A_certificate_that_is_cut_off_is_named() => Assert.Equal(
        "JIKO_CLUSTER_CERTIFICATE holds a certificate that cannot be read.",
        Refused([.. Good(), new("JIKO_CLUSTER_CERTIFICATE", Written(
            "broken", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"))]));

    [Fact]
    public void A_key_with_a_passphrase_is_named()
    {
        using var key = ECDsa.Create();
        var text = key.ExportEncryptedPkcs8PrivateKeyPem(
            "passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal(
            "JIKO_CLUSTER_KEY holds no private key in PEM, or one with a passphrase.",
            Refused([.. Good(), new("JIKO_CLUSTER_KEY", Written("locked", text))]));
    }

    [Fact]
    public void The_key_of_another_certificate_is_named() => Assert.Equal(
        "JIKO_CLUSTER_KEY is not the key of JIKO_CLUSTER_CERTIFICATE.",
        Refused([.. Good(), authority.Files("another", Authority.SiloUsage)[1]]));

    [Fact]
    public void A_certificate_of_another_authority_is_named() => Assert.Equal(
        "JIKO_CLUSTER_CERTIFICATE is not signed by a certificate of JIKO_CLUSTER_CA.",
        Refused([.. Good(), other.Files("member", Authority.SiloUsage)[2]]));

    [Fact]
    public void A_certificate_whose_time_is_over_is_named()
    {
        using var old = authority.Sign(Authority.SiloUsage, ends: -1);

        var reason = Refused(authority.Files("old", old));

        Assert.StartsWith("JIKO_CLUSTER_CERTIFICATE is valid from ", reason, StringComparison.Ordinal);
        Assert.Contains($"{old.NotAfter.ToUniversalTime():u}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_front_ends_does_for_them_alone()
    {
        var files = authority.Files("front", Authority.FrontEndUsage);

        Assert.Equal(
            "JIKO_CLUSTER_CERTIFICATE is not for servers and clients: its extended key usage lacks serverAuth or "
            + "clientAuth.", Refused(files));
        Assert.NotNull(Trust(files, isSilo: false).Member);
    }

    [Fact]
    public void A_certificate_that_ends_the_authorities_follows_is_known_by_the_earlier_end()
    {
        using var certificate = authority.Sign(Authority.SiloUsage, ends: 10);

        Assert.Equal(certificate.NotAfter, Trust(authority.Files("silo", certificate)).Member.Until.LocalDateTime);
    }

    [Fact]
    public void While_the_authority_changes_both_are_trusted()
    {
        using var certificate = authority.Sign(Authority.SiloUsage);
        var trust = Trust(authority.Files("silo", certificate, trusted: other.Pem + "\n" + authority.Pem));

        using var old = new X509Chain { ChainPolicy = trust.Member.Policy() };
        using var later = new X509Chain { ChainPolicy = trust.Member.Policy() };
        using var theirs = other.Sign(Authority.SiloUsage);

        Assert.True(old.Build(certificate));
        Assert.True(later.Build(theirs));
    }

    [Fact]
    public void What_does_not_fit_is_not_taken()
    {
        var trust = Trust(Good());
        var before = trust.Member;

        File.WriteAllText(authority.PathOf("member.key"), "Half a k");

        Assert.Throws<InvalidOperationException>(() => trust.Renew());
        Assert.Same(before, trust.Member);
    }

    [Fact]
    public async Task A_new_certificate_is_seen_within_a_minute_and_the_end_of_one_is_told_each_day()
    {
        using var first = authority.Sign(Authority.SiloUsage, ends: 31);
        using var second = authority.Sign(Authority.SiloUsage, ends: 365);
        var trust = Trust(authority.Files("silo", first));
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var log = new Heard();
        using var watch = new TrustWatch(trust, clock, log);
        await watch.StartAsync(CancellationToken.None);

        // Each look ends with the timer's being waited for again, so that none is skipped.
        clock.Advance(TimeSpan.FromDays(2));
        await Wait.Until(() => log.Lines.Count(line => line.StartsWith("After", StringComparison.Ordinal)) is 1);

        File.WriteAllText(authority.PathOf("silo.crt"), "Half a c");
        clock.Advance(TrustWatch.Interval);
        await Wait.Until(() => log.Lines.Any(line => line.StartsWith("The certificate in", StringComparison.Ordinal)));
        Assert.Equal(first.Thumbprint, trust.Member.Certificate.Thumbprint);

        authority.Files("silo", second);
        clock.Advance(TrustWatch.Interval);
        await Wait.Until(() => trust.Member.Certificate.Thumbprint == second.Thumbprint);
        await watch.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        authority.Dispose();
        other.Dispose();
    }

    private KeyValuePair<string, string?>[] Good() => authority.Files("member", Authority.SiloUsage);

    private string Written(string name, string text)
    {
        File.WriteAllText(authority.PathOf(name), text);
        return authority.PathOf(name);
    }

    private static string Refused(KeyValuePair<string, string?>[] settings) =>
        Assert.Throws<InvalidOperationException>(() => Trust(settings)).Message;

    private static ClusterTrust Trust(KeyValuePair<string, string?>[] settings, bool isSilo = true) => new(
        TrustFiles.From(Configuration(settings)) ?? throw new InvalidDataException("No certificate is set."), isSilo);

    private static IConfiguration Configuration(KeyValuePair<string, string?>[] settings) =>
        // Of one that is set twice the later counts.
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.GroupBy(setting => setting.Key).Select(group => group.Last())).Build();

    private sealed class Heard : ILogger<TrustWatch>
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
