using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Reads the metadata of an endpoint.</summary>
internal sealed class EndpointFacts(ApiDescription description)
{
    private readonly IList<object> metadata = description.ActionDescriptor.EndpointMetadata;

    public AccessPolicy Policy => metadata.OfType<AccessPolicy>().LastOrDefault() ?? AccessPolicy.Nobody;

    public bool IsGet => description.HttpMethod == HttpMethods.Get;

    /// <summary>An operation of the API, unlike health checks and webhooks.</summary>
    public bool IsOfTheApi => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;

    public bool HasPlace => description.RelativePath?.Contains('{', StringComparison.Ordinal) is true;

    public Type? Body => metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType;

    public Type? Query => metadata.OfType<Asked>().LastOrDefault()?.Query;

    /// <summary>The view that answers with this status.</summary>
    public Type Gives(string status) => metadata.OfType<IProducesResponseTypeMetadata>()
        .FirstOrDefault(answer => $"{answer.StatusCode}" == status)?.Type
        ?? throw new InvalidOperationException($"{description.RelativePath} gives nothing with {status}.");

    public Type? Alternative => metadata.OfType<Alternative>().LastOrDefault()?.View;

    public bool Heeds(Heading heading) => metadata.OfType<Heeded>().Any(heeded => heeded.Headings.Contains(heading));

    /// <summary>What sending it again does, where it reads no Idempotency-Key.</summary>
    public string? Repeated => metadata.OfType<WithoutKey>().LastOrDefault()?.Repeated;

    /// <summary>The problem codes that the endpoint itself has named.</summary>
    public IEnumerable<ProblemCode> Refuses => metadata.OfType<Refused>().SelectMany(refused => refused.Codes);
}
