using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Answers HEAD as GET (RFC 9110, section 9.3.2). The web server knows the method that was sent, and leaves the
/// body out.
/// </summary>
internal sealed class Heads(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Features.Set(Asked);
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    }

    private static readonly HeadRequest Asked = new();
}
