using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Documentation;

/// <summary>What an endpoint says about itself to the API's document.</summary>
internal static class EndpointDescriptions
{
    extension(RouteHandlerBuilder endpoint)
    {
        /// <param name="id">Names the operation in generated clients.</param>
        /// <param name="description">Markdown.</param>
        public RouteHandlerBuilder Describe(string id, string summary, string description) =>
            endpoint.WithName(id).WithSummary(summary).WithDescription(description);

        /// <summary>The body, as a record that says its limits.</summary>
        public RouteHandlerBuilder Takes<TBody>() where TBody : notnull => endpoint.Accepts<TBody>(MediaType.Json);

        /// <summary>A body may be sent, and has no members.</summary>
        public RouteHandlerBuilder TakesNothing() => endpoint.Accepts<EmptyBody>(isOptional: true, MediaType.Json);

        /// <summary>The query, as a record with a member for each parameter.</summary>
        public RouteHandlerBuilder Asks<TQuery>() where TQuery : class =>
            endpoint.WithMetadata(new Asked(typeof(TQuery)));

        /// <summary>Headers that the endpoint reads or writes beyond those of all endpoints.</summary>
        public RouteHandlerBuilder Heeds(params ReadOnlySpan<Heading> headings) =>
            endpoint.WithMetadata(new Heeded(headings.ToArray()));

        public RouteHandlerBuilder Gives<TView>(int status) => endpoint.Produces<TView>(status, MediaType.Json);

        /// <summary>The answer of yes may be of another kind, too.</summary>
        public RouteHandlerBuilder OrGives<TView>() => endpoint.WithMetadata(new Alternative(typeof(TView)));

        /// <summary>
        /// The problems that are particular to the endpoint. Those that come with its callers, its body, its query
        /// and its headers are added to them.
        /// </summary>
        public RouteHandlerBuilder Refuses(params ReadOnlySpan<string> codes) =>
            endpoint.WithMetadata(new Refused([.. codes.ToArray().Select(ProblemCodes.Of)]));
    }
}

/// <summary>A body that may be left out, and holds nothing.</summary>
internal sealed record EmptyBody;

internal sealed record Asked(Type Query);

internal sealed record Heeded(IReadOnlyList<Heading> Headings);

/// <param name="View">Another operation gives it alone.</param>
internal sealed record Alternative(Type View);

internal sealed record Refused(IReadOnlyList<ProblemCode> Codes);

/// <summary>Headers that some endpoints have.</summary>
internal enum Heading
{
    /// <summary>Idempotency-Key makes it take effect once.</summary>
    Key,

    /// <summary>The answer bears an ETag; a GET takes If-None-Match.</summary>
    Tag,

    /// <summary>If-Match makes it take effect on the version that was read only.</summary>
    Match,

    /// <summary>Location says where what was created is.</summary>
    Place,

    /// <summary>Last-Event-ID continues a stream.</summary>
    LastEvent,
}
