namespace JikoXpress.Silo.Tests.Deployment;

/// <summary>The compose file tells the product only what it reads, and gives it all that it is told of.</summary>
public sealed class Compose
{
    private const string Secrets = "/run/secrets/";

    private static readonly Dictionary<string, object> File = Repository.Yaml("docker-compose.yml");

    /// <summary>Silos and front ends.</summary>
    public static TheoryData<string> Members =>
        [.. Services.Where(IsMember)];

    private static IEnumerable<string> Services => Map(File, "services").Keys.Select(name => (string)name);

    [Fact]
    public void It_has_silos_and_front_ends() =>
        Assert.Equal(["silo", "web"], Services.Where(IsMember).Order());

    [Theory, MemberData(nameof(Members))]
    public void The_product_reads_every_setting(string service) => Assert.Empty(
        Environment(service).Keys
            .Where(name => name.StartsWith("JIKO_", StringComparison.Ordinal)).Except(Repository.Settings));

    [Theory, MemberData(nameof(Members))]
    public void Every_member_has_a_certificate_and_its_own(string service)
    {
        var environment = Environment(service);

        Assert.Equal($"{Secrets}{service}.crt", environment["JIKO_CLUSTER_CERTIFICATE"]);
        Assert.Equal($"{Secrets}{service}.key", environment["JIKO_CLUSTER_KEY"]);
        Assert.Equal($"{Secrets}ca.crt", environment["JIKO_CLUSTER_CA"]);
    }

    [Theory, MemberData(nameof(Members))]
    public void A_secret_that_is_named_is_given_and_no_other(string service) => Assert.Equal(
        Environment(service).Values
            .Where(value => value.StartsWith(Secrets, StringComparison.Ordinal))
            .Select(value => value[Secrets.Length..]).Order(),
        Given(service).Order());

    [Fact]
    public void Every_secret_is_a_file_that_the_documentation_makes()
    {
        var secrets = Map(File, "secrets");

        Assert.Equal(
            Services.SelectMany(Given).Distinct().Order(), secrets.Keys.Select(name => (string)name).Order());
        Assert.All(secrets.Keys, name =>
        {
            Assert.Equal($"./secrets/{name}", Map(secrets, name)["file"]);
            Assert.True(
                Repository.Cluster.Contains($">secrets/{name}\n", StringComparison.Ordinal)
                || Repository.Cluster.Contains($" authority/{name} ", StringComparison.Ordinal), $"Who makes {name}?");
        });
    }

    private static bool IsMember(string service) => Environment(service).ContainsKey("JIKO_ROLE");

    private static Dictionary<string, string> Environment(string service) =>
        Map(Map(File, "services"), service).TryGetValue("environment", out var environment)
            ? ((Dictionary<object, object>)environment).ToDictionary(
                pair => (string)pair.Key, pair => pair.Value as string ?? "")
            : [];

    private static IEnumerable<string> Given(string service) =>
        ((List<object>)Map(Map(File, "services"), service)["secrets"]).Select(name => (string)name);

    private static Dictionary<object, object> Map(Dictionary<string, object> map, string key) =>
        (Dictionary<object, object>)map[key];

    private static Dictionary<object, object> Map(Dictionary<object, object> map, object key) =>
        (Dictionary<object, object>)map[key];
}
