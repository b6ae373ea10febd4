namespace JikoXpress.Domain;

/// <summary>
/// Tanzanian mobile numbers in E.164: +255, then nine digits beginning with 6 or 7 (TCRA numbering plan).
/// </summary>
public static class PhoneNumber
{
    public static bool IsTanzanianMobile(string text) =>
        text.Length == 13
        && text.StartsWith("+255", StringComparison.Ordinal)
        && text[4] is '6' or '7'
        && text.AsSpan(5).ContainsAnyExceptInRange('0', '9') is false;
}
