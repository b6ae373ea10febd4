namespace JikoXpress.Simulator.Vendors;

/// <summary>What the faces of all aggregators have in common.</summary>
internal static class VendorWeb
{
    /// <summary>Pushes, and answers as the phone's script says.</summary>
    public static async Task<IResult> Push(
        this HttpContext http, Aggregator aggregator, Dialect dialect, PushBody push,
        Func<Collection, IResult> accepted, Func<Collection, IResult> refused)
    {
        var collection = aggregator.Push(push, dialect);
        if (collection.Script.IsTooFast) await aggregator.CatchUp();
        switch (collection.Script.Answer)
        {
            case PushAnswer.ServerError:
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            case PushAnswer.Refusal:
                return refused(collection);
            case PushAnswer.Silence:
                http.Abort();
                return Results.Empty;
            default:
                return accepted(collection);
        }
    }

    /// <summary>Only with a token that was given and not revoked.</summary>
    public static RouteGroupBuilder WithToken(this RouteGroupBuilder group, string vendor) =>
        group.AddEndpointFilter(async (context, next) =>
        {
            var tokens = context.HttpContext.RequestServices.GetRequiredService<Tokens>();
            return context.HttpContext.Request.Headers.Authorization == $"Bearer {tokens.Current(vendor)}"
                ? await next(context)
                : Results.Json(new { message = "Unauthorized" }, statusCode: 401);
        });

    /// <summary>Only with a key that does not change.</summary>
    public static RouteGroupBuilder WithKey(this RouteGroupBuilder group, string key) =>
        group.AddEndpointFilter(async (context, next) =>
            context.HttpContext.Request.Headers.Authorization == $"Bearer {key}"
                ? await next(context)
                : Results.Json(new { message = "Unauthorized" }, statusCode: 401));
}

/// <summary>The tokens that the simulator gives; a tester may revoke them all.</summary>
public sealed class Tokens(SimulatorSettings settings)
{
    private int generation;

    public string Current(string vendor) => settings.Derive($"{vendor} token {generation}");

    public void Revoke() => Interlocked.Increment(ref generation);
}
