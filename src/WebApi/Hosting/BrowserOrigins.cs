using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_CORS_ORIGINS: the origins whose pages may call the API, separated by commas, as in
/// https://till.example.co.tz,https://menu.example.co.tz. By default none may. An origin is exact: its scheme, its
/// host, and its port where that is not the usual one. There is no wildcard, and no cookie goes along: pages send
/// their token themselves.
/// </summary>
internal static class BrowserOrigins
{
    /// <summary>How long a browser remembers what it may do. Chromium keeps it for two hours at the most.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly string[] Sent =
    [
        HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch,
        "Idempotency-Key", "Last-Event-ID", HeaderNames.TraceParent,
    ];

    private static readonly string[] Seen =
        [HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, "Idempotency-Replayed"];

    /// <exception cref="InvalidOperationException">An entry is no origin.</exception>
    public static string[] From(IConfiguration configuration)
    {
        string[] origins = (configuration["JIKO_CORS_ORIGINS"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(origins, origin => !IsOrigin(origin)) is { } wrong
            ? throw new InvalidOperationException(
                $"JIKO_CORS_ORIGINS must hold origins, as in https://till.example.co.tz; {wrong} is none.")
            : origins;
    }

    /// <summary>
    /// Answers the preflights of the API's paths, and says to a browser whether a page may read an answer, refusals
    /// included.
    /// </summary>
    public static void UseBrowserOrigins(this WebApplication app)
    {
        if (From(app.Configuration) is not { Length: > 0 } origins) return;
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            api => api.UseCors(policy => Allow(policy, origins)));
    }

    private static void Allow(CorsPolicyBuilder policy, string[] origins) => policy
        // As a function, so that each answer says that it varies by origin, even where there is only one.
        .SetIsOriginAllowed(origin => origins.Contains(origin, StringComparer.Ordinal))
        .WithMethods(Methods)
        .WithHeaders(Sent)
        .WithExposedHeaders(Seen)
        .SetPreflightMaxAge(Remembered);

    /// <summary>Written as browsers write it (RFC 6454, section 6.2).</summary>
    public static bool IsOrigin(string text) =>
        !text.Contains('*', StringComparison.Ordinal)
        && text.All(char.IsAscii)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length is 0
        && text == uri.GetLeftPart(UriPartial.Authority);
}
