using System.Buffers;

namespace JikoXpress.WebApi.Binding;

/// <summary>Ids are UUIDs in the usual form (RFC 9562, section 4), in small or capital letters.</summary>
internal static class Uuid
{
    private const int Length = 36;
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789ABCDEFabcdef-");

    /// <summary>Null for any other text, and for all zeros. Guid.Parse would accept blanks and signs.</summary>
    public static Guid? Parse(string? text) =>
        text is { Length: Length }
        && !text.AsSpan().ContainsAnyExcept(Characters)
        && Guid.TryParseExact(text, "D", out var id)
        && id != Guid.Empty
            ? id
            : null;
}
