namespace JikoXpress.Domain.Tests;

/// <summary>Which network a phone is of.</summary>
public sealed class MobileNetworksTests
{
    [Theory]
    [InlineData("+255754000001", MobileNetwork.Vodacom)]
    [InlineData("+255684000001", MobileNetwork.Airtel)]
    [InlineData("+255714000001", MobileNetwork.Yas)]
    [InlineData("+255624000001", MobileNetwork.Halotel)]
    [InlineData("+255734000001", null)]
    [InlineData("+254754000001", null)]
    [InlineData("0754000001", null)]
    public void A_prefix_shows_the_network(string phone, MobileNetwork? expected) =>
        Assert.Equal(expected, MobileNetworks.Of(phone));

    [Theory]
    [InlineData("VODACOM", MobileNetwork.Vodacom)]
    [InlineData("m-pesa", MobileNetwork.Vodacom)]
    [InlineData("Airtel Money", MobileNetwork.Airtel)]
    [InlineData("Mixx by Yas", MobileNetwork.Yas)]
    [InlineData("TIGO", MobileNetwork.Yas)]
    [InlineData("HaloPesa", MobileNetwork.Halotel)]
    [InlineData("MTN", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_providers_name_means_a_network(string? provider, MobileNetwork? expected) =>
        Assert.Equal(expected, MobileNetworks.Named(provider));

    [Fact]
    public void No_prefix_is_of_two_networks()
    {
        var given = Enum.GetValues<MobileNetwork>().SelectMany(network => network.Given).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(Enum.GetValues<MobileNetwork>(), network => Assert.NotEmpty(network.Brand));
    }
}
