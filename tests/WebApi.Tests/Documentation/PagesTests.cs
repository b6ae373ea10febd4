using System.Net;
using System.Text.RegularExpressions;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Documentation;

public sealed partial class PagesTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task The_page_and_all_that_it_needs_come_from_the_product_itself()
    {
        using var browser = new HttpClient { BaseAddress = house.Address };

        var page = await browser.GetAsync(new Uri("/docs", UriKind.Relative));
        var needed = Local().Matches(await page.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal("/docs/index.html", page.RequestMessage?.RequestUri?.AbsolutePath);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("/docs/docs.js", needed);
        foreach (var path in needed.Where(path => path.StartsWith("/docs/", StringComparison.Ordinal)))
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Every_code_is_explained_where_the_type_of_its_problems_leads()
    {
        using var browser = new HttpClient { BaseAddress = house.Address };
        var all = await browser.GetStringAsync(new Uri("/problems", UriKind.Relative));

        foreach (var code in ProblemCodes.Chapters.SelectMany(chapter => chapter.Codes).Select(row => row.Code))
        {
            Assert.Contains($"<code>{code}</code>", all, StringComparison.Ordinal);
            var one = await browser.GetStringAsync(new Uri(ProblemCode.Path(code), UriKind.Relative));
            Assert.Contains($"<code>{code}</code>", one, StringComparison.Ordinal);
        }

        var unknown = await browser.GetAsync(new Uri("/problems/no-such-code", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"]*)\"")]
    private static partial Regex Local();
}
