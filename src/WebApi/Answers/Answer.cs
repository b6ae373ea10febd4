using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.WebApi.Binding;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Answers;

/// <summary>An answer of yes: a status, a view as JSON, and what goes with it into the headers.</summary>
/// <param name="Type">How the view is written, generated at build time.</param>
internal sealed record Answer<T>(int Status, T View, JsonTypeInfo<T> Type) : IResult, IStatusCodeHttpResult
{
    public string? Location { get; init; }

    /// <summary>The view's entity tag, in quotes. A GET that names it gets 304 instead of the view.</summary>
    public string? Tag { get; init; }

    /// <summary>The operation was done before, and this is its first answer again.</summary>
    public bool Replayed { get; init; }

    /// <summary>A phone number's plus sign is itself; nothing here is ever put into a page unescaped.</summary>
    private static JsonWriterOptions Plainly { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var headers = response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Vary = HeaderNames.Authorization;
        if (Location is not null) headers.Location = Location;
        if (Tag is not null) headers.ETag = Tag;
        if (Replayed) headers[IdempotencyKey.ReplayedHeader] = "true";
        if (Tag is not null && EntityTags.IsKnown(httpContext.Request, Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = Status;
        response.ContentType = MediaType.Json;
        using (var writer = new Utf8JsonWriter(response.BodyWriter, Plainly)) JsonSerializer.Serialize(writer, View, Type);
        return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }
}
