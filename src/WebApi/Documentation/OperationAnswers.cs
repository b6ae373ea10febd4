using JikoXpress.WebApi.Binding;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Describes success answers and their headers.</summary>
internal static class OperationAnswers
{
    /// <summary>The headers that answers refer to.</summary>
    public static Dictionary<string, OpenApiHeader> Headers { get; } = new()
    {
        ["ETag"] = Header("Names what was answered; for If-None-Match and If-Match."),
        ["Location"] = Header("The path of what was created.", "uri-reference"),
        [IdempotencyKey.ReplayedHeader] =
            Header("true where this is the first answer of the same Idempotency-Key again."),
        ["Retry-After"] = Header("In seconds: when to send the same request again."),
        ["WWW-Authenticate"] = Header("The challenge (RFC 6750)."),
    };

    public static void Add(OpenApiOperation operation, EndpointFacts facts, OpenApiDocument document)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer || status[0] is not '2') continue;
            answer.Description = Meaning(status);
            WithoutSchemaOfBytes(answer);
            if (facts.Alternative is { } other) Either(answer, facts.Gives(status), other, document);
            var headers = HeadersOf(status, facts).ToDictionary(
                name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));
            if (headers.Count > 0) answer.Headers = headers;
        }

        if (facts is { IsGet: true } && facts.Heeds(Heading.Tag))
        {
            operation.Responses!["304"] = new OpenApiResponse
            {
                Description = "Nothing has changed since the ETag in If-None-Match.",
                Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["ETag"] = new OpenApiHeaderReference("ETag", document),
                },
            };
        }
    }

    private static IEnumerable<string> HeadersOf(string status, EndpointFacts facts)
    {
        if (facts.Heeds(Heading.Place)) yield return "Location";
        if (facts.Heeds(Heading.Tag)) yield return "ETag";
        if (facts.Heeds(Heading.Key)) yield return IdempotencyKey.ReplayedHeader;
    }

    /// <summary>Binary answers have a media type and no schema.</summary>
    private static void WithoutSchemaOfBytes(OpenApiResponse answer)
    {
        foreach (var (type, content) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            var isText = type is MediaType.Json || type.StartsWith("text/", StringComparison.Ordinal);
            if (!isText) content.Schema = null;
        }
    }

    /// <summary>The answer is one of two; the member `object` tells which.</summary>
    private static void Either(OpenApiResponse answer, Type usual, Type other, OpenApiDocument document)
    {
        var views = ((Type[])[usual, other]).ToDictionary(
            SchemaRules.ObjectOf,
            view => new OpenApiSchemaReference(ApiDocument.WithoutView(view.Name), document));
        foreach (var content in (answer.Content ?? new Dictionary<string, OpenApiMediaType>()).Values)
        {
            content.Schema = new OpenApiSchema
            {
                OneOf = [.. views.Values],
                Discriminator = new OpenApiDiscriminator { PropertyName = "object", Mapping = views },
            };
        }
    }

    private static string Meaning(string status) => status switch
    {
        "200" => "Done; this is how it stands.",
        "201" => "Created.",
        "202" => "Begun; a part of it is still awaited.",
        "204" => "Done; there is nothing to say.",
        _ => throw new InvalidOperationException($"{status} is not a status of a success."),
    };

    private static OpenApiHeader Header(string description, string? format = null) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
    };
}
