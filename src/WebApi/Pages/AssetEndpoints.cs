using JikoXpress.Pages;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Pages;

/// <summary>The style sheet and the script of all pages.</summary>
internal static class AssetEndpoints
{
    /// <summary>A year, which is as long as anybody keeps anything.</summary>
    private const string ForGood = "public, max-age=31536000, immutable";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{Asset.Folder}/{{name}}", Get).AllowAnyone().NeverShed().ExcludeFromDescription();

    /// <summary>
    /// While processes are upgraded, a page of the one version may ask another: it gets what there is, and keeps it no
    /// longer than it needs it.
    /// </summary>
    private static IResult Get(string name, HttpResponse response)
    {
        if (Asset.Named(name) is not { } asset) return FrameworkProblems.NotFound;
        response.Headers.CacheControl = asset.Name == name ? ForGood : "no-store";
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
