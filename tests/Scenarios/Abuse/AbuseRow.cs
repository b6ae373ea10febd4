using System.Globalization;
using System.Text;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>What somebody hostile or mistaken sends, byte by byte, and the answer that is due.</summary>
/// <param name="Code">Null where the web server itself hangs up with a bare status, or nothing is refused.</param>
/// <param name="Text">The request; names that begin with $ stand for this restaurant's tokens and ids.</param>
internal sealed record AbuseRow(string Name, int Status, string? Code, string Text)
{
    /// <summary>An otherwise proper POST of this body by a cashier.</summary>
    public static AbuseRow Body(
        string name, int status, string? code, string body, string contentType = "application/json") =>
        new(name, status, code, Post(body, $"Content-Type: {contentType}\r\n"));

    /// <summary>A sale that would pass, with one part of it replaced.</summary>
    public static AbuseRow Sale(string name, int status, string code, string part, string by) =>
        Body(name, status, code, ProperSale.Replace(part, by, StringComparison.Ordinal));

    /// <summary>A sale that would pass, with more headers.</summary>
    public static AbuseRow Headers(string name, int status, string? code, string headers) =>
        new(name, status, code, Post(ProperSale, $"Content-Type: application/json\r\n{headers}\r\n"));

    public static AbuseRow Get(string name, int status, string? code, string target, string headers = "") =>
        new(name, status, code, $"GET {target} HTTP/1.1\r\n{Head}{headers}\r\n");

    public const string ProperSale =
        "{\"sessionType\":\"IMMEDIATE\",\"channel\":\"POS\",\"fulfillmentType\":\"PICKUP\",\"tag\":\"John\","
        + "\"items\":[{\"menuId\":\"$pilau\",\"quantity\":1,\"itemInstructions\":null}],"
        + "\"payments\":[{\"paymentMethod\":\"CASH\",\"amount\":5000}]}";

    public const string Head = "Host: localhost\r\nAuthorization: Bearer $cashier\r\nConnection: close\r\n";

    public static string Post(string body, string headers) =>
        $"POST /api/v1/checkout-sessions HTTP/1.1\r\n{Head}{headers}Content-Length: $length\r\n\r\n{body}";

    public byte[] Bytes(TestKitchen kitchen)
    {
        var filled = Text
            .Replace("$cashier", kitchen.Cashier.Token, StringComparison.Ordinal)
            .Replace("$kiosk", kitchen.Kiosk.Token, StringComparison.Ordinal)
            .Replace("$kitchen", $"{kitchen.Id}", StringComparison.Ordinal)
            .Replace("$pilau", $"{kitchen.Pilau}", StringComparison.Ordinal);
        var body = filled.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var length = (filled.Length - body).ToString(CultureInfo.InvariantCulture);
        return Encoding.Latin1.GetBytes(filled.Replace("$length", length, StringComparison.Ordinal));
    }
}
