using JikoXpress.Domain;

namespace JikoXpress.Payments.Vendors;

/// <summary>Phone numbers in the forms of aggregators.</summary>
internal static class VendorPhones
{
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
}
