namespace JikoXpress.Simulator.Vendors;

/// <summary>The faces of all aggregators over HTTP.</summary>
internal static class VendorWeb
{
    public static void MapVendors(this WebApplication app)
    {
        var services = app.Services;
        var aggregator = services.GetRequiredService<Aggregator>();
        foreach (var vendor in VendorApi.All(
            aggregator, services.GetRequiredService<VendorKeys>(), services.GetRequiredService<Tokens>(),
            services.GetRequiredService<SimulatorClock>()))
        {
            app.Map($"/{vendor.Name}/{{**path}}", async (string? path, HttpContext http) =>
                await Answer(vendor.Answer(await Read(http.Request, path ?? "")), http, aggregator));
        }
    }

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

    private static async Task<VendorRequest> Read(HttpRequest request, string path)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new VendorRequest(
            request.Method, path.Split('/'),
            name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body.ToArray());
    }

    private static async Task<IResult> Answer(VendorReply reply, HttpContext http, Aggregator aggregator)
    {
        if (reply.TellsFirst) await aggregator.CatchUp();
        if (reply.Status is { } status)
        {
            http.Response.StatusCode = status;
            return Results.Bytes(reply.Body, "application/json; charset=utf-8");
        }

        http.Abort();
        return Results.Empty;
    }
}

/// <summary>The tokens that the simulator gives; a tester may revoke them all.</summary>
public sealed class Tokens(SimulatorSettings settings)
{
    private int generation;

    public string Current(string vendor) => settings.Derive($"{vendor} token {generation}");

    public void Revoke() => Interlocked.Increment(ref generation);
}
