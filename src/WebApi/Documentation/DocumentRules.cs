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
        document.Info = new OpenApiInfo { Title = "JikoXpress", Version = "1", Description = Overview.Text };
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
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            WithoutNull(schema, isIncoming: name.EndsWith(SchemaRules.Incoming, StringComparison.Ordinal));
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
        Type = detail.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String,
        Format = detail.Format,
        Description = detail.Description,
    };

    /// <summary>Members of answers are never null, and lists of enums contain no null.</summary>
    private static void WithoutNull(IOpenApiSchema schema, bool isIncoming)
    {
        if (schema is OpenApiSchema { Enum: { } words } list)
        {
            list.Enum = [.. words.Where(word => word?.GetValueKind() is JsonValueKind.String)];
        }

        if (isIncoming || schema.Properties is not { } members) return;
        foreach (var (name, member) in members.ToList())
        {
            if (member.OneOf is [{ Type: JsonSchemaType.Null }, var real]) members[name] = real;
        }
    }
}
