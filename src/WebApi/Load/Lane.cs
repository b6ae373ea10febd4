using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Load;

/// <summary>Kinds of requests with separate limits: if one is overloaded and refused, the others continue.</summary>
internal enum Lane
{
    /// <summary>Webhooks of aggregators: they settle payments that guests have already made.</summary>
    Webhooks,

    /// <summary>Commands to an open session: confirm, pay, end.</summary>
    Settling,

    /// <summary>All other changes, mainly opening sessions.</summary>
    Creating,

    /// <summary>Reads.</summary>
    Reading,

    /// <summary>
    /// Codes that anybody may send without a token: of a table, or for a new till. Whoever guesses fills this lane
    /// and no other.
    /// </summary>
    Codes,
}

/// <summary>The lane of an endpoint; null if its requests are never refused for load.</summary>
internal sealed record LanePolicy(Lane? Lane);

internal static class Lanes
{
    private static readonly LanePolicy Reading = new(Lane.Reading), Creating = new(Lane.Creating);

    /// <summary>An endpoint without a policy gets its lane from the HTTP method.</summary>
    public static LanePolicy PolicyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<LanePolicy>()
        ?? (http.Request.MayChangeSomething ? Creating : Reading);

    /// <summary>The lane's name in metrics.</summary>
    public static string NameOf(Lane lane) => lane switch
    {
        Lane.Webhooks => "webhooks",
        Lane.Settling => "settling",
        Lane.Creating => "creating",
        Lane.Reading => "reading",
        Lane.Codes => "codes",
    };

    public static TBuilder In<TBuilder>(this TBuilder endpoint, Lane lane)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LanePolicy(lane));

    /// <summary>For health checks: monitoring must get an answer under overload most of all.</summary>
    public static TBuilder NeverShed<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LanePolicy(Lane: null));

    /// <summary>
    /// For requests that wait for a change (long poll, event stream), or for the rest of their body: they do no work
    /// meanwhile, so they free their place.
    /// </summary>
    public static void LeaveLane(this HttpContext http) => http.Features.Get<LanePlace>()?.Leave();

    /// <summary>Takes a place again after <see cref="LeaveLane"/>; false if the lane is full.</summary>
    public static ValueTask<bool> EnterLaneAgain(this HttpContext http) =>
        http.Features.Get<LanePlace>() is { } place ? place.Enter(http.RequestAborted) : ValueTask.FromResult(true);
}
