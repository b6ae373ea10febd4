using JikoXpress.Payments;
using JikoXpress.WebApi.Payments;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.WebApi.Tests.Payments;

/// <summary>The file with what forwards the notifications of tills: whole and clear, or the product does not start.</summary>
public sealed class TillOptionsTests : IDisposable
{
    private const string Key = "whsec_dGhlLXBob25lLW9mLXRoZS10aWxsLWZvcndhcmRzLWl0cy1tZXNzYWdlcw==";
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly Guid Kitchen = new(7, 0, 0, new byte[8]);

    private readonly string folder = Directory.CreateTempSubdirectory("tills").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_forwarder_has_a_name_a_kitchen_and_two_secrets()
    {
        var forwarder = Assert.Single(Read(Entry()));

        Assert.Equal(new TillForwarder("mama", Kitchen, Token, Key), forwarder);
        Assert.DoesNotContain(Token, $"{forwarder}", StringComparison.Ordinal);
        Assert.True(forwarder.IsItsToken(Token));
        Assert.False(forwarder.IsItsToken(Token[..^1]));
        Assert.Empty(TillOptions.From(new ConfigurationManager()));
    }

    [Fact]
    public void What_is_wrong_keeps_the_product_from_starting()
    {
        Refuses("{}");
        Refuses("?");
        Refuses(Entry(name: "Mama"), "small letters");
        Refuses(Entry(name: ""), "small letters");
        Refuses($"{Entry()}, {Entry()}", "two forwarders named mama");
        Refuses(Entry(token: "short"), "at least 32");
        Refuses(Entry(key: "whsec_this is no base64, and long enough"), "base64");
        Refuses(Entry().Replace("\"kitchen\"", "\"kitchens\"", StringComparison.Ordinal));
        Refuses(Entry().Replace("\"name\"", "\"vendor\": 1, \"name\"", StringComparison.Ordinal));
        Refuses($$"""{ "name": "mama", "kitchen": "{{Kitchen}}", "tokenFile": "/nowhere", "keyFile": "/nowhere" }""", "can be read");
        var configuration = new ConfigurationManager();
        configuration["JIKO_TILLS"] = "/nowhere";
        Assert.Throws<InvalidOperationException>(() => TillOptions.From(configuration));
    }

    private void Refuses(string entries, string because = "") =>
        Assert.Contains(
            because, Assert.Throws<InvalidOperationException>(() => Read(entries)).Message, StringComparison.Ordinal);

    private IReadOnlyList<TillForwarder> Read(string entries)
    {
        var configuration = new ConfigurationManager();
        configuration["JIKO_TILLS"] = Written($"[{entries}]");
        return TillOptions.From(configuration);
    }

    private string Entry(string name = "mama", string token = Token, string key = Key) => $$"""
        {
          "name": "{{name}}", "kitchen": "{{Kitchen}}", "tokenFile": "{{Written(token)}}", "keyFile": "{{Written(key)}}"
        }
        """;

    private string Written(string text)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
