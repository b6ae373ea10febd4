using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>The address with which customers' pages begin.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData(null, "http://till.local:5000")]
    [InlineData("", "http://till.local:5000")]
    [InlineData("https://pay.example.co.tz", "https://pay.example.co.tz")]
    public void Is_the_setting_or_else_where_the_request_came_to(string? setting, string address)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("till.local", 5000));

        Assert.Equal(address, new PublicAddress(From(setting)).Of(http.Request));
    }

    [Theory]
    [InlineData("pay.example.co.tz")]
    [InlineData("https://pay.example.co.tz/")]
    [InlineData("https://pay.example.co.tz/shop")]
    [InlineData("ftp://pay.example.co.tz")]
    [InlineData("https://user@pay.example.co.tz")]
    public void Is_an_origin(string setting)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => From(setting));
        Assert.Contains("JIKO_PUBLIC_URL", refused.Message, StringComparison.Ordinal);
    }

    private static string? From(string? setting) => PublicAddress.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("JIKO_PUBLIC_URL", setting)]).Build());
}
