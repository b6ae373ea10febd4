using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Problems;

/// <summary>Problem details for refusals by the web server and the routing.</summary>
internal static class FrameworkProblems
{
    public static Problem NotFound { get; } = new(Status404NotFound, "not-found", "There is nothing at this path.");

    public static Problem Internal { get; } = new(
        Status500InternalServerError, "internal-error",
        "An unexpected error occurred. Give the traceId when you report it.");

    /// <summary>The commit's answer was lost: only a retry of the same request shows whether it happened.</summary>
    public static Problem Unknown { get; } = new(
        Status503ServiceUnavailable, "not-ready",
        "It is not known whether this took effect. Send the same request again with the same Idempotency-Key.")
    {
        RetryAfter = 1,
    };

    public static Problem StoreUnreachable { get; } = new(
        Status503ServiceUnavailable, "not-ready", "The database cannot be reached at the moment.")
    {
        RetryAfter = 2,
    };

    /// <summary>A full disk, a read-only database, or none: nothing was changed.</summary>
    public static Problem StoreUnavailable { get; } = new(
        Status503ServiceUnavailable, "store-unavailable",
        "The database takes no writes at the moment. Nothing was changed.")
    {
        RetryAfter = 5,
    };

    public static Problem NoWrites { get; } = new(
        Status503ServiceUnavailable, "not-ready", "The database takes no writes at the moment.")
    {
        RetryAfter = 5,
    };

    public static Problem ClusterUnreachable { get; } = new(
        Status503ServiceUnavailable, "not-ready", "The host is not part of its cluster at the moment.")
    {
        RetryAfter = 2,
    };

    public static Problem Overloaded { get; } = new(
        Status503ServiceUnavailable, "overloaded", "The server is overloaded at the moment.")
    {
        RetryAfter = 1,
    };

    public static Problem Of(int status) => status switch
    {
        Status400BadRequest => new(status, "malformed-request", "The request does not follow the rules of HTTP."),
        Status404NotFound => NotFound,
        Status405MethodNotAllowed => new(status, "method-not-allowed", "The Allow header lists what this path takes."),
        Status408RequestTimeout => new(status, "request-timeout", "The request took too long to arrive."),
        Status413PayloadTooLarge => new(status, "body-too-large", "A body has at most 64 KiB."),
        Status414UriTooLong => new(status, "uri-too-long", "A request target has at most 8 KiB."),
        Status415UnsupportedMediaType => new(
            status, "unsupported-media-type", "The body must be application/json in UTF-8, without Content-Encoding."),
        Status431RequestHeaderFieldsTooLarge => new(
            status, "headers-too-large", "A request has at most 100 header fields, together at most 32 KiB."),
        Status503ServiceUnavailable => Overloaded,
        >= 400 and < 500 => new(status, "malformed-request", "The request cannot be served as it stands."),
        _ => Internal,
    };
}
