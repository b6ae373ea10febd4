using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain;

/// <summary>The mobile money networks of Tanzania.</summary>
public enum MobileNetwork { Vodacom = 1, Airtel, Yas, Halotel }

/// <summary>Which network a phone is of: by its prefix, or as its owner says.</summary>
public static class MobileNetworks
{
    /// <summary>
    /// The first two digits after +255 of each network's numbers, from ClickPesa's phone validator of June 2026.
    /// Numbers can be ported, so this is only a good guess.
    /// </summary>
    private static readonly Dictionary<MobileNetwork, string[]> Prefixes = new()
    {
        [MobileNetwork.Vodacom] = ["72", "74", "75", "76", "79"],
        [MobileNetwork.Airtel] = ["66", "68", "69", "78"],
        [MobileNetwork.Yas] = ["65", "67", "70", "71", "77"],
        [MobileNetwork.Halotel] = ["61", "62", "63"],
    };

    private static readonly Dictionary<string, MobileNetwork> OfPrefix = Prefixes
        .SelectMany(network => network.Value.Select(prefix => KeyValuePair.Create(prefix, network.Key)))
        .ToDictionary();

    extension(MobileNetwork network)
    {
        /// <summary>What customers call the network's money.</summary>
        public string Brand => network switch
        {
            MobileNetwork.Vodacom => "M-Pesa",
            MobileNetwork.Airtel => "Airtel Money",
            MobileNetwork.Yas => "Mixx by Yas",
            MobileNetwork.Halotel => "HaloPesa",
        };

        /// <summary>The word for it in payments: that of <see cref="TillNames.NetworkOf"/>.</summary>
        public string Word => network is MobileNetwork.Yas ? "TIGO" : network.WireName;

        /// <summary>The first two digits after +255 of the numbers that it gives out.</summary>
        public Sequence<string> Given => [.. Prefixes[network]];
    }

    /// <summary>The network of a phone by its prefix; null when none is known for it.</summary>
    /// <param name="phone">In E.164.</param>
    public static MobileNetwork? Of(string phone) =>
        PhoneNumber.IsTanzanianMobile(phone) && OfPrefix.TryGetValue(phone[4..6], out var network) ? network : null;

    /// <summary>The network that a provider's name means; null for another, or none.</summary>
    public static MobileNetwork? Named(string? provider)
    {
        if (provider is null) return null;
        var word = TillNames.NetworkOf(provider);
        foreach (var network in Enum.GetValues<MobileNetwork>())
        {
            if (network.Word == word) return network;
        }

        return null;
    }
}
