using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace JikoXpress.WebApi.Binding;

/// <summary>What a body must be before anything is read from it: one JSON object in UTF-8, nothing twice.</summary>
internal static class JsonShape
{
    public const int Deepest = 16;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = Deepest,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    private static readonly JsonDocumentOptions Flawless = Strict with { AllowDuplicateProperties = false };

    /// <summary>
    /// The object that the bytes spell, where nothing is wrong with it; null where <see cref="Parse"/> and
    /// <see cref="Repeated"/> can say what is.
    /// </summary>
    public static JsonElement? ParseFlawless(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !Utf8.IsValid(bytes) || !SurrogatesPair(bytes)) return null;
        try
        {
            return JsonElement.Parse(bytes, Flawless) is { ValueKind: JsonValueKind.Object } root ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object that the bytes spell; null, with the reason, where they do not spell one.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> bytes, out string reason)
    {
        reason = "The body is empty; a JSON object is expected.";
        if (bytes.IsEmpty) return null;
        reason = "The body is not valid UTF-8, or it names half a surrogate pair.";
        if (!Utf8.IsValid(bytes) || !SurrogatesPair(bytes)) return null;
        try
        {
            var root = JsonElement.Parse(bytes, Strict);
            reason = "The body must be one JSON object.";
            return root.ValueKind is JsonValueKind.Object ? root : null;
        }
        catch (JsonException fault)
        {
            reason = $"The body is not valid JSON, or nested deeper than {Deepest}: line {fault.LineNumber + 1}, "
                + $"byte {fault.BytePositionInLine + 1}.";
            return null;
        }
    }

    /// <summary>The pointers of the members whose name was used before in the same object.</summary>
    public static IEnumerable<string> Repeated(JsonElement element, string pointer = "") => element.ValueKind switch
    {
        JsonValueKind.Object => RepeatedIn(element, pointer),
        JsonValueKind.Array => element.EnumerateArray().Index()
            .SelectMany(item => Repeated(item.Item, $"{pointer}/{item.Index}")),
        _ => [],
    };

    /// <summary>The pointer of a member (RFC 6901, section 3).</summary>
    public static string Below(string pointer, string name) => name.AsSpan().ContainsAny('~', '/')
        ? $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"
        : $"{pointer}/{name}";

    private static IEnumerable<string> RepeatedIn(JsonElement element, string pointer)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var below = Below(pointer, member.Name);
            if (!names.Add(member.Name)) yield return below;
            foreach (var repeated in Repeated(member.Value, below)) yield return repeated;
        }
    }

    /// <summary>In JSON a backslash stands only in strings, so the escapes can be looked at without parsing.</summary>
    private static bool SurrogatesPair(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; rest.IndexOf((byte)'\\') is >= 0 and var found;)
        {
            rest = rest[found..];
            var unit = CodeUnit(rest);
            var pairs = char.IsHighSurrogate(unit) && rest.Length > 6 && char.IsLowSurrogate(CodeUnit(rest[6..]));
            if (char.IsSurrogate(unit) && !pairs) return false;
            rest = rest[Math.Min(rest.Length, pairs ? 12 : 2)..];
        }

        return true;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[..2].SequenceEqual("\\u"u8)
        && ushort.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : default;
}
