using System.Text.Json.Serialization.Metadata;
using JikoXpress.WebApi.Binding;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Answers;

/// <summary>A success answer: a status, a view as JSON, and headers.</summary>
/// <param name="Type">The source-generated JSON metadata of the view.</param>
internal sealed record Answer<T>(int Status, T View, JsonTypeInfo<T> Type) : IResult, IStatusCodeHttpResult
{
    public string? Location { get; init; }

    /// <summary>The view's entity tag, in quotes. A GET with it in If-None-Match gets 304 without the view.</summary>
    public string? Tag { get; init; }

    /// <summary>The view holds a secret, so no cache may store it, and it is not compressed.</summary>
    public bool Secret { get; init; }

    /// <summary>The operation was done before; this is its first answer again.</summary>
    public bool Replayed { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Tag is not null && EntityTags.IsKnown(httpContext.Request, Tag))
        {
            return new Unchanged(Tag).ExecuteAsync(httpContext);
        }

        if (Secret) Compression.Omit(httpContext);

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = Secret ? "no-store" : "private, no-cache";
        response.Headers.Vary = HeaderNames.Authorization;
        if (Location is not null) response.Headers.Location = Location;
        if (Tag is not null) EntityTags.Put(response, Tag);
        if (Replayed) response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        return response.WriteJson(MediaType.Json, View, Type, httpContext.RequestAborted);
    }
}

/// <summary>A success answer whose JSON was written before and has not changed since.</summary>
internal sealed record Written(ReadOnlyMemory<byte> Json, string Tag) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = HeaderNames.Authorization;
        EntityTags.Put(response, Tag);
        return response.WriteJson(MediaType.Json, Json, httpContext.RequestAborted);
    }
}

/// <summary>304: the caller already has the current view.</summary>
internal sealed record Unchanged(string Tag) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status304NotModified;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = HeaderNames.Authorization;
        response.Headers.ETag = EntityTags.Known(httpContext.Request, Tag);
        return Task.CompletedTask;
    }
}
