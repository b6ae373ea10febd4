using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Documentation;

/// <summary>
/// GET /docs: a page to read and try the API, drawn by Swagger UI, whose files come from its package. It loads nothing
/// from other sites.
/// </summary>
internal static class DocsPage
{
    /// <summary>The viewer needs inline styles; everything else must come from this server.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapOwn("docs.css", "text/css; charset=utf-8", "pages/docs.css");
        routes.MapOwn("docs.js", "text/javascript; charset=utf-8", "pages/docs.js");
        routes.MapOwn("sample-kitchen.json", "application/json", "examples/sample-kitchen");
        var viewer = routes.MapSwaggerUI("docs", viewer => viewer.IndexStream = () => Own("pages/docs.html"));
        viewer.AllowAnyone().ExcludeFromDescription();
        viewer.Finally(Protect);
    }

    /// <summary>Sets the content security policy.</summary>
    private static void Protect(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate ?? throw new InvalidOperationException("The viewer answers nothing.");
        endpoint.RequestDelegate = http =>
        {
            // The viewer sets ETags of its own, which do not tell a compressed form from a plain one.
            Compression.Omit(http);
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return answer(http);
        };
    }

    private static void MapOwn(this IEndpointRouteBuilder routes, string file, string type, string resource) =>
        routes.MapGet($"/docs/{file}", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return Results.Stream(Own(resource), type);
        }).AllowAnyone().ExcludeFromDescription();

    private static Stream Own(string name) => typeof(DocsPage).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"There is no {name} among the resources.");
}
