using System.Buffers;
using System.Text;
using JikoXpress.Grains.Abstractions.Callers;

namespace JikoXpress.WebApi.Access;

/// <summary>
/// Reads tokens from the Authorization header only, never from the query or a cookie: as a bearer token, or, on pages
/// for a browser, as the password of basic authentication. What may stand in a query is <see cref="StreamTickets"/>.
/// </summary>
internal static class BearerTokens
{
    private const string Scheme = "Bearer ";
    private const string BrowsersScheme = "Basic ";
    private const int Longest = 512;

    /// <summary>RFC 6750, section 2.1.</summary>
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    extension(HttpContext http)
    {
        /// <summary>The request's token, read and hashed once; null if there is none of a valid form.</summary>
        public BearerToken? BearerToken
        {
            get
            {
                if (http.Features.Get<BearerToken>() is { } known) return known;
                if (TextOf(http.Request.Headers.Authorization.ToString()) is not { } text) return null;
                var token = new BearerToken(text);
                http.Features.Set(token);
                return token;
            }
        }

        /// <summary>The password of basic authentication, with any user name (RFC 7617); null if none.</summary>
        public BearerToken? TypedToken =>
            PasswordOf(http.Request.Headers.Authorization.ToString()) is { } password && IsToken(password)
                ? new BearerToken(password)
                : null;
    }

    private static string? TextOf(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header[Scheme.Length..] is var text
        && IsToken(text)
            ? text
            : null;

    private static string? PasswordOf(string header)
    {
        Span<byte> pair = stackalloc byte[Longest];
        if (!header.StartsWith(BrowsersScheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[BrowsersScheme.Length..], pair, out var length)) return null;
        var colon = pair[..length].IndexOf((byte)':');
        return colon < 0 ? null : Encoding.UTF8.GetString(pair[(colon + 1)..length]);
    }

    private static bool IsToken(string text) =>
        text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Characters);
}
