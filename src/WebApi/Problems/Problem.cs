using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Problems;

/// <summary>An error answer, as problem details (RFC 9457).</summary>
/// <param name="Code">For programs; its meaning never changes.</param>
/// <param name="Detail">One sentence for people.</param>
internal sealed record Problem(int Status, string Code, string Detail)
    : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";

    public Sequence<Violation> Errors { get; init; } = [];

    /// <summary>How many errors were found beyond those in <see cref="Errors"/>; null if they are all there.</summary>
    public int? ErrorsOmitted { get; init; }

    /// <summary>Additional members, such as the expected total.</summary>
    public Sequence<RefusalDetail> Details { get; init; } = [];

    public Sequence<StockShortage>? Shortages { get; init; }

    /// <summary>Retry-After, in seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The challenge of a 401 (RFC 6750, section 3).</summary>
    public string? Challenge { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;
    string? IContentTypeHttpResult.ContentType => MediaType;

    /// <summary>The problem for refusals of the domain: those of the first refusal's stage, in one answer.</summary>
    public static Problem Of(Sequence<Refusal> refusals)
    {
        var first = refusals[0];
        return new Problem(StatusOf(first.Stage), first.Code, first.Sentence)
        {
            Errors = refusals
                .Where(refusal => refusal.Stage == first.Stage)
                .Select(refusal => new Violation(refusal.Pointer, refusal.Code, refusal.Sentence))
                .ToSequence(),
            Details = first.Details ?? [],
            Shortages = first.Shortages,
            RetryAfter = first.RetryAfter ?? (first.Stage is RefusalStage.Busy ? 1 : null),
        };
    }

    public static Problem Of(Refusal refusal) => Of([refusal]);

    /// <summary>The problem for a status set by the framework.</summary>
    public static Problem OfStatus(int status) => FrameworkProblems.Of(status);

    /// <summary>The request's trace id, if it is traced.</summary>
    public static string TraceOf(HttpContext http) =>
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        Activity.Current?.SetTag("jiko.problem.code", Code);
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = $"{seconds}";
        if (Challenge is { } challenge) response.Headers.WWWAuthenticate = challenge;
        // The connection is closed, so the rest of a body that is too slow is not read.
        if (Status is StatusCodes.Status408RequestTimeout) response.Headers.Connection = "close";
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<ShownAsPage>() is { } page)
            return page.Show(httpContext, this);
        return response.WriteJson(
            MediaType, View(httpContext), ProblemJson.Default.ProblemView, httpContext.RequestAborted);
    }

    private ProblemView View(HttpContext http) => new(
        ProblemCode.Path(Code),
        ProblemCode.Title(Code),
        Status,
        Detail,
        Code,
        [.. Errors],
        TraceOf(http),
        Shortages is null ? null : [.. Shortages],
        ErrorsOmitted)
    {
        Details = Details.ToDictionary(detail => detail.Name, Value),
    };

    private static JsonElement Value(RefusalDetail detail) => detail.Number is { } number
        ? JsonSerializer.SerializeToElement(number, ProblemJson.Default.Int64)
        : JsonSerializer.SerializeToElement(detail.Text, ProblemJson.Default.String);

    private static int StatusOf(RefusalStage stage) => stage switch
    {
        RefusalStage.Rules => StatusCodes.Status422UnprocessableEntity,
        RefusalStage.NotThere => StatusCodes.Status404NotFound,
        RefusalStage.Gone => StatusCodes.Status410Gone,
        RefusalStage.State => StatusCodes.Status409Conflict,
        RefusalStage.Busy => StatusCodes.Status503ServiceUnavailable,
        RefusalStage.TooOften => StatusCodes.Status429TooManyRequests,
        RefusalStage.UnknownReference => StatusCodes.Status400BadRequest,
    };
}

/// <summary>Of endpoints that people open in a browser: their problems are shown as pages.</summary>
internal sealed record ShownAsPage(Func<HttpContext, Problem, Task> Show);

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">Link to the explanation of the code; the same for every problem with this code.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">All errors that were found; code and detail are those of the first.</param>
/// <param name="TraceId">Identifies the request when you ask for support.</param>
/// <param name="Shortages">For too little stock: the items, the requested and the available quantities.</param>
/// <param name="ErrorsOmitted">How many errors were found beyond the 50 that are listed; left out if none.</param>
internal sealed record ProblemView(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyList<Violation> Errors,
    string TraceId,
    IReadOnlyList<StockShortage>? Shortages,
    int? ErrorsOmitted)
{
    /// <summary>Additional members. The JSON source generator needs a setter.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Details { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProblemJson : JsonSerializerContext;
