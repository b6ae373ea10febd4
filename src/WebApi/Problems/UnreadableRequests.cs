using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace JikoXpress.WebApi.Problems;

/// <summary>
/// Gives a body to the refusals of the web server itself, such as of <c>%00</c> in a path or of bytes that are no HTTP.
/// They never come to the middleware, and Kestrel would answer them with a bare status; it tells of each in this event,
/// before it sends the answer.
/// </summary>
internal sealed class UnreadableRequests : IObserver<KeyValuePair<string, object?>>
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public static void AnsweredIn(IServiceProvider services) =>
        services.GetRequiredService<DiagnosticListener>()
            .Subscribe(new UnreadableRequests(), name => name is Refused);

    public void OnNext(KeyValuePair<string, object?> told)
    {
        // A body that ends early, or is too large, is answered by the middleware.
        if (told.Value is not IFeatureCollection features
            || features.Get<IHttpResponseFeature>() is not { HasStarted: false } response
            || response.StatusCode is < StatusCodes.Status400BadRequest or >= StatusCodes.Status500InternalServerError
            || features.Get<IHttpResponseBodyFeature>() is not { } body
            || HttpMethods.IsHead(features.Get<IHttpRequestFeature>()?.Method ?? "")) return;

        var problem = Problem.OfStatus(response.StatusCode);
        var bytes = problem.Body(features.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier ?? "");
        response.Headers.ContentType = Problem.MediaType;
        response.Headers.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        body.Writer.Write(bytes);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
