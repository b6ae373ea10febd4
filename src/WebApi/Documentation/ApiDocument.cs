using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Domain;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>The API document (OpenAPI 3.1), generated from the metadata of the endpoints.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";
    public const string ProblemSchema = "Problem";
    private const string Name = "v1";

    private static readonly ConcurrentDictionary<string, Type> Names = [];

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = NameOf;
            options.AddSchemaTransformer(SchemaRules.Apply);
            options.AddOperationTransformer(Describe);
            options.AddDocumentTransformer(DocumentRules.Apply);
        });
        // Only the document uses these options; answers are written with source-generated metadata.
        services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
            options.NumberHandling = JsonNumberHandling.Strict;
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper));
        });
        services.AddSingleton<ApiDocumentText>();
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes
        .MapGet(Path, async (ApiDocumentText document) =>
            Results.Text(await document.Read(), "application/json", Encoding.UTF8))
        .AllowAnyone()
        .ExcludeFromDescription();

    private static async Task Describe(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var document = context.Document
            ?? throw new InvalidOperationException("The operation is not part of a document.");
        var facts = new EndpointFacts(context.Description);
        OperationAnswers.Add(operation, facts, document);
        OperationProblems.Add(operation, facts, document);
        if (facts.Repeated is { } repeated) operation.Description += $"\n\nReads no `Idempotency-Key`. {repeated}";
        OperationCallers.Add(operation, facts.Policy, document);
        // A client need not send the empty object that the operation would accept.
        if (facts.Body == typeof(EmptyBody)) operation.RequestBody = null;
        await OperationParameters.Add(operation, facts, context, cancellation);
        OperationExamples.Add(operation);
    }

    /// <summary>In the document SessionView is named Session, and so on. Amounts are written inline.</summary>
    private static string? NameOf(JsonTypeInfo type)
    {
        var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (named == typeof(Money) || named == typeof(EmptyBody)) return null;
        if (named.IsGenericType && named.GetGenericTypeDefinition() == typeof(ListView<>))
            return Taken($"{WithoutView(named.GetGenericArguments()[0].Name)}List", named);
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? Taken(WithoutView(name), named)
            : null;
    }

    /// <summary>Two types of one name would share the schema of one of them.</summary>
    private static string Taken(string name, Type type) => Names.GetOrAdd(name, type) == type
        ? name
        : throw new InvalidOperationException($"{type} and {Names[name]} are both named {name} in the document.");

    public static string WithoutView(string name) =>
        name.EndsWith("View", StringComparison.Ordinal) ? name[..^"View".Length] : name;
}

/// <summary>The text of the document, made once, since it does not change while the process runs.</summary>
internal sealed class ApiDocumentText([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<string>> text = new(async () =>
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    });

    public Task<string> Read() => text.Value;
}
