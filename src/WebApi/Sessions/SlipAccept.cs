using JikoXpress.Printing;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Chooses the form of a slip by the Accept header (RFC 9110, section 12.5.1).</summary>
internal static class SlipAccept
{
    public static Problem Refusal { get; } = new(
        StatusCodes.Status406NotAcceptable, "not-acceptable",
        $"A slip is given as {string.Join(", ", SlipFormat.All.Select(format => format.MediaType))}.");

    /// <summary>The format that the caller prefers; the first of ours among equals. Null if it accepts none.</summary>
    public static SlipFormat? Choose(HttpRequest request)
    {
        if (request.Headers.Accept.Count is 0) return SlipFormat.All[0];
        List<string> headers = [.. request.Headers.Accept.OfType<string>()];
        if (!MediaTypeHeaderValue.TryParseList(headers, out var accepted)) return null;
        var best = SlipFormat.All.MaxBy(format => Liking(accepted, format));
        return best is not null && Liking(accepted, best) > 0 ? best : null;
    }

    /// <summary>The quality value of the most specific media range that matches the format.</summary>
    private static double Liking(IList<MediaTypeHeaderValue> accepted, SlipFormat format)
    {
        var type = new MediaTypeHeaderValue(format.MediaType);
        return accepted
            .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}

/// <summary>Reads the width of the printer's paper from the query.</summary>
internal static class PaperQuery
{
    public static Paper Paper(this Query query) =>
        query.Some("paper", "58", "80").Contains("58") ? Printing.Paper.Roll58 : Printing.Paper.Roll80;
}
