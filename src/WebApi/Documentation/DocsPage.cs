using System.IO.Compression;
using System.Reflection;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Problems;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace JikoXpress.WebApi.Documentation;

/// <summary>GET /docs: a page to read and try the API. It loads nothing from other sites.</summary>
internal static class DocsPage
{
    private const string Swagger = "Swashbuckle.AspNetCore.SwaggerUI.node_modules.swagger_ui_dist.";

    /// <summary>The viewer needs inline styles; everything else must come from this server.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, (string Type, byte[] Bytes)> Files = new(StringComparer.Ordinal)
    {
        ["docs.css"] = ("text/css; charset=utf-8", Own("pages/docs.css")),
        ["docs.js"] = ("text/javascript; charset=utf-8", Own("pages/docs.js")),
        ["sample-kitchen.json"] = ("application/json", Own("examples/sample-kitchen")),
        ["swagger-ui.css"] = ("text/css; charset=utf-8", Theirs("swagger-ui.css")),
        ["swagger-ui-bundle.js"] = ("text/javascript; charset=utf-8", Theirs("swagger-ui-bundle.js")),
    };

    private static readonly byte[] Page = Own("pages/docs.html");

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs", (HttpContext http) => Html(http, Page)).AllowAnyone().ExcludeFromDescription();
        routes.MapGet("/docs/{file}", Get).AllowAnyone().ExcludeFromDescription();
    }

    /// <summary>A page with a content security policy that loads nothing from other sites.</summary>
    public static IResult Html(HttpContext http, byte[] page)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(page, "text/html; charset=utf-8");
    }

    private static IResult Get(string file, HttpContext http)
    {
        if (!Files.TryGetValue(file, out var found)) return FrameworkProblems.NotFound;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(found.Bytes, found.Type);
    }

    private static byte[] Own(string name) => Read(typeof(DocsPage).Assembly, name);

    private static byte[] Theirs(string name) => Read(typeof(SwaggerUIOptions).Assembly, Swagger + name);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Unpacked(bytes.ToArray());
    }

    /// <summary>Some builds of the viewer contain compressed files.</summary>
    private static byte[] Unpacked(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..]) return bytes;
        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
