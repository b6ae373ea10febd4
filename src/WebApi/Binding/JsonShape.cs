using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace JikoXpress.WebApi.Binding;

/// <summary>Checks the form of a body: one JSON object in UTF-8, without repeated members.</summary>
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
    /// Fast path: parses the bytes if they have no error. Returns null if they have one; <see cref="Parse"/> and
    /// <see cref="Repeated"/> then find it.
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

    /// <summary>Parses the bytes as a JSON object; null, with the reason, if they are none.</summary>
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

    /// <summary>JSON pointers of the members that occur more than once in their object.</summary>
    public static IEnumerable<string> Repeated(JsonElement element, string pointer = "") => element.ValueKind switch
    {
        JsonValueKind.Object => RepeatedIn(element, pointer),
        JsonValueKind.Array => element.EnumerateArray().Index()
            .SelectMany(item => Repeated(item.Item, $"{pointer}/{item.Index}")),
        _ => [],
    };

    /// <summary>The JSON pointer of a member (RFC 6901, section 3).</summary>
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

    /// <summary>In JSON a backslash occurs only in strings, so the escapes can be checked before parsing.</summary>
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
