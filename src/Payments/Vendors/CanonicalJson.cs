using System.Text;
using System.Text.Json;

namespace JikoXpress.Payments.Vendors;

/// <summary>
/// JSON as JavaScript's JSON.stringify writes it, with the keys of every object sorted. The encoders of
/// System.Text.Json escape more than JavaScript does (apostrophes, letters with accents, emoji), so the text is written
/// here.
/// </summary>
internal static class CanonicalJson
{
    /// <param name="without">Members of the outermost object that are left out.</param>
    /// <exception cref="InvalidOperationException">A text has half of a surrogate pair.</exception>
    public static string Of(JsonElement root, params ReadOnlySpan<string> without)
    {
        var text = new StringBuilder();
        var members = root.EnumerateObject().Where(Keep(without.ToArray()));
        WriteObject(text, members);
        return text.ToString();
    }

    private static Func<JsonProperty, bool> Keep(string[] without) => member => !without.Contains(member.Name);

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value.EnumerateObject());
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var isFirst = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!isFirst) text.Append(',');
                    isFirst = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString() ?? "");
                break;
            default:
                // Numbers as they came, true, false and null.
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, IEnumerable<JsonProperty> members)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            WriteText(text, member.Name);
            text.Append(':');
            Write(text, member.Value);
        }

        text.Append('}');
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append($"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
