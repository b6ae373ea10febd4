using JikoXpress.WebApi.Binding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Describes the path, query and header parameters of an operation.</summary>
internal static class OperationParameters
{
    private const string KeyName = "IdempotencyKey", MatchName = "IfMatch", NoneMatchName = "IfNoneMatch";
    private const string LastEventName = "LastEventId";

    /// <summary>The headers that operations refer to.</summary>
    public static SortedList<string, OpenApiParameter> Headers { get; } = new()
    {
        [KeyName] = Header(IdempotencyKey.Header,
            "Makes the request take effect once, however often it is sent: the first answer comes again, with "
            + "Idempotency-Replayed: true. Made anew for each thing to do; refused requests leave it free. It is "
            + "remembered for 30 days where the operator has not set another time.",
            "^[!-~]+$", IdempotencyKey.Longest),
        [MatchName] = Header("If-Match",
            "An ETag that was read: the request takes effect only where nothing has changed since."),
        [NoneMatchName] = Header("If-None-Match",
            "An ETag that was read: the answer is 304 where nothing has changed since."),
        [LastEventName] = Header("Last-Event-ID",
            "The id of the last event that was seen; the stream goes on after it.", @"^[0-9]+(\.[0-9]+)?$", 32),
    };

    public static async Task Add(
        OpenApiOperation operation, EndpointFacts facts, OpenApiOperationTransformerContext context,
        CancellationToken cancellation)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>()) Describe(parameter);
        foreach (var parameter in await Query(facts, context, cancellation)) operation.Parameters.Add(parameter);
        foreach (var name in HeadersOf(facts))
        {
            operation.Parameters.Add(new OpenApiParameterReference(name, context.Document));
        }
    }

    private static void Describe(OpenApiParameter parameter)
    {
        var isCode = parameter.Name == "slipCode";
        parameter.Description = isCode
            ? "As the slip's barcode says."
            : "The id of what the path names, as it was given out.";
        if (isCode && parameter.Schema is OpenApiSchema schema) schema.Pattern = Patterns.SlipCode;
    }

    private static async Task<IEnumerable<OpenApiParameter>> Query(
        EndpointFacts facts, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (facts.Query is not { } type) return [];
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
        var members = schema.Properties ?? throw new InvalidOperationException($"{type} has no members.");
        return members.Select(member => new OpenApiParameter
        {
            Name = member.Key,
            In = ParameterLocation.Query,
            Description = DescriptionOf(member.Value),
            Required = schema.Required?.Contains(member.Key) is true,
            Schema = WithoutDescription(member.Value, context.Document),
            // A list is written with commas.
            Explode = member.Value.Type is not JsonSchemaType.Array,
        });
    }

    /// <summary>Finds a description that the framework keeps apart until the schema becomes a reference.</summary>
    private static string? DescriptionOf(IOpenApiSchema schema) =>
        Aside(schema, "x-ref-description") ?? schema.Description;

    private static string? Aside(IOpenApiSchema schema, string name) =>
        schema is OpenApiSchema { Metadata: { } aside } && aside.TryGetValue(name, out var value)
            ? value as string
            : null;

    private static IOpenApiSchema WithoutDescription(IOpenApiSchema schema, OpenApiDocument? document)
    {
        if (Aside(schema, "x-schema-id") is { Length: > 0 } name) return new OpenApiSchemaReference(name, document);
        schema.Description = null;
        return schema;
    }

    private static IEnumerable<string> HeadersOf(EndpointFacts facts)
    {
        if (facts.Heeds(Heading.Key)) yield return KeyName;
        if (facts.Heeds(Heading.Match)) yield return MatchName;
        if (facts.Heeds(Heading.Tag) && facts.IsGet) yield return NoneMatchName;
        if (facts.Heeds(Heading.LastEvent)) yield return LastEventName;
    }

    private static OpenApiParameter Header(
        string name, string description, string? pattern = null, int? longest = null) => new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern, MaxLength = longest },
        };
}
