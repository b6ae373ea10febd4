using System.Buffers;
using JikoXpress.Grains.Abstractions.Callers;

namespace JikoXpress.WebApi.Access;

/// <summary>Tokens are taken from the Authorization header only, never from a query or a cookie.</summary>
internal static class BearerTokens
{
    private const string Scheme = "Bearer ";
    private const int Longest = 512;

    /// <summary>RFC 6750, section 2.1.</summary>
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    extension(HttpContext http)
    {
        /// <summary>The request's token, read and hashed once; null where it carries none that could be one.</summary>
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
    }

    private static string? TextOf(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header[Scheme.Length..] is { Length: > 0 and <= Longest } text
        && !text.AsSpan().ContainsAnyExcept(Characters)
            ? text
            : null;
}
