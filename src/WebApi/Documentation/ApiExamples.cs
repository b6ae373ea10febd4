using System.Reflection;
using System.Text.Json.Nodes;

namespace JikoXpress.WebApi.Documentation;

/// <summary>
/// An example request with its answer; the scenarios of the reference are among them. Requests are written by hand,
/// and answers are recorded from the product.
/// </summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Title">The title in the reference, if it comes from there.</param>
/// <param name="Body">Null if the operation has no body.</param>
/// <param name="Answer">Null until the answer is recorded.</param>
internal sealed record ApiExample(
    string Name, string Title, string Description, string Operation, JsonNode? Body, int Status, JsonNode? Answer);

/// <summary>The examples, from the files in the folder Examples.</summary>
internal static class ApiExamples
{
    private const string Requests = "examples/Requests/";
    private const string Answers = "examples/Answers/";

    private static readonly Assembly Home = typeof(ApiExamples).Assembly;

    public static IReadOnlyList<ApiExample> All { get; } =
    [
        .. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(Requests, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name[Requests.Length..])),
    ];

    /// <summary>A request body for each operation that has one and is in no example, by operation.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Bodies { get; } =
        (Json("examples/bodies") as JsonObject ?? throw new InvalidOperationException("There are no bodies."))
            .ToDictionary(body => body.Key, body => body.Value!);

    private static ApiExample Read(string name)
    {
        var request = Json(Requests + name) ?? throw new InvalidOperationException($"{name} is empty.");
        var answer = Json(Answers + name);
        return new ApiExample(
            name, Text(request, "title"), Text(request, "description"), Text(request, "operation"), request["body"],
            (int?)answer?["status"] ?? 0, answer?["body"]);
    }

    private static string Text(JsonNode example, string member) =>
        (string?)example[member] ?? throw new InvalidOperationException($"An example has no {member}.");

    private static JsonNode? Json(string resource)
    {
        using var stream = Home.GetManifestResourceStream(resource);
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
