using System.Globalization;
using JikoXpress.Pages.Tests.Hosting;

namespace JikoXpress.Pages.Tests;

/// <summary>What a page costs: its bytes, and the time on a slow network until it can be used.</summary>
public sealed class Weight(Shop shop, Browser browser, ITestOutputHelper output)
{
    private const int MostBytes = 50_000;
    private const int SlowerBy = 4;

    /// <summary>On the slow profile, on a machine that has other work to do.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_page_with_ten_lines_weighs_less_than_50_KB_with_all_that_it_loads()
    {
        var lines = string.Join(", ", Enumerable.Range(1, 10).Select(line =>
            $$"""{ "name": "Kanga ya rangi {{line}}", "unitAmount": 15000, "quantity": {{line}} }"""));
        var sale = await shop.Open($$""" "lineItems": [{{lines}}] """);
        await using var customer = await browser.Customer("sw");
        var page = await customer.Context.NewPageAsync();
        var loads = new List<(string Url, int Bytes)>();
        page.Response += (_, response) => loads.Add((response.Url, 0));
        await page.GotoAsync(new Uri(shop.Address, sale.Page).ToString());

        var sizes = new List<(string Name, int Bytes)>();
        foreach (var (url, _) in loads)
        {
            var path = new Uri(url).AbsolutePath;
            sizes.Add((
                path.StartsWith("/pay/", StringComparison.Ordinal) ? "HTML" : Path.GetExtension(path),
                (await shop.Http.GetByteArrayAsync(new Uri(url))).Length));
        }

        foreach (var (name, bytes) in sizes) output.WriteLine($"{name} {bytes} bytes");
        output.WriteLine($"together {sizes.Sum(size => size.Bytes)} bytes, uncompressed");
        Assert.Equal([".css", ".js", "HTML"], sizes.Select(size => size.Name).Order(StringComparer.Ordinal));
        Assert.InRange(sizes.Sum(size => size.Bytes), 1_000, MostBytes);
    }

    [Fact]
    public async Task On_slow_3G_with_a_slow_processor_the_page_is_ready_in_five_seconds()
    {
        var sale = await shop.Open(Shop.Kanga);
        await using var customer = await browser.Customer("sw");
        var page = await customer.Context.NewPageAsync();
        await SlowNetwork.Emulate(page, SlowNetwork.Slow3G);
        await SlowNetwork.SlowProcessor(page, SlowerBy);

        await page.GotoAsync(new Uri(shop.Address, sale.Page).ToString());

        var painted = await page.EvaluateAsync<double>(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        // The script is deferred: when this event has ended, it has run, and the form is there.
        var ready = await page.EvaluateAsync<double>(
            "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"first contentful paint {painted:F0} ms, interactive {ready:F0} ms"));
        Assert.InRange(ready, 400, Longest.TotalMilliseconds);
    }
}
