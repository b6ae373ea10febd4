namespace JikoXpress.Baselines;

internal sealed record Push(string Reference, string Phone, long Amount, string Currency);

internal sealed record PushAnswer(string Reference, string Id, string Status, long Amount, string Currency);

/// <summary>
/// An aggregator that takes every push at once and never tells what came of it: the load generator sends the webhooks.
/// </summary>
internal static class Aggregator
{
    public static void MapAggregator(this IEndpointRouteBuilder routes) => routes.MapPost(
        "/v1/collections",
        (Push push) => TypedResults.Ok(
            new PushAnswer(push.Reference, push.Reference, "PENDING", push.Amount, push.Currency)));
}
