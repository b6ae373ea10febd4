using System.Text;
using System.Text.Encodings.Web;
using JikoXpress.WebApi.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JikoXpress.WebApi.Problems;

/// <summary>The pages to which a problem's <c>type</c> links: each explains one code to people.</summary>
internal static class ProblemPages
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void MapProblemPages(this IEndpointRouteBuilder routes)
    {
        var problems = routes.MapGroup("/problems").ExcludeFromDescription();
        problems.MapGet("", (HttpContext http) => Page(http, "Problems", ProblemCodes.Chapters)).AllowAnyone();
        problems.MapGet("/{code}", One).AllowAnyone();
    }

    private static IResult One(string code, HttpContext http) => ProblemCodes.Find(code) is not { } known
        ? FrameworkProblems.NotFound
        : Page(http, ProblemCode.Title(code), [new ProblemChapter(ProblemCode.Title(code), [known])]);

    private static ContentHttpResult Page(HttpContext http, string title, IReadOnlyList<ProblemChapter> chapters)
    {
        var html = new StringBuilder($$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{Text(title)}} - JikoXpress</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
            h2 { margin-top: 2rem }
            dt { font-weight: bold; margin-top: 1rem }
            dd { margin: 0 }
            </style>

            """);
        foreach (var chapter in chapters)
        {
            html.Append($"<h2>{Text(chapter.Title)}</h2>\n<dl>\n");
            foreach (var row in chapter.Codes)
                html.Append($"<dt id=\"{Text(row.Code)}\"><code>{Text(row.Code)}</code> ({row.Status})</dt>\n")
                    .Append($"<dd>{Text(row.Happened)}</dd>\n<dd>{Text(row.ToDo)}</dd>\n");
            html.Append("</dl>\n");
        }

        html.Append("<p><a href=\"/problems\">All problems</a> <a href=\"/docs\">The API</a></p>\n</html>\n");
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Text(html.ToString(), "text/html", Encoding.UTF8);
    }

    private static string Text(string plain) => HtmlEncoder.Default.Encode(plain);
}
