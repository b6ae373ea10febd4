using System.Diagnostics;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Names the request's span by its route. The path itself is left out, since it may hold a secret, such as the token at
/// the end of a webhook's path.
/// </summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    /// <remarks>The web server makes a span of each request for its log, also where nobody collects them.</remarks>
    public Task InvokeAsync(HttpContext http) =>
        Activity.Current is { IsAllDataRequested: true } span && span.Source.HasListeners()
            ? Named(span, http)
            : next(http);

    private async Task Named(Activity span, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? "";
        span.DisplayName = $"{http.Request.Method} {route}".TrimEnd();
        span.SetTag("url.path", null).SetTag("url.query", null).SetTag("http.route", route);
        try
        {
            await next(http);
        }
        finally
        {
            span.SetTag("http.response.status_code", http.Response.StatusCode);
        }
    }
}
