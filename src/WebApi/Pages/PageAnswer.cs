using System.Text;
using JikoXpress.Pages;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Answers;
using Microsoft.AspNetCore.Components;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Pages;

/// <summary>An answer that is a page, with the headers of all pages.</summary>
/// <param name="View">What the page shows.</param>
internal sealed record PageAnswer<TPage>(int Status, Language Language, object View) : IResult, IStatusCodeHttpResult
    where TPage : IComponent
{
    /// <summary>
    /// Nothing of other sites, no script and no style in the page itself, no frame around it, and forms go to this
    /// server only.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    int? IStatusCodeHttpResult.StatusCode => Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        PageAnswer.PutHeaders(response);
        response.Headers.ContentLanguage = Language.Tag;
        response.Headers.Vary = HeaderNames.AcceptLanguage;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XFrameOptions = "DENY";
        response.ContentType = "text/html; charset=utf-8";
        var html = Encoding.UTF8.GetBytes(await Html.Of<TPage>(View));
        response.ContentLength = html.Length;
        await response.BodyWriter.WriteAsync(html, httpContext.RequestAborted);
    }
}

/// <summary>What is the same in all answers about pages.</summary>
internal static class PageAnswer
{
    /// <summary>The address of a page is a secret: it is kept by no cache, and told to no other site.</summary>
    public static void PutHeaders(HttpResponse response)
    {
        Compression.Omit(response.HttpContext);
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}

/// <summary>303: look there, with GET (RFC 9110, section 15.4.4).</summary>
internal sealed record SeeOther(string Location) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageAnswer.PutHeaders(httpContext.Response);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Location;
        return Task.CompletedTask;
    }
}
