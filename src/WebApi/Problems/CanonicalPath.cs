using JikoXpress.WebApi.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace JikoXpress.WebApi.Problems;

/// <summary>
/// Every resource has exactly one path. Routing ignores case, a slash at the end, and escapes; proxies, caches and logs
/// do not. So a path that is not spelt exactly answers 404. Pages of other libraries, such as the dashboard, are
/// exempt, since they link to each other in their own way.
/// </summary>
internal sealed class CanonicalPath(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.Metadata.GetMetadata<AccessPolicy>() is not { InBrowser: true }
        && !IsExact(http, endpoint.RoutePattern)
            ? FrameworkProblems.NotFound.ExecuteAsync(http)
            : next(http);

    private static bool IsExact(HttpContext http, RoutePattern pattern)
    {
        var path = http.Request.Path.Value ?? "";
        return IsUnescaped(http, path)
            && (path.Length is 1 || !path.EndsWith('/'))
            && LiteralsMatch(path, pattern);
    }

    private static bool IsUnescaped(HttpContext http, string path)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return !target.StartsWith('/') || target.AsSpan(0, LengthOfPath(target)).SequenceEqual(path);
    }

    private static int LengthOfPath(string target) => target.IndexOf('?', StringComparison.Ordinal) switch
    {
        < 0 => target.Length,
        var question => question,
    };

    private static bool LiteralsMatch(string path, RoutePattern pattern)
    {
        var sent = path.AsSpan().TrimStart('/');
        var segments = sent.Split('/');
        foreach (var expected in pattern.PathSegments)
        {
            if (!segments.MoveNext()) break;
            if (expected.Parts is [RoutePatternLiteralPart literal]
                && !sent[segments.Current].SequenceEqual(literal.Content))
                return false;
        }

        return true;
    }
}
