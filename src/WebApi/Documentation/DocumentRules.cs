using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>The document's general parts, and the shared parts that operations refer to.</summary>
internal static class DocumentRules
{
    public static async Task Apply(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "JikoXpress",
            Version = "1",
            Description = Overview.Text,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Overview.Tags);

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellation);
        foreach (var detail in ProblemCodes.Details) problem.Properties![detail.Name] = Member(detail);
        problem.AdditionalProperties = null;
        Name(problem, "errors", nameof(Violation), document);
        Name(problem, "shortages", nameof(StockShortage), document);
        document.AddComponent(ApiDocument.ProblemSchema, problem);

        foreach (var (name, scheme) in OperationCallers.Schemes()) document.AddComponent(name, scheme);
        foreach (var (name, parameter) in OperationParameters.Headers) document.AddComponent(name, parameter);
        foreach (var (name, header) in OperationAnswers.Headers) document.AddComponent(name, header);
        foreach (var (name, response) in OperationProblems.Shared(document)) document.AddComponent(name, response);
        foreach (var schema in (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Values)
        {
            WordsWithoutNull(schema);
        }
    }

    /// <summary>Schemas made here are inline; this gives the item schema of a list a name.</summary>
    private static void Name(OpenApiSchema schema, string list, string name, OpenApiDocument document)
    {
        if (schema.Properties?[list] is not OpenApiSchema { Items: { } items } member) return;
        document.AddComponent(name, items);
        member.Items = new OpenApiSchemaReference(name, document);
    }

    private static OpenApiSchema Member(ProblemDetail detail) => new()
    {
        Type = JsonSchemaType.Null | (detail.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String),
        Format = detail.Format,
        Description = detail.Description,
    };

    /// <summary>An enum's schema is shared; null is added where a member is optional.</summary>
    private static void WordsWithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Enum: { } words } list) return;
        list.Enum = [.. words.Where(word => word?.GetValueKind() is JsonValueKind.String)];
    }
}
