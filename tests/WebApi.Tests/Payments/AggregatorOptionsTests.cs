using JikoXpress.Payments;
using JikoXpress.Payments.Vendors.ClickPesa;
using JikoXpress.WebApi.Payments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace JikoXpress.WebApi.Tests.Payments;

/// <summary>The file with the accounts at aggregators, and what a host does not start on.</summary>
public sealed class AggregatorOptionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jiko-accounts-").FullName;

    [Fact]
    public void Accounts_come_in_the_order_of_the_file_with_the_secrets_of_their_files()
    {
        var accounts = Read("Development", $$"""
            [
              {
                "name": "pay", "vendor": "PAWAPAY", "address": "https://api.sandbox.pawapay.io",
                "apiTokenFile": "{{Secret("token-of-pawapay")}}", "webhookTokenFile": "{{Token}}"
              },
              {{ClickPesa()}}
            ]
            """);

        Assert.Equal(["pay", "clickpesa"], accounts.Select(account => account.Name));
        var second = Assert.IsType<ClickPesaSettings>(accounts[1]);
        Assert.Equal(("key-of-clickpesa", true, 3_000_000), (second.ApiKey, second.Previews, second.Most));
        Assert.Null(second.ChecksumKey);
    }

    [Fact]
    public void An_account_does_not_tell_its_secrets_to_a_log() => Assert.DoesNotContain(
        "key-of-clickpesa", $"{Read("Development", $"[{ClickPesa()}]").Single()}", StringComparison.Ordinal);

    [Theory]
    [InlineData("\"apiKey\": \"in the open\"", "has apiKey")]
    [InlineData("\"live\": \"yes\"", "live of account clickpesa is true or false")]
    [InlineData("\"most\": -1", "most of account clickpesa is a whole number")]
    [InlineData("\"checksumMethod\": \"none\"", "checksumMethod of account clickpesa is canonical or legacy")]
    [InlineData("\"checksumKeyFile\": \"/nowhere\"", "checksumKeyFile of account clickpesa is the name of a file")]
    public void What_is_wrong_is_named(string member, string named) =>
        Assert.Contains(named, Refused("Development", $"[{ClickPesa(member)}]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("no json")]
    public void What_is_no_list_of_accounts_is_named(string json) =>
        Assert.Contains("no list of accounts", Refused("Development", json), StringComparison.Ordinal);

    [Fact]
    public void Two_accounts_of_one_name_are_refused() => Assert.Contains(
        "two accounts named clickpesa", Refused("Development", $"[{ClickPesa()}, {ClickPesa()}]"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Production", "https://api-sandbox.clickpesa.com/third-parties", false)]
    [InlineData("Production", "http://api.clickpesa.com/third-parties", false)]
    [InlineData("Production", "https://127.0.0.1/clickpesa", false)]
    [InlineData("Development", "https://sandbox.clickpesa.com", true)]
    [InlineData("Development", "http://127.0.0.1:5090/clickpesa", true)]
    public void An_address_that_takes_no_real_money_is_refused_where_money_is_real(
        string environment, string address, bool live) => Assert.Contains(
            "takes no real money",
            Refused(environment, $"[{ClickPesa(live ? "\"live\": true" : "\"live\": false", address)}]"),
            StringComparison.Ordinal);

    [Fact]
    public void A_secret_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var open = Secret("key-of-checksums");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Contains(
            "readable by its owner only",
            Refused("Development", $"[{ClickPesa($"\"checksumKeyFile\": \"{open}\"")}]"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Token => Secret("a-token-that-nobody-can-guess-0001");

    private string ClickPesa(
        string more = "\"live\": false", string address = "https://api.clickpesa.com/third-parties") => $$"""
        {
          "name": "clickpesa", "vendor": "CLICKPESA", "address": "{{address}}", "clientId": "ID1",
          "apiKeyFile": "{{Secret("key-of-clickpesa")}}", "webhookTokenFile": "{{Token}}", {{more}}
        }
        """;

    private string Secret(string text)
    {
        var file = Path.Combine(folder, Guid.CreateVersion7().ToString());
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private string Refused(string environment, string json) =>
        Assert.Throws<InvalidOperationException>(() => Read(environment, json)).Message;

    private IReadOnlyList<AggregatorAccount> Read(string environment, string json)
    {
        var configuration = new ConfigurationManager();
        configuration["JIKO_AGGREGATORS"] = Secret(json);
        return AggregatorOptions.From(configuration, new Environment(environment), simulator: null);
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "jiko";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
