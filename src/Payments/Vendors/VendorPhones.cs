using JikoXpress.Domain;

namespace JikoXpress.Payments.Vendors;

/// <summary>Phone numbers in the forms of aggregators, and the networks that their prefixes belong to.</summary>
internal static class VendorPhones
{
    /// <summary>
    /// The networks of Tanzania's mobile prefixes, from ClickPesa's phone validator of June 2026. Numbers can be
    /// ported, so this is only a good guess.
    /// </summary>
    private static readonly Dictionary<Network, string[]> Prefixes = new()
    {
        [Network.Halotel] = ["61", "62", "63"],
        [Network.Yas] = ["65", "67", "70", "71", "77"],
        [Network.Airtel] = ["66", "68", "69", "78"],
        [Network.Vodacom] = ["72", "74", "75", "76", "79"],
    };

    private static readonly Dictionary<string, Network> Networks = Prefixes
        .SelectMany(network => network.Value.Select(prefix => KeyValuePair.Create(prefix, network.Key)))
        .ToDictionary();

    /// <param name="phone">In E.164.</param>
    public static string International(string phone) => phone.TrimStart('+');

    /// <param name="phone">In E.164, of Tanzania.</param>
    public static string Local(string phone) => $"0{phone[4..]}";

    /// <summary>E.164 from any form of an aggregator; null when it is no Tanzanian mobile number.</summary>
    public static string? Known(string? text)
    {
        var digits = text?.TrimStart('+') ?? "";
        var phone = digits switch
        {
            ['2', '5', '5', ..] => $"+{digits}",
            ['0', ..] => $"+255{digits[1..]}",
            _ => $"+255{digits}",
        };
        return PhoneNumber.IsTanzanianMobile(phone) ? phone : null;
    }

    /// <summary>E.164 from digits that begin with those of the country; null when it is no mobile number.</summary>
    public static string? KnownAbroad(string? text) =>
        $"+{text?.TrimStart('+')}" is var phone && PhoneNumber.IsMobile(phone) ? phone : null;

    /// <summary>The network of a phone; null when none is known for its prefix.</summary>
    /// <param name="phone">In E.164, of Tanzania.</param>
    public static Network? NetworkOf(string phone) =>
        Networks.TryGetValue(phone[4..6], out var network) ? network : null;
}

internal enum Network { Vodacom = 1, Airtel, Yas, Halotel }
