using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>What customers do on a page, and what they see.</summary>
internal static class PageSteps
{
    /// <summary>Beside the project, so that a look at the pages does not need a browser.</summary>
    private static readonly string Pictures =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../TestResults/pages"));

    extension(IPage page)
    {
        public ILocator Heading => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

        public ILocator PhoneField => page.Locator("#phone");

        public ILocator PayButton => page.Locator("#submit");

        public async Task SendPhone(string phone)
        {
            await page.PhoneField.FillAsync(phone);
            await page.PayButton.ClickAsync();
        }

        public Task Sees(string heading) =>
            Assertions.Expect(page.Heading).ToContainTextAsync(heading, new() { Timeout = 20_000 });

        /// <summary>A page with scripts hears of it; on one without, the customer asks.</summary>
        public async Task LooksAgain(Customer customer)
        {
            if (!customer.Scripts) await page.Locator("main a.button").First.ClickAsync();
        }

        /// <summary>The page has led to the shop, by itself or by its link.</summary>
        public async Task GoesOnToTheShop(Customer customer, HostedSale sale)
        {
            if (!customer.Scripts)
            {
                await page.LooksAgain(customer);
                await page.Sees(customer.Says("Paid", "Malipo yamekamilika"));
                await page.Picture($"paid-{customer.Language}");
                await page.Locator("main a.button").ClickAsync();
            }

            await page.IsAt($"/health/live?session={sale.Id}");
        }

        public Task IsAt(string pathAndQuery) => Assertions.Expect(page).ToHaveURLAsync(
            new Regex($"{Regex.Escape(pathAndQuery)}$"), new() { Timeout = 20_000 });

        /// <summary>Keeps a picture of the page with the results of the run.</summary>
        public Task Picture(string name) => page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Pictures, $"{name}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
