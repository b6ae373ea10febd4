namespace JikoXpress.WebApi.Documentation;

/// <summary>GET /docs: the API to read and to try, served by the product itself, from nowhere else.</summary>
internal static class DocsPage
{
    private const string Prefix = "docs";

    /// <summary>The page's own scripts and its inline styles, and requests to this very server.</summary>
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public static void UseDocsPage(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments($"/{Prefix}"),
            docs => docs.Use(async (http, next) =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                await next(http);
            }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Prefix;
            page.DocumentTitle = "JikoXpress API";
            page.SwaggerEndpoint("/openapi/v1.json", "JikoXpress v1");
            page.EnablePersistAuthorization();
            page.EnableTryItOutByDefault();
            page.DisplayRequestDuration();
            page.ConfigObject.DocExpansion = Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None;
        });
    }
}
