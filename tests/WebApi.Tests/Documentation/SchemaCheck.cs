using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>
/// Holds JSON against schemas of the API's document (JSON Schema 2020-12, the part that the document uses; a keyword
/// beyond that part is an error). Objects that say nothing of further members are taken to have none.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> Silent = ["description", "title", "default", "examples", "example", "discriminator"];

    /// <summary>What is wrong, each with the place; nothing where the value is as the schema says.</summary>
    public IEnumerable<string> Wrong(JsonNode? value, JsonNode schema, string at = "") =>
    [
        .. WrongHere(value, schema, at),
        .. value is JsonObject given && Closed(schema) is { Count: > 0 } known
            ? given.Where(member => !known.Contains(member.Key)).Select(member => $"{at}/{member.Key} is not described")
            : [],
    ];

    public JsonNode Find(string reference) => reference.Split('/').Skip(1)
        .Aggregate(document, (node, name) => node[name.Replace("~1", "/", StringComparison.Ordinal)]
            ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private IEnumerable<string> WrongHere(JsonNode? value, JsonNode schema, string at) =>
        schema.AsObject().SelectMany(keyword => Keyword(keyword.Key, keyword.Value, value, schema, at));

    /// <summary>All members that an object may have; none where the schema says itself what else it may have.</summary>
    private HashSet<string> Closed(JsonNode schema) =>
        schema["additionalProperties"] is null ? [.. Members(schema)] : [];

    private IEnumerable<string> Members(JsonNode schema) =>
    [
        .. (schema["properties"] as JsonObject ?? []).Select(member => member.Key),
        .. schema["$ref"] is { } reference ? Members(Find((string)reference!)) : [],
        .. (schema["allOf"] as JsonArray ?? []).SelectMany(part => Members(part!)),
    ];

    private IEnumerable<string> Keyword(
        string name, JsonNode? rule, JsonNode? value, JsonNode schema, string at) => name switch
        {
            "$ref" => WrongHere(value, Find((string)rule!), at),
            _ when Silent.Contains(name) => [],
            "type" => Unless(Types(rule!).Any(type => IsOf(type, value)), at, $"is no {rule}"),
            "enum" => Unless(rule!.AsArray().Any(word => JsonNode.DeepEquals(word, value)), at, $"is none of {rule}"),
            "const" => Unless(JsonNode.DeepEquals(rule, value), at, $"is not {rule}"),
            "allOf" => rule!.AsArray().SelectMany(part => WrongHere(value, part!, at)),
            "oneOf" => Unless(rule!.AsArray().Count(part => !Wrong(value, part!, at).Any()) is 1, at, "is none of several"),
            "items" => (value as JsonArray ?? []).SelectMany((item, index) => Wrong(item, rule!, $"{at}/{index}")),
            "properties" => rule!.AsObject()
                .Where(member => value is JsonObject given && given.ContainsKey(member.Key))
                .SelectMany(member => Wrong(value![member.Key], member.Value!, $"{at}/{member.Key}")),
            "required" => rule!.AsArray()
                .Where(member => value is JsonObject given && !given.ContainsKey((string)member!))
                .Select(member => $"{at} lacks {member}"),
            "additionalProperties" => (value as JsonObject ?? [])
                .Where(member => (schema["properties"] as JsonObject)?.ContainsKey(member.Key) is not true)
                .SelectMany(member => rule!.GetValueKind() is JsonValueKind.False
                    ? [$"{at}/{member.Key} is not allowed"]
                    : Wrong(member.Value, rule, $"{at}/{member.Key}")),
            "minimum" => Unless(Number(value) is not { } number || number >= (decimal)rule!, at, $"is below {rule}"),
            "maximum" => Unless(Number(value) is not { } number || number <= (decimal)rule!, at, $"is above {rule}"),
            "minLength" => Unless(Text(value) is not { } text || text.Length >= (int)rule!, at, $"is shorter than {rule}"),
            "maxLength" => Unless(Text(value) is not { } text || text.Length <= (int)rule!, at, $"is longer than {rule}"),
            "minItems" => Unless(value is not JsonArray list || list.Count >= (int)rule!, at, $"has fewer than {rule}"),
            "maxItems" => Unless(value is not JsonArray list || list.Count <= (int)rule!, at, $"has more than {rule}"),
            "pattern" => Unless(Text(value) is not { } text || Regex.IsMatch(text, (string)rule!), at, $"is not {rule}"),
            "format" => Unless(Text(value) is not { } text || HasFormat((string)rule!, text), at, $"is no {rule}"),
            _ => throw new InvalidOperationException($"The keyword {name} is not checked."),
        };

    private static IEnumerable<string> Unless(bool well, string at, string wrong) => well ? [] : [$"{at} {wrong}"];

    private static IEnumerable<string> Types(JsonNode rule) =>
        rule is JsonArray several ? several.Select(type => (string)type!) : [(string)rule!];

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => !value!.ToJsonString().AsSpan().ContainsAny(".eE"),
        _ => false,
    };

    private static bool HasFormat(string format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.EndsWith('Z')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
        "time" => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => throw new InvalidOperationException($"The format {format} is not checked."),
    };

    private static decimal? Number(JsonNode? value) =>
        value?.GetValueKind() is JsonValueKind.Number ? value.GetValue<decimal>() : null;

    private static string? Text(JsonNode? value) =>
        value?.GetValueKind() is JsonValueKind.String ? (string?)value : null;
}
