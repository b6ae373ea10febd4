using System.Runtime.Versioning;
using JikoXpress.Postgres;
using JikoXpress.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>Where guests pay with real money, nobody talks to a silo over a network without a certificate.</summary>
public sealed class LiveClusters : IDisposable
{
    private const string Good = "Wr7-mB2q-Zk9x-Lf4t-Hn6v-Yc8s-Pd3j-Gq5w";

    private readonly Authority authority = new();

    [Theory]
    [InlineData("all")]
    [InlineData("silo")]
    [InlineData("web")]
    public void A_silo_that_others_reach_needs_a_certificate(string role) => Assert.Equal(
        ["JIKO_CLUSTER_CERTIFICATE is missing: whoever reaches a silo at 10.0.0.7 could act as anybody."],
        Refused(role, Set("JIKO_SILO_ADDRESS", "10.0.0.7")));

    [Fact]
    public void A_front_end_that_knows_nothing_of_its_silos_needs_a_certificate() => Assert.Equal(
        [
            "JIKO_CLUSTER_CERTIFICATE is missing: a front end does without it only where JIKO_SILO_ADDRESS says that "
            + "the silos are on this machine.",
        ],
        Refused("web"));

    [Theory]
    [InlineData("all", "")]
    [InlineData("silo", "")]
    [InlineData("silo", "127.0.0.1")]
    [InlineData("silo", "::1")]
    [InlineData("web", "127.0.0.1")]
    [InlineData("web", "localhost")]
    public void On_one_machine_nobody_does(string role, string address) =>
        Assert.Empty(Refused(role, Set("JIKO_SILO_ADDRESS", address)));

    [Theory]
    [InlineData("all", "10.0.0.7")]
    [InlineData("silo", "10.0.0.7")]
    [InlineData("web", "")]
    public void With_a_certificate_silos_may_be_anywhere(string role, string address) => Assert.Empty(Refused(
        role, [Set("JIKO_SILO_ADDRESS", address), .. authority.Files("member", Authority.SiloUsage)]));

    [Theory, UnsupportedOSPlatform("windows")]
    [InlineData("JIKO_CLUSTER_CERTIFICATE", UnixFileMode.GroupWrite)]
    [InlineData("JIKO_CLUSTER_KEY", UnixFileMode.GroupWrite)]
    [InlineData("JIKO_CLUSTER_CA", UnixFileMode.OtherWrite)]
    public void A_file_of_the_cluster_that_others_can_change_is_named(string name, UnixFileMode others)
    {
        var files = authority.Files("member", Authority.SiloUsage);
        var file = files.Single(setting => setting.Key == name).Value!;

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Assert.Equal([$"{name} can be written by others than its owner."], Refused("silo", files));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void A_key_that_everybody_can_read_is_named()
    {
        var files = authority.Files("member", Authority.SiloUsage);
        const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.GroupRead;

        File.SetUnixFileMode(authority.PathOf("member.key"), OwnerAndGroup | UnixFileMode.OtherRead);
        Assert.Equal(["JIKO_CLUSTER_KEY can be read by everybody."], Refused("silo", files));

        File.SetUnixFileMode(authority.PathOf("member.key"), OwnerAndGroup);
        Assert.Empty(Refused("silo", files));
    }

    [Fact]
    public void It_is_named_with_everything_else() => Assert.Equal(
        3, Refused("silo", Set("JIKO_SILO_ADDRESS", "10.0.0.7"), Set("JIKO_DEMO", "true"), Set("JIKO_PIN_PEPPER", ""))
            .Count);

    [Fact]
    public void A_test_may_do_without() => Assert.Null(Record.Exception(
        () => Build("silo", Set("JIKO_MODE", "test"), Set("JIKO_SILO_ADDRESS", "10.0.0.7"))));

    public void Dispose() => authority.Dispose();

    private static KeyValuePair<string, string?> Set(string name, string value) => new(name, value);

    private static IReadOnlyList<string> Refused(string role, params KeyValuePair<string, string?>[] settings) =>
        Record.Exception(() => Build(role, settings)) switch
        {
            null => [],
            LiveModeException refused => refused.Reasons,
            var other => throw new InvalidOperationException("It ended for another reason.", other),
        };

    private static void Build(string role, params KeyValuePair<string, string?>[] settings)
    {
        using var built = (IDisposable)JikoXpressSilo.Build(["--role", role, "--environment", "Production"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                new("JIKO_MODE", "live"), new("JIKO_POSTGRES", "Host=127.0.0.1"), new("JIKO_PIN_PEPPER", Good),
                new("JIKO_OPERATOR_KEY", Good), new("urls", "http://127.0.0.1:0"),
            ]);
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders();
        });
    }
}
