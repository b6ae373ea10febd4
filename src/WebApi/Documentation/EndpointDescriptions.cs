using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Metadata of endpoints for the API document.</summary>
internal static class EndpointDescriptions
{
    extension(RouteHandlerBuilder endpoint)
    {
        /// <param name="id">Names the operation in generated clients.</param>
        /// <param name="description">Markdown.</param>
        public RouteHandlerBuilder Describe(string id, string summary, string description) =>
            endpoint.WithName(id).WithSummary(summary).WithDescription(description);

        /// <summary>The request body: the record that is read. Its attributes have the limits.</summary>
        public RouteHandlerBuilder Takes<TBody>() where TBody : class => endpoint
            .Accepts<TBody>(MediaType.Json).WithMetadata(new PreparedBody(BodyShape<TBody>.Prepare));

        /// <summary>An optional body without members, which the document leaves out.</summary>
        public RouteHandlerBuilder TakesNothing() => endpoint.Accepts<EmptyBody>(isOptional: true, MediaType.Json);

        /// <summary>The query, as a record with a member for each parameter.</summary>
        public RouteHandlerBuilder Asks<TQuery>() where TQuery : class =>
            endpoint.WithMetadata(new Asked(typeof(TQuery)));

        /// <summary>Headers that the endpoint reads or writes beyond those of all endpoints.</summary>
        public RouteHandlerBuilder Heeds(params ReadOnlySpan<Heading> headings) =>
            endpoint.WithMetadata(new Heeded(headings.ToArray()));

        /// <summary>A POST that reads no Idempotency-Key.</summary>
        /// <param name="repeated">What sending it again does, for the document.</param>
        public RouteHandlerBuilder HeedsNoKey(string repeated) => endpoint.WithMetadata(new WithoutKey(repeated));

        public RouteHandlerBuilder Gives<TView>(int status) => endpoint.Produces<TView>(status, MediaType.Json);

        /// <summary>Another possible view of the success answer.</summary>
        public RouteHandlerBuilder OrGives<TView>() => endpoint.WithMetadata(new Alternative(typeof(TView)));

        /// <summary>
        /// The problem codes of this endpoint. Those that follow from its callers, body, query and headers are added
        /// to them.
        /// </summary>
        public RouteHandlerBuilder Refuses(params ReadOnlySpan<string> codes) =>
            endpoint.WithMetadata(new Refused([.. codes.ToArray().Select(ProblemCodes.Of)]));
    }
}

/// <summary>An optional body without members.</summary>
internal sealed record EmptyBody;

internal sealed record Asked(Type Query);

internal sealed record WithoutKey(string Repeated);

internal sealed record Heeded(IReadOnlyList<Heading> Headings);

/// <param name="View">The view; another operation answers with it alone.</param>
internal sealed record Alternative(Type View);

internal sealed record Refused(IReadOnlyList<ProblemCode> Codes);

/// <summary>Headers that some endpoints have.</summary>
internal enum Heading
{
    /// <summary>Idempotency-Key: the request takes effect only once.</summary>
    Key,

    /// <summary>ETag in the answer; a GET accepts If-None-Match.</summary>
    Tag,

    /// <summary>If-Match: the request takes effect only on the version that the caller has read.</summary>
    Match,

    /// <summary>Location: the path of the created resource.</summary>
    Place,

    /// <summary>Last-Event-ID: continues a stream.</summary>
    LastEvent,
}
