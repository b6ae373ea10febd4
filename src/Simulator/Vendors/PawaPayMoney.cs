using System.Globalization;

namespace JikoXpress.Simulator.Vendors;

/// <summary>
/// Amounts and networks as pawaPay writes them. The simulator counts in the smallest unit of each currency, and has its
/// own list of those, so that a mistake of the product's is not made twice.
/// </summary>
internal static class PawaPayMoney
{
    private static readonly string[] WithCents =
        ["CDF", "GHS", "KES", "MWK", "MZN", "NGN", "SLE", "USD", "ZMW"];

    /// <summary>Of which pawaPay takes no cents: such an amount has no point.</summary>
    private static readonly string[] WholeOnly = ["CDF", "KES", "NGN"];

    private static readonly (string Code, string Country, string Network)[] Networks =
    [
        ("255", "TZA", "VODACOM_TZA"), ("254", "KEN", "MPESA_KEN"), ("256", "UGA", "MTN_MOMO_UGA"),
        ("250", "RWA", "MTN_MOMO_RWA"), ("260", "ZMB", "MTN_MOMO_ZMB"), ("265", "MWI", "AIRTEL_MWI"),
        ("233", "GHA", "MTN_MOMO_GHA"), ("243", "COD", "VODACOM_MPESA_COD"), ("225", "CIV", "ORANGE_CIV"),
        ("221", "SEN", "ORANGE_SEN"), ("237", "CMR", "MTN_MOMO_CMR"), ("258", "MOZ", "VODACOM_MOZ"),
    ];

    /// <summary>The amount in the smallest unit.</summary>
    /// <exception cref="FormatException">pawaPay would refuse it.</exception>
    public static long Read(string amount, string currency)
    {
        var parts = amount.Split('.');
        var cents = parts.Length > 1 ? parts[1] : "";
        if (parts.Length > 2 || cents.Length > 2 || (cents.Length > 0 && WholeOnly.Contains(currency)))
            throw new FormatException($"pawaPay takes no {amount} {currency}.");
        var whole = long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return WithCents.Contains(currency)
            ? (whole * 100) + (cents.Length is 0 ? 0 : int.Parse(cents.PadRight(2, '0'), CultureInfo.InvariantCulture))
            : whole;
    }

    public static string Write(string units, string? currency)
    {
        if (!WithCents.Contains(currency)) return units;
        var amount = long.Parse(units, CultureInfo.InvariantCulture) / 100m;
        return amount.ToString(WholeOnly.Contains(currency) ? "0.##" : "0.00", CultureInfo.InvariantCulture);
    }

    public static (string Country, string Provider) NetworkOf(string phone)
    {
        var digits = phone.TrimStart('+');
        var known = Networks.FirstOrDefault(network => digits.StartsWith(network.Code, StringComparison.Ordinal));
        return known.Code is null ? ("TZA", "VODACOM_TZA") : (known.Country, known.Network);
    }
}
