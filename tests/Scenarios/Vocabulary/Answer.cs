using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Scenarios.Vocabulary;

/// <summary>What the API answered, byte by byte.</summary>
/// <param name="Headers">All of them, by name; those sent more than once joined by commas.</param>
public sealed record Answer(
    string Request, int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The body as JSON; undefined where it is none.</summary>
    public JsonElement Json { get; } = Bytes.IsEmpty || !IsJson(Headers) ? default : JsonElement.Parse(Bytes.Span);

    public Guid Id => Guid.Parse(this["id"]);

    /// <summary>
    /// The text, or the number as text, that a path of member names and list positions leads to: "slip.slipCode".
    /// </summary>
    public string this[string path]
    {
        get
        {
            var element = At(path);
            return element.ValueKind is JsonValueKind.String ? element.GetString() ?? "" : element.GetRawText();
        }
    }

    public JsonElement At(string path)
    {
        var element = Json;
        foreach (var step in path.Split('.'))
        {
            var found = int.TryParse(step, out var index)
                ? index < element.GetArrayLength() ? element[index] : default
                : element.ValueKind is JsonValueKind.Object && element.TryGetProperty(step, out var member)
                    ? member
                    : default;
            if (found.ValueKind is JsonValueKind.Undefined) Assert.Fail($"There is no {path} in what {this} answered.");
            element = found;
        }

        return element;
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Fails unless the answer has the status and at least what <paramref name="expected"/> says.</summary>
    public Answer Is(int status, [StringSyntax(StringSyntaxAttribute.Json)] string? expected = null)
    {
        var differences = status == Status ? [] : new List<string> { $"status: expected {status}, got {Status}" };
        if (expected is not null) differences.AddRange(JsonSubset.Differences(JsonElement.Parse(expected), JsonOrNull));
        if (differences.Count > 0) Assert.Fail($"{string.Join('\n', differences)}\n\n{this}");
        return this;
    }

    /// <summary>Fails unless one of a list is like <paramref name="item"/>.</summary>
    public Answer Holds([StringSyntax(StringSyntaxAttribute.Json)] string item, string list = "data")
    {
        var expected = JsonElement.Parse(item);
        if (!At(list).EnumerateArray().Any(given => !JsonSubset.Differences(expected, given).Any()))
            Assert.Fail($"The list has no item like {item}\n\n{this}");
        return this;
    }

    public override string ToString() => $"{Request}\n\n{Status}\n{Body}";

    private JsonElement? JsonOrNull => Json.ValueKind is JsonValueKind.Undefined ? null : Json;

    private static bool IsJson(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Content-Type", out var type) && type.Contains("json", StringComparison.Ordinal);
}

/// <summary>The same on an answer that is yet to come, so that a scenario reads as one sentence.</summary>
internal static class AnswerToCome
{
    extension(Task<Answer> answer)
    {
        public async Task<Answer> Is(int status, [StringSyntax(StringSyntaxAttribute.Json)] string? expected = null) =>
            (await answer).Is(status, expected);

        /// <summary>Fails unless the list answered has an item like this.</summary>
        public async Task<Answer> Holds([StringSyntax(StringSyntaxAttribute.Json)] string item) =>
            (await answer).Holds(item);
    }
}
