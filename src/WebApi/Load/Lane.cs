using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Load;

/// <summary>Kinds of work that never wait for each other: when one is shed, the others go on.</summary>
internal enum Lane
{
    /// <summary>What aggregators tell: it settles what guests have paid already.</summary>
    Webhooks,

    /// <summary>Commands to a session that is open: confirming, paying, ending.</summary>
    Settling,

    /// <summary>Everything else that changes something, first of all opening sessions.</summary>
    Creating,

    /// <summary>Looking.</summary>
    Reading,
}

/// <summary>In which lane an endpoint's requests are; null where they are never refused for load.</summary>
internal sealed record LanePolicy(Lane? Lane);

internal static class Lanes
{
    private static readonly LanePolicy Reading = new(Lane.Reading), Creating = new(Lane.Creating);

    /// <summary>An endpoint that names no lane is in that of its method.</summary>
    public static LanePolicy PolicyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<LanePolicy>()
        ?? (http.Request.MayChangeSomething ? Creating : Reading);

    /// <summary>As metrics say it.</summary>
    public static string NameOf(Lane lane) => lane switch
    {
        Lane.Webhooks => "webhooks",
        Lane.Settling => "settling",
        Lane.Creating => "creating",
        Lane.Reading => "reading",
    };

    public static TBuilder In<TBuilder>(this TBuilder endpoint, Lane lane)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LanePolicy(lane));

    /// <summary>Whoever watches the process is answered above all when there is too much to do.</summary>
    public static TBuilder NeverShed<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LanePolicy(Lane: null));

    /// <summary>
    /// For requests that wait for something to happen: they do nothing meanwhile, and make room for one that does.
    /// </summary>
    public static void LeaveLane(this HttpContext http) => http.Features.Get<LanePlace>()?.Leave();
}
