using JikoXpress.WebApi.Hosting;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Origins are exact, and what is none is refused at the start.</summary>
public sealed class BrowserOriginsTests
{
    [Theory]
    [InlineData(null, new string[0])]
    [InlineData("", new string[0])]
    [InlineData("https://a.example", new[] { "https://a.example" })]
    [InlineData("https://a.example:8443, http://localhost:3000", new[] { "https://a.example:8443", "http://localhost:3000" })]
    public void Are_read_as_a_list(string? setting, string[] origins) => Assert.Equal(origins, From(setting));

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://*.example")]
    [InlineData("https://a.example/")]
    [InlineData("https://a.example/till")]
    [InlineData("https://a.example:443")]
    [InlineData("https://A.example")]
    [InlineData("https://user@a.example")]
    [InlineData("ftp://a.example")]
    [InlineData("a.example")]
    [InlineData("https://a.example,*")]
    public void Are_exact(string setting)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => From(setting));
        Assert.Contains("JIKO_CORS_ORIGINS", refused.Message, StringComparison.Ordinal);
    }

    private static string[] From(string? setting) => BrowserOrigins.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("JIKO_CORS_ORIGINS", setting)]).Build());
}
