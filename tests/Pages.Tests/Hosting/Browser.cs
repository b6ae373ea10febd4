using System.Collections.Concurrent;
using JikoXpress.Pages.Tests.Hosting;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>Chromium, started when the first test needs it. Tests without a browser never start it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A customer with a small phone.</summary>
    public async Task<Customer> Customer(
        string language = "en", bool scripts = true, int width = 360, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        browser ??= await Start();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 740 },
            DeviceScaleFactor = 2,
            HasTouch = true,
            IsMobile = true,
            JavaScriptEnabled = scripts,
            Locale = language is "sw" ? "sw-TZ" : "en-TZ",
            ReducedMotion = motion,
        });
        context.SetDefaultTimeout(20_000);
        return new Customer(context, language, scripts);
    }

    private async Task<IBrowser> Start()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Find(),
            Args = Arguments,
        });
    }
}

/// <summary>
/// One customer's browser. What it complains about, and what it loads from other sites, fails the test at its end.
/// </summary>
public sealed class Customer(IBrowserContext context, string language, bool scripts) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = [];

    public IBrowserContext Context => context;

    public bool Scripts => scripts;

    public string Language => language;

    /// <summary>Which of the two is the customer's language.</summary>
    public string Says(string english, string swahili) => language is "sw" ? swahili : english;

    /// <summary>A new tab at an address.</summary>
    public async Task<IPage> Open(Uri address)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // A network that is switched off, and answers that are no 200, are not the page's fault.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            // A customer may go to another site; nothing of another site comes into a page.
            if (request.IsNavigationRequest) return;
            if (!request.Url.StartsWith(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
                complaints.Enqueue($"{request.Method} {request.Url}");
        };
        await page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(complaints);
    }
}
