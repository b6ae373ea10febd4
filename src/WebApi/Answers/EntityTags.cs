using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Answers;

/// <summary>
/// Conditional requests (RFC 9110, section 13). A tag names one representation (section 8.8.3), so the compressed form
/// of a view has a tag of its own: the view's, with the encoding at its end, as in "3.2-gzip". The state is the same,
/// so either tag is known in If-None-Match and in If-Match.
/// </summary>
internal static class EntityTags
{
    private static readonly string[] Encodings = ["-br", "-gzip"];

    /// <summary>Sets the ETag, which gets the encoding when the answer starts, if it is compressed.</summary>
    public static void Put(HttpResponse response, string tag)
    {
        response.Headers.ETag = tag;
        if (response.HttpContext.Request.Headers.AcceptEncoding.Count > 0) response.OnStarting(AddEncoding, response);
    }

    /// <summary>The tag in If-None-Match that names this view; its own if it is named by * only.</summary>
    public static string Known(HttpRequest request, string tag) => request.Headers.IfNoneMatch == tag
        ? tag
        : Parsed(request.Headers.IfNoneMatch)?.Select(known => known.Tag.ToString())
            .FirstOrDefault(known => View(known) == tag) ?? tag;

    /// <summary>True if the If-None-Match of a GET names the tag.</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        var asked = request.Headers.IfNoneMatch;
        if (asked.Count is 0 || !HttpMethods.IsGet(request.Method)) return false;
        return asked == tag
            || (Parsed(asked) is { } tags && tags.Any(known => known.Tag == "*" || View(known.Tag.ToString()) == tag));
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
                StatusCodes.Status412PreconditionFailed, "version-mismatch",
                "The object has changed since it was read.");
    }

    private static Task AddEncoding(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.ContentEncoding is [{ } encoding] && headers.ETag is [{ } tag])
            headers.ETag = $"{tag[..^1]}-{encoding}\"";
        return Task.CompletedTask;
    }

    /// <summary>The tag without an encoding.</summary>
    private static string View(string tag) =>
        Encodings.FirstOrDefault(encoding => tag.EndsWith($"{encoding}\"", StringComparison.Ordinal)) is { } end
            ? $"{tag[..^(end.Length + 1)]}\""
            : tag;

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
