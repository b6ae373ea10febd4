using System.Text.Json.Nodes;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>The API's document as it is committed, to look things up in.</summary>
internal sealed class DocumentedApi
{
    private readonly JsonNode document;

    private DocumentedApi(JsonNode document)
    {
        this.document = document;
        Check = new SchemaCheck(document);
    }

    public static DocumentedApi Committed { get; } = new(JsonNode.Parse(File.ReadAllText(Place))!);

    public static string Place => Path.Combine(Repository.Root, "docs", "openapi.json");

    public JsonNode Root => document;

    public SchemaCheck Check { get; }

    public JsonObject Schemas => document["components"]!["schemas"]!.AsObject();

    public IEnumerable<(string Path, string Method, JsonNode Operation)> Operations => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(method => (path.Key, method.Key, method.Value!)));

    /// <summary>The operation that a request goes to; null where the path or method is not there.</summary>
    public JsonNode? Find(string method, string path) => Operations
        .Where(operation => operation.Method.Equals(method, StringComparison.OrdinalIgnoreCase)
            && Fits(operation.Path.Split('/'), path.Split('/')))
        .OrderBy(operation => operation.Path.Count(character => character is '{'))
        .Select(operation => operation.Operation)
        .FirstOrDefault();

    public JsonNode? Response(JsonNode operation, int status) =>
        Resolved(operation["responses"]![$"{status}"] ?? (status >= 400 ? operation["responses"]!["default"] : null));

    public IEnumerable<JsonNode> Parameters(JsonNode operation) =>
        (operation["parameters"] as JsonArray ?? []).Select(parameter => Resolved(parameter)!);

    private JsonNode? Resolved(JsonNode? node) =>
        node?["$ref"] is { } reference ? Check.Find((string)reference!) : node;

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
