using System.Globalization;
using System.Text.Json;

namespace JikoXpress.Scenarios.Vocabulary;

/// <summary>
/// Holds an answer against what a scenario says of it. What the scenario does not mention may be anything; the lists it
/// mentions have just as many items. "*" stands for any value but null, and null for a member that is not there.
/// </summary>
internal static class JsonSubset
{
    /// <summary>One line for each difference; none where the answer is as expected.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, JsonElement? actual, string at = "") =>
        (expected.ValueKind, actual) switch
        {
            (JsonValueKind.Null, null or { ValueKind: JsonValueKind.Null }) => [],
            (JsonValueKind.String, { ValueKind: not JsonValueKind.Null }) when expected.ValueEquals("*") => [],
            (JsonValueKind.Object, { ValueKind: JsonValueKind.Object } given) => expected.EnumerateObject()
                .SelectMany(member => Differences(member.Value, Member(given, member.Name), $"{at}/{member.Name}")),
            (JsonValueKind.Array, { ValueKind: JsonValueKind.Array } given)
                when expected.GetArrayLength() == given.GetArrayLength() => expected.EnumerateArray()
                .Zip(given.EnumerateArray())
                .SelectMany((pair, index) => Differences(pair.First, pair.Second, $"{at}/{index}")),
            (JsonValueKind.Array, { ValueKind: JsonValueKind.Array } given) =>
                [$"{at}: expected {expected.GetArrayLength()} items, got {given.GetArrayLength()}"],
            (_, { } given) when IsSame(expected, given) => [],
            _ => [$"{at}: expected {expected.GetRawText()}, got {actual?.GetRawText() ?? "nothing"}"],
        };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Moments are the same moments however they are written.</summary>
    private static bool IsSame(JsonElement expected, JsonElement actual) =>
        JsonElement.DeepEquals(expected, actual)
        || (Moment(expected) is { } one && Moment(actual) is { } other && one == other);

    private static DateTimeOffset? Moment(JsonElement element) =>
        element.ValueKind is JsonValueKind.String
        && element.GetString() is { Length: >= 20 } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
