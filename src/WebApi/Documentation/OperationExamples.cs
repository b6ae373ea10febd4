using System.Text.Json.Nodes;
using JikoXpress.WebApi.Binding;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Adds the examples to the request bodies and answers.</summary>
internal static class OperationExamples
{
    public static void Add(OpenApiOperation operation)
    {
        foreach (var example in ApiExamples.All.Where(example => example.Operation == operation.OperationId))
        {
            if (example.Body is { } body && operation.RequestBody?.Content?[MediaType.Json] is { } sent)
            {
                sent.Examples ??= new Dictionary<string, IOpenApiExample>();
                sent.Examples[example.Name] = Example(example.Title, example.Description, body.DeepClone());
            }

            if (example.Answer is { } answer && operation.Responses?[$"{example.Status}"].Content is { } given)
            {
                var content = given.Values.First();
                content.Examples ??= new Dictionary<string, IOpenApiExample>();
                content.Examples[example.Name] = Example(example.Title, example.Description, answer.DeepClone());
            }
        }

        AddBody(operation);
    }

    /// <summary>For operations whose answer is not recorded: the request's body alone.</summary>
    private static void AddBody(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?[MediaType.Json] is not { Examples: null } sent) return;
        if (operation.OperationId is not { } id || !ApiExamples.Bodies.TryGetValue(id, out var body)) return;
        sent.Example = body.DeepClone();
    }

    private static OpenApiExample Example(string title, string description, JsonNode value) =>
        new() { Summary = title, Description = description, Value = value };
}
