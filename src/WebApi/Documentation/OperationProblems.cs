using System.Text.Json.Nodes;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;
using Microsoft.OpenApi;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Describes the problems of an operation: by status, with the codes of each.</summary>
internal static class OperationProblems
{
    /// <summary>
    /// The codes stand beside the schema: as an enum in it, every status of every operation would be a type of its own
    /// in a generated client, and a code that is new would be an error there.
    /// </summary>
    private const string CodesName = "x-problem-codes";

    private const string UnauthenticatedName = "Unauthenticated", UnavailableName = "Unavailable";
    private const string RateLimitedName = "RateLimited", OtherName = "Other";

    private static readonly string[] Unavailable = ["overloaded", "store-unavailable", "not-ready"];

    /// <summary>Error responses that several operations share without differences.</summary>
    public static IEnumerable<(string Name, OpenApiResponse Response)> Shared(OpenApiDocument document)
    {
        var unauthenticated = Response(Status401Unauthorized, ["unauthenticated", "token-expired"], document);
        var unavailable = Response(Status503ServiceUnavailable, Unavailable, document);
        var rateLimited = Response(Status429TooManyRequests, ["rate-limited"], document);
        var other = Response(
            Status500InternalServerError,
            [
                "malformed-request", "not-found", "method-not-allowed", "request-timeout", "body-too-large",
                "uri-too-long", "unsupported-media-type", "headers-too-large", "internal-error",
            ],
            document);
        other.Description = $"What any request can meet. {other.Description}";
        return [(UnauthenticatedName, unauthenticated), (UnavailableName, unavailable),
            (RateLimitedName, rateLimited), (OtherName, other)];
    }

    public static void Add(OpenApiOperation operation, EndpointFacts facts, OpenApiDocument document)
    {
        operation.Responses ??= [];
        var byStatus = CodesOf(facts).Distinct().GroupBy(code => code.Status).OrderBy(codes => codes.Key);
        foreach (var codes in byStatus)
        {
            string[] names = [.. codes.Select(code => code.Code)];
            operation.Responses[$"{codes.Key}"] = names switch
            {
                ["unauthenticated", "token-expired"] => new OpenApiResponseReference(UnauthenticatedName, document),
                ["overloaded", "store-unavailable", "not-ready"] =>
                    new OpenApiResponseReference(UnavailableName, document),
                ["rate-limited"] => new OpenApiResponseReference(RateLimitedName, document),
                _ => Response(codes.Key, names, document),
            };
        }

        operation.Responses["default"] = new OpenApiResponseReference(OtherName, document);
    }

    /// <summary>The endpoint's own codes, and those of its callers, path, body, query and headers.</summary>
    private static IEnumerable<ProblemCode> CodesOf(EndpointFacts facts)
    {
        IEnumerable<string> implied =
        [
            .. facts.Policy.WithoutToken
                ? []
                : Set(
                    [
                        "unauthenticated", "token-expired", "role-not-allowed", "rate-limited", .. Unavailable,
                    ]),
            .. facts.Policy.Allowed.Any(caller => caller.Scope is not null) ? Set("scope-missing") : [],
            .. facts.HasPlace ? Set("not-found") : [],
            .. facts.Body is null
                ? []
                : Set("malformed-json", "duplicate-field", "unknown-field", "resolved-field-not-accepted"),
            .. facts.Body is null || facts.Body == typeof(EmptyBody) ? [] : Set("invalid-type", "field-required"),
            .. facts.Query is null ? [] : Set("invalid-type", "invalid-text"),
            .. facts.Query is not null || facts.IsOfTheApi ? Set("unknown-parameter") : [],
            .. facts.Query?.IsAssignableTo(typeof(PageQuery)) is true
                ? Set("cursor-invalid", "parameter-out-of-range")
                : [],
            .. facts.Heeds(Heading.Key)
                ? Set(
                    "idempotency-key-missing", "idempotency-key-invalid", "idempotency-key-reused",
                    "request-in-progress")
                : [],
            .. facts.Heeds(Heading.Match) ? Set("version-mismatch")
                : facts.IsOfTheApi ? Set("precondition-not-accepted")
                : [],
        ];
        return implied.Select(ProblemCodes.Of).Concat(facts.Refuses);
    }

    private static string[] Set(params string[] codes) => codes;

    private static OpenApiResponse Response(int status, IReadOnlyList<string> codes, OpenApiDocument document) => new()
    {
        Description = string.Join(", ", codes.Select(code => $"[`{code}`]({ProblemCode.Path(code)})")),
        Headers = status switch
        {
            Status401Unauthorized => Header("WWW-Authenticate", document),
            Status429TooManyRequests or Status503ServiceUnavailable => Header("Retry-After", document),
            Status409Conflict when codes.Contains("phone-busy") => Header("Retry-After", document),
            _ => null,
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(ApiDocument.ProblemSchema, document),
            },
        },
        Extensions = new Dictionary<string, IOpenApiExtension>
        {
            [CodesName] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => JsonValue.Create(code))])),
        },
    };

    private static Dictionary<string, IOpenApiHeader> Header(string name, OpenApiDocument document) =>
        new() { [name] = new OpenApiHeaderReference(name, document) };
}
