using JikoXpress.Printing;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Chooses the form of a slip by the Accept header.</summary>
internal static class SlipAccept
{
    private static readonly string[] MediaTypes = [.. SlipFormat.All.Select(format => format.MediaType)];

    public static Problem Refusal { get; } = new(
        StatusCodes.Status406NotAcceptable, "not-acceptable",
        $"A slip is given as {string.Join(", ", MediaTypes)}.");

    /// <summary>The format that the caller prefers; null if it accepts none.</summary>
    public static SlipFormat? Choose(HttpRequest request) =>
        AcceptHeader.Choose(request, MediaTypes) is { } type
            ? SlipFormat.All.First(format => format.MediaType == type)
            : null;
}

/// <summary>Reads the width of the printer's paper from the query.</summary>
internal static class PaperQuery
{
    public static Paper Paper(this Query query) =>
        query.Some("paper", "58", "80").Contains("58") ? Printing.Paper.Roll58 : Printing.Paper.Roll80;
}
