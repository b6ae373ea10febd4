using JikoXpress.WebApi.Problems;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Binding;

/// <summary>Bodies must be application/json in UTF-8, without another charset or compression.</summary>
internal static class MediaType
{
    public const string Json = "application/json";

    public static Problem? Refusal(HttpRequest request) =>
        request.Headers.ContentEncoding.Count is 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(HeaderUtilities.RemoveQuotes(type.Charset))
            ? null
            : Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType);

    private static bool IsUtf8(StringSegment charset) =>
        !charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
