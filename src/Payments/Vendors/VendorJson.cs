using System.Text.Json;
using JikoXpress.Domain;

namespace JikoXpress.Payments.Vendors;

/// <summary>Reads JSON that others have written: nothing here throws, and what is not as expected is missing.</summary>
internal static class VendorJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Null when it is no JSON, is nested too deeply, or has a key twice.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Parse"/>, but only an object.</summary>
    public static JsonElement? ParseObject(ReadOnlySpan<byte> json) =>
        Parse(json) is { ValueKind: JsonValueKind.Object } root ? root : null;

    extension(JsonElement element)
    {
        /// <summary>A member of this name; null when it is missing, null, or this is no object.</summary>
        public JsonElement? Member(string name) =>
            element.ValueKind is JsonValueKind.Object
            && element.TryGetProperty(name, out var member)
            && member.ValueKind is not JsonValueKind.Null
                ? member
                : null;

        /// <summary>A member's text, if it has some.</summary>
        public string? Text(string name)
        {
            if (element.Member(name) is not { ValueKind: JsonValueKind.String } member) return null;
            try
            {
                return member.GetString() is { Length: > 0 } text ? text : null;
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair.
                return null;
            }
        }

        /// <summary>
        /// An amount as number or text, as <see cref="Currencies"/> reads it; null for anything else.
        /// </summary>
        public Money? Amount(string name, Currency currency) => currency.Read(element.Written(name) ?? "");

        /// <summary>A number or text as it is written: for people.</summary>
        public string? Written(string name) => element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { ValueKind: JsonValueKind.String } => element.Text(name),
            _ => null,
        };

        public IEnumerable<JsonElement> Items() =>
            element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [];
    }
}
