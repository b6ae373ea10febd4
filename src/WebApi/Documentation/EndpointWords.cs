using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Documentation;

/// <summary>What an endpoint says about itself to the API's document.</summary>
internal static class EndpointWords
{
    extension(RouteHandlerBuilder endpoint)
    {
        /// <param name="id">Names the operation in generated clients.</param>
        public RouteHandlerBuilder Describe(string id, string summary, string description) =>
            endpoint.WithName(id).WithSummary(summary).WithDescription(description);

        public RouteHandlerBuilder Takes<TBody>() where TBody : notnull => endpoint.Accepts<TBody>(MediaType.Json);

        public RouteHandlerBuilder Gives<TView>(int status) => endpoint.Produces<TView>(status, MediaType.Json);

        /// <summary>The statuses of the problems that the endpoint may answer with.</summary>
        public RouteHandlerBuilder Refuses(params ReadOnlySpan<int> statuses)
        {
            foreach (var status in statuses) endpoint.Produces<ProblemView>(status, Problem.MediaType);
            return endpoint;
        }
    }
}
