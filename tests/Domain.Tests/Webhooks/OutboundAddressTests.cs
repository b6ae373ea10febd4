using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Domain.Tests.Webhooks;

/// <summary>To which addresses merchants may have something sent, by their text.</summary>
public sealed class OutboundAddressTests
{
    [Theory]
    [InlineData("https://shop.example/hook")]
    [InlineData("https://shop.example/hook?order=12")]
    [InlineData("https://SHOP.example")]
    [InlineData("https://shop.example.")]
    [InlineData("https://shop.example:443/")]
    [InlineData("https://shop.example:1024/")]
    [InlineData("https://shop.example:65535/")]
    [InlineData("https://xn--mgbh0fb.example/")]
    [InlineData("https://localhost.shop.example/")]
    public void A_public_host_by_its_name_with_https_is_allowed(string url)
    {
        Assert.True(OutboundAddress.IsAllowed(url, isLive: true));
        Assert.True(OutboundAddress.IsAllowed(url, isLive: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("shop.example")]
    [InlineData("http://shop.example/")]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://shop.example/")]
    [InlineData("https://user:secret@shop.example/")]
    [InlineData("https://user@shop.example/")]
    [InlineData("https://shop.example/#part")]
    [InlineData("https://shop.example/\n")]
    [InlineData("https://shop.example:1023/")]
    [InlineData("https://shop.example:22/")]
    [InlineData("https://shop/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://METADATA.INTERNAL./")]
    [InlineData("https://printer.local/")]
    [InlineData("https://till.lan/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https://shop.localhost/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://0x0a000001/")]
    [InlineData("https://3232235521/")]
    [InlineData("https://0300.0250.0.1/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    public void Everything_else_is_refused(string url)
    {
        Assert.False(OutboundAddress.IsAllowed(url, isLive: true));
        Assert.False(OutboundAddress.IsAllowed(url, isLive: false));
    }

    [Theory]
    [InlineData("http://localhost:5173/hook")]
    [InlineData("http://127.0.0.1/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("http://[::1]:80/")]
    public void The_own_machine_is_good_enough_in_test_mode(string url)
    {
        Assert.True(OutboundAddress.IsAllowed(url, isLive: false));
        Assert.False(OutboundAddress.IsAllowed(url, isLive: true));
    }

    [Fact]
    public void An_address_has_at_most_2048_characters()
    {
        const string Host = "https://shop.example/";
        Assert.True(OutboundAddress.IsAllowed(Host + new string('a', 2_048 - Host.Length), isLive: true));
        Assert.False(OutboundAddress.IsAllowed(Host + new string('a', 2_049 - Host.Length), isLive: true));
    }
}
