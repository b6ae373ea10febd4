using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Answers;

/// <summary>Conditional requests (RFC 9110, section 13).</summary>
internal static class EntityTags
{
    /// <summary>True if the If-None-Match of a GET names the tag.</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        var asked = request.Headers.IfNoneMatch;
        if (asked.Count is 0 || !HttpMethods.IsGet(request.Method)) return false;
        return asked == tag || (Parsed(asked) is { } tags && tags.Any(known => known.Tag == "*" || known.Tag == tag));
    }

    /// <summary>The problem if If-Match names no tag of the current state; else null.</summary>
    /// <param name="state">The part of the tag for the state, without what was expanded.</param>
    public static Problem? Mismatch(HttpRequest request, string state)
    {
        var asked = request.Headers.IfMatch;
        if (asked.Count is 0) return null;
        return Parsed(asked) is { } tags && tags.Any(tag => !tag.IsWeak && IsOf(tag.Tag.ToString(), state))
            ? null
            : new Problem(
                StatusCodes.Status412PreconditionFailed, "version-mismatch", "It has changed since it was read.");
    }

    /// <summary>
    /// The problem if a request bears If-Match where nothing is compared with it: the caller would believe that it was.
    /// </summary>
    public static Problem? Unheeded(HttpContext http)
    {
        if (http.Request.Headers.IfMatch.Count is 0 || http.GetEndpoint() is not RouteEndpoint endpoint) return null;
        return endpoint.Metadata.GetOrderedMetadata<Heeded>().Any(heeded => heeded.Headings.Contains(Heading.Match))
            ? null
            : new Problem(
                StatusCodes.Status400BadRequest, "precondition-not-accepted", "If-Match is not compared here.");
    }

    private static bool IsOf(string tag, string state) =>
        tag is "*" || tag == $"\"{state}\"" || tag.StartsWith($"\"{state}-", StringComparison.Ordinal);

    private static IList<EntityTagHeaderValue>? Parsed(IList<string?> headers) =>
        EntityTagHeaderValue.TryParseList([.. headers.OfType<string>()], out var tags) ? tags : null;
}
