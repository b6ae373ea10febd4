using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using JikoXpress.Pages.Tests.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Playwright;

namespace JikoXpress.Pages.Tests;

/// <summary>WCAG 2.2 AA, as far as a program can see it, in each state of the page.</summary>
public sealed class Accessibility(Shop shop, Browser browser)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
        },
        Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } },
    };

    [Theory]
    [InlineData("en")]
    [InlineData("sw")]
    public async Task Axe_finds_nothing_in_any_state(string language)
    {
        var sale = await shop.Open($$"""{{Shop.Kanga}}, "description": "Oda 123" """);
        await using var customer = await browser.Customer(language);
        var page = await customer.Open(AddressOf(sale));
        await FindsNothing(page, "the form");
        await page.SendPhone("12");
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await FindsNothing(page, "the form with errors");
        await page.SendPhone(shop.Mobile.Phone("013"));
        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));
        await FindsNothing(page, "a phone is asked");
        await shop.PhonesDecide();
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await FindsNothing(page, "a wrong PIN");
        await page.SendPhone(shop.Mobile.Phone("001"));
        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);
        await page.GotoAsync(AddressOf(sale).ToString());
        await page.Sees(customer.Says("Paid", "Malipo yamekamilika"));
        await FindsNothing(page, "paid");

        var over = await shop.Open(""" "amount": 5000 """);
        await over.By.Post($"/checkout/sessions/{over.Id}/expire").Is(200);
        await page.GotoAsync(AddressOf(over).ToString());
        await FindsNothing(page, "over");
        var slip = await shop.Slip();
        await page.GotoAsync(new Uri(shop.Address, $"{slip.Page}?lang={language}").ToString());
        await FindsNothing(page, "a slip");
        await slip.By.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            {
              "payments": [
                { "paymentMethod": "CASH", "amount": 4000 }, { "paymentMethod": "PLATFORM_WALLET", "amount": 1000 }
              ]
            }
            """).Is(202);
        await page.ReloadAsync();
        await page.Sees(customer.Says("The cashier is taking the money", "Keshia anapokea malipo"));
        await FindsNothing(page, "a slip at the cashier");
        var link = await shop.Link("""
            "lineItems": [{ "name": "Ticket", "unitAmount": 500, "quantity": 1, "minQuantity": 1, "maxQuantity": 4 }],
            "collectName": true, "collectPhone": true,
            "customFields": [{ "key": "size", "label": "Size", "type": "dropdown", "required": true, "options": ["S"] }]
            """);
        await page.GotoAsync(new Uri(shop.Address, $"{link.Page}?lang={language}").ToString());
        await FindsNothing(page, "a link");
        await page.PayButton.ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await FindsNothing(page, "a link with errors");
        await page.GotoAsync(new Uri(shop.Address, "/pay/unknown").ToString());
        await FindsNothing(page, "unknown");
    }

    [Fact]
    public async Task At_320_pixels_nothing_has_to_be_scrolled_sideways()
    {
        var longest = new string('W', 200);
        var sale = await shop.Open($$"""
            "lineItems": [{ "name": "{{longest}}", "unitAmount": 999999999, "quantity": 999 }],
            "description": "{{longest}}"
            """);
        await using var customer = await browser.Customer("sw", width: 320);
        var page = await customer.Open(AddressOf(sale));

        Assert.InRange(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"), 1, 320);
        await page.Picture("narrow-sw");
    }

    [Fact]
    public async Task At_320_pixels_a_price_is_one_piece()
    {
        var sale = await shop.Open("""
            "lineItems": [{ "name": "Simu ya mkononi", "unitAmount": 1250000, "quantity": 10 }]
            """);
        await using var customer = await browser.Customer("en", width: 320);
        var page = await customer.Open(AddressOf(sale));

        var cell = page.Locator("td").Last;
        Assert.InRange(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"), 1, 320);
        Assert.Equal(1, await cell.EvaluateAsync<int>("""
            e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects().length; }
            """));
    }

    [Fact]
    public async Task What_is_tapped_is_as_large_as_a_finger_and_what_has_the_focus_is_seen()
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer();
        var page = await customer.Open(AddressOf(sale));
        const string Targets = "a, button, input, select, summary";
        foreach (var target in await page.Locator(Targets).AllAsync())
        {
            if (!await target.IsVisibleAsync()) continue;
            var box = await target.BoundingBoxAsync();
            Assert.NotNull(box);
            Assert.True(box is { Width: >= 24, Height: >= 24 }, $"{box.Width} x {box.Height}");
        }

        // By keyboard alone, from the language to the button.
        List<string> reached = [];
        for (var step = 0; step < 7; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.tagName"));
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }

        Assert.Equal(["A", "phone", "network", "SUMMARY", "submit", "BUTTON", "A"], reached);
    }

    [Fact]
    public async Task What_happens_is_said_and_who_wants_no_motion_sees_none()
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(motion: ReducedMotion.Reduce);
        var page = await customer.Open(AddressOf(sale));
        await page.SendPhone(shop.Mobile.Phone("013"));
        await page.Sees("Look at your phone");
        Assert.Equal("none", await page.Locator(".spinner").EvaluateAsync<string>("it => getComputedStyle(it).animationName"));

        await shop.PhonesDecide();

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Last)
            .ToContainTextAsync("The payment did not go through. The PIN was wrong");
    }

    private static async Task FindsNothing(IPage page, string state)
    {
        var found = await page.RunAxe(Rules);
        Assert.True(
            found.Violations.Length is 0,
            $"In the state {state}: "
            + string.Join('\n', found.Violations.Select(violation =>
                $"{violation.Impact} {violation.Id}: {violation.Help} "
                + string.Join(' ', violation.Nodes.Select(node => node.Html)))));
        Assert.NotEmpty(found.Passes);
    }

    private Uri AddressOf(HostedSale sale) => new(shop.Address, sale.Page);
}
