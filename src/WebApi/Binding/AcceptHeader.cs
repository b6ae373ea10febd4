using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Binding;

/// <summary>Chooses the form of an answer by the Accept header (RFC 9110, section 12.5.1).</summary>
internal static class AcceptHeader
{
    /// <summary>
    /// The media type that the caller prefers; the first of ours among equals, or without the header. Null if it
    /// accepts none of them.
    /// </summary>
    public static string? Choose(HttpRequest request, IReadOnlyList<string> mediaTypes)
    {
        if (request.Headers.Accept.Count is 0) return mediaTypes[0];
        List<string> headers = [.. request.Headers.Accept.OfType<string>()];
        if (!MediaTypeHeaderValue.TryParseList(headers, out var accepted)) return null;
        var best = mediaTypes.MaxBy(type => Liking(accepted, type));
        return best is not null && Liking(accepted, best) > 0 ? best : null;
    }

    /// <summary>The quality value of the most specific media range that matches the type.</summary>
    private static double Liking(IList<MediaTypeHeaderValue> accepted, string mediaType)
    {
        var type = new MediaTypeHeaderValue(mediaType);
        return accepted
            .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
