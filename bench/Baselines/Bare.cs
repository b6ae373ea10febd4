namespace JikoXpress.Baselines;

/// <summary>Bare ASP.NET: what HTTP and JSON cost where nothing is decided and nothing is stored.</summary>
internal static class Bare
{
    private const string Tag = "\"1.2\"";

    private static readonly Sale Shown = Sale.Of(
        new SaleRequest(
            Guid.Parse("00000001-0000-7000-8000-000000000000"), "IMMEDIATE", "POS", "PICKUP", "John",
            [
                new(Guid.Parse("00000001-0000-7000-8000-000000000001"), 1),
                new(Guid.Parse("00000001-0000-7000-8000-000000000002"), 2),
            ],
            [new("CASH", 10_500)]),
        new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));

    public static void MapBare(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bare", IResult (HttpContext http) =>
        {
            http.Response.Headers.ETag = Tag;
            return http.Request.Headers.IfNoneMatch == Tag
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : TypedResults.Ok(Shown.State);
        });
        routes.MapPost("/bare", (SaleRequest request) =>
            TypedResults.Ok(Sale.Of(request, TimeProvider.System.GetUtcNow()).State));
    }
}
