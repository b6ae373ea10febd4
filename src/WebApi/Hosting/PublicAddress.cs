namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_PUBLIC_URL: where customers' browsers reach this installation, as in https://pay.example.co.tz, without a
/// path. The addresses of pages begin with it: on slips, in QR codes, and where a card gateway sends a customer back
/// to. Without it they begin as the request's address did, which is right on one's own machine only: a till may call
/// by an address of the restaurant's network, and anybody can send a Host header.
/// </summary>
internal sealed class PublicAddress(string? origin)
{
    public const string Setting = "JIKO_PUBLIC_URL";

    /// <exception cref="InvalidOperationException">The setting is not the origin of a web site.</exception>
    public static string? From(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => null,
        var text when BrowserOrigins.IsOrigin(text) => text,
        var wrong => throw new InvalidOperationException(
            $"{Setting} must be as in https://pay.example.co.tz, without a path; {wrong} is not."),
    };

    public string Of(HttpRequest request) => origin ?? $"{request.Scheme}://{request.Host}";
}

internal static class PublicAddresses
{
    extension(HttpContext http)
    {
        /// <summary>The scheme and host with which addresses for customers begin; no slash at the end.</summary>
        public string PublicAddress =>
            http.RequestServices.GetRequiredService<PublicAddress>().Of(http.Request);
    }
}
