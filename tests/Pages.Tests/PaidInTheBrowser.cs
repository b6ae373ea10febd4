using JikoXpress.Pages.Tests.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Playwright;

namespace JikoXpress.Pages.Tests;

/// <summary>Customers with a small phone, with and without scripts, in both languages.</summary>
public sealed class PaidInTheBrowser(Shop shop, Browser browser)
{
    public static TheoryData<string, bool> Customers => new()
    {
        { "en", true }, { "en", false }, { "sw", true }, { "sw", false },
    };

    [Theory, MemberData(nameof(Customers))]
    public async Task A_customer_pays_by_phone_and_goes_on_to_the_shop(string language, bool scripts)
    {
        var sale = await shop.Open($$"""{{Shop.Kanga}}, "description": "Oda 123" """);
        await using var customer = await browser.Customer(language, scripts);
        var page = await customer.Open(AddressOf(sale));
        await page.Sees(customer.Says("Pay Duka la Asha", "Malipo kwa Duka la Asha"));
        await page.Picture($"form-{language}");
        var phone = shop.Mobile.Phone("001");

        await page.SendPhone(phone);

        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));
        await page.Picture($"asking-{language}");
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);
        Assert.Equal(38_000, shop.Mobile.Spent(phone));
        Assert.Equal("succeeded", await Shop.StatusOf(sale));
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task A_guest_pays_the_slip_whose_code_the_phone_has_read(string language, bool scripts)
    {
        var slip = await shop.Slip();
        await using var guest = await browser.Customer(language, scripts);
        var page = await guest.Open(AddressOf(slip));
        await page.Sees(guest.Says("Pay ", "Malipo kwa "));
        await Assertions.Expect(page.Locator("form")).ToContainTextAsync(
            guest.Says("Or show your slip to the cashier", "Au mwonyeshe keshia karatasi yako"));
        await page.Picture($"slip-{language}");
        var phone = shop.Mobile.Phone("001");

        await page.SendPhone(phone);
        await page.Sees(guest.Says("Look at your phone", "Angalia simu yako"));
        await shop.PhonesDecide();
        await page.LooksAgain(guest);

        await page.Sees(guest.Says("Paid", "Malipo yamekamilika"));
        await page.Picture($"slip-paid-{language}");
        Assert.Equal(5_000, shop.Mobile.Spent(phone));
        await slip.By.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task A_customer_pays_by_card_on_the_gateways_page(string language, bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(language, scripts);
        var page = await customer.Open(AddressOf(sale));

        await page.GetByText(customer.Says("Pay by card", "Lipa kwa kadi")).ClickAsync();
        var onwards = page.GetByText(customer.Says("Go on to the card page", "Endelea kwenye ukurasa wa kadi"));
        await Assertions.Expect(onwards).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Picture($"card-{language}");
        await onwards.ClickAsync();
        await page.GetByText("Pay", new() { Exact = true }).ClickAsync();
        await page.GetByText("Approve").ClickAsync();
        await shop.Mobile.UntilQuiet();

        if (!scripts)
        {
            await page.IsAt($"{sale.Page}?lang={language}&fromCard");
            await page.ReloadAsync();
            await page.Locator("main a.button").ClickAsync();
        }

        await page.IsAt($"/health/live?session={sale.Id}");
        Assert.Equal("succeeded", await Shop.StatusOf(sale));
    }

    [Fact]
    public async Task Who_comes_back_from_the_card_page_pays_by_phone()
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer("en", scripts: true);
        var page = await customer.Open(AddressOf(sale));
        await page.GetByText("Pay by card").ClickAsync();
        await page.GetByText("Go on to the card page").ClickAsync(new() { Timeout = 20_000 });
        await page.GoBackAsync();

        var phone = shop.Mobile.Phone("001");
        await page.SendPhone(phone);
        await page.Sees("Look at your phone");
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);
        Assert.Equal(30_000, shop.Mobile.Spent(phone));
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task A_visitor_of_a_link_says_how_much_and_pays(string language, bool scripts)
    {
        var link = await shop.Link("""
            "openAmount": { "min": 1000, "max": 1000000, "preset": 10000 }, "submitType": "donate",
            "description": "Msikiti wa Kariakoo", "successMessage": "Asante sana!", "collectName": true,
            "customFields": [{ "key": "for", "label": "Kwa ajili ya", "type": "dropdown", "options": ["Ujenzi", "Yatima"] }]
            """);
        await using var visitor = await browser.Customer(language, scripts);
        var page = await visitor.Open(new Uri(shop.Address, link.Page));
        await page.Sees(visitor.Says("Pay Duka la Asha", "Malipo kwa Duka la Asha"));
        await page.PayButton.ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync(
            visitor.Says("Fill in this field", "Jaza sehemu hii"));
        await page.Locator("#amount").FillAsync("25,000");
        await page.Locator("#name").FillAsync("Juma");
        await page.Locator("select").SelectOptionAsync("Yatima");
        await page.Picture($"link-{language}");

        await page.PayButton.ClickAsync();

        await Assertions.Expect(page.PhoneField).ToBeVisibleAsync(new() { Timeout = 20_000 });
        var phone = shop.Mobile.Phone("001");
        await page.SendPhone(phone);
        await page.Sees(visitor.Says("Look at your phone", "Angalia simu yako"));
        await shop.PhonesDecide();
        await page.LooksAgain(visitor);
        await page.Sees(visitor.Says("Paid", "Malipo yamekamilika"));
        await Assertions.Expect(page.GetByText("Asante sana!")).ToBeVisibleAsync();
        Assert.Equal(25_000, shop.Mobile.Spent(phone));
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task After_a_wrong_PIN_the_customer_tries_again(string language, bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(language, scripts);
        var page = await customer.Open(AddressOf(sale));
        await page.SendPhone(shop.Mobile.Phone("013"));
        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));

        await shop.PhonesDecide();
        await page.LooksAgain(customer);

        await Assertions.Expect(page.Locator(".errors"))
            .ToContainTextAsync(customer.Says("The PIN was wrong", "PIN haikuwa sahihi"));
        await page.Picture($"wrong-pin-{language}");
        var phone = shop.Mobile.Phone("001");
        await page.SendPhone(phone);
        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);
        Assert.Equal(30_000, shop.Mobile.Spent(phone));
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task A_phone_that_is_none_is_told_before_anything_rings(string language, bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(language, scripts);
        var page = await customer.Open(AddressOf(sale));

        await page.SendPhone("0222 123 456");

        var text = customer.Says("Enter a mobile number of Tanzania", "Weka namba sahihi ya simu");
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync(text);
        await Assertions.Expect(page.Locator("#phone-error")).ToContainTextAsync(text);
        await Assertions.Expect(page.PhoneField).ToHaveValueAsync("0222 123 456");
        if (scripts) await Assertions.Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await page.Locator(".errors a").ClickAsync();
        Assert.EndsWith("#phone", page.Url, StringComparison.Ordinal);
        await page.Picture($"wrong-number-{language}");
        Assert.Equal("requires_payment_method", await Shop.StatusOf(sale));
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task A_page_whose_time_is_over_says_so(string language, bool scripts)
    {
        var sale = await shop.Open(""" "amount": 5000, "expiresIn": 60 """);
        await using var customer = await browser.Customer(language, scripts);
        if (scripts) await customer.Context.Clock.InstallAsync();
        var page = await customer.Open(AddressOf(sale));
        await page.Sees(customer.Says("Pay Duka", "Malipo kwa Duka"));

        await shop.Mobile.Pass(TimeSpan.FromSeconds(61));
        if (scripts) await page.Clock.FastForwardAsync(61_000);
        else await page.SendPhone(shop.Mobile.Phone("001"));

        await page.Sees(customer.Says("The time to pay is over", "Muda wa kulipa umekwisha"));
        await page.Picture($"over-{language}");
        await page.Locator("main a.button").ClickAsync();
        await page.IsAt("/health/live?cancelled");
    }

    [Theory, MemberData(nameof(Customers))]
    public async Task Going_back_after_paying_shows_that_it_is_paid(string language, bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(language, scripts);
        var page = await customer.Open(AddressOf(sale));
        await page.SendPhone(shop.Mobile.Phone("001"));
        await page.Sees(customer.Says("Look at your phone", "Angalia simu yako"));
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);

        await page.GoBackAsync();

        await page.Sees(customer.Says("Paid", "Malipo yamekamilika"));
        await Assertions.Expect(page.Locator("form")).ToHaveCountAsync(0);
        Assert.Equal("succeeded", await Shop.StatusOf(sale));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_tap_rings_once(bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(scripts: scripts);
        var page = await customer.Open(AddressOf(sale));
        var phone = shop.Mobile.Phone("001");
        await page.PhoneField.FillAsync(phone);

        await page.PayButton.DblClickAsync();

        await page.Sees("Look at your phone");
        await shop.PhonesDecide();
        Assert.Single(shop.Mobile.Aggregator.Collections, collection => collection.Push.Phone == phone);
        await page.GoesOnToTheShop(customer, sale);
        Assert.Equal(30_000, shop.Mobile.Spent(phone));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_tabs_one_rings_and_both_know_of_it(bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer(scripts: scripts);
        var first = await customer.Open(AddressOf(sale));
        var second = await customer.Open(AddressOf(sale));
        var (phone, other) = (shop.Mobile.Phone("001"), shop.Mobile.Phone("001"));
        await first.SendPhone(phone);
        await first.Sees("Look at your phone");

        await second.SendPhone(other);

        await second.Sees("Look at your phone");
        await Assertions.Expect(second.Locator("main")).ToContainTextAsync(phone[^3..]);
        await shop.PhonesDecide();
        await first.BringToFrontAsync();
        await first.GoesOnToTheShop(customer, sale);
        await second.BringToFrontAsync();
        await second.GoesOnToTheShop(customer, sale);
        Assert.Equal((30_000, 0), (shop.Mobile.Spent(phone), shop.Mobile.Spent(other)));
    }

    [Fact]
    public async Task On_a_slow_network_that_breaks_off_the_page_still_tells_how_it_went()
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer();
        var page = await customer.Open(AddressOf(sale));
        await SlowNetwork.Emulate(page, SlowNetwork.Slow3G);
        var isBroken = true;
        await page.RouteAsync(
            "**/api/checkout/**", route => isBroken ? route.AbortAsync("connectionreset") : route.ContinueAsync());
        await page.SendPhone(shop.Mobile.Phone("001"));
        await page.Sees("Look at your phone");
        await shop.PhonesDecide();
        Assert.Equal("succeeded", await Shop.StatusOf(sale));
        await page.Sees("Look at your phone");

        isBroken = false;

        await page.GoesOnToTheShop(customer, sale);
    }

    [Fact]
    public async Task The_page_guesses_the_network_from_the_number_and_the_customer_may_know_better()
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer("sw");
        var page = await customer.Open(AddressOf(sale));
        var guess = page.Locator("#network-guess");
        foreach (var (phone, network) in ((string, string)[])
            [("0754", "M-Pesa"), ("+255 68", "Airtel Money"), ("071", "Mixx by Yas"), ("62", "HaloPesa")])
        {
            await page.PhoneField.FillAsync(phone);
            await Assertions.Expect(guess).ToContainTextAsync(network);
        }

        await page.PhoneField.FillAsync("05");
        await Assertions.Expect(guess).ToBeEmptyAsync();
        await page.Locator("#network").SelectOptionAsync("AIRTEL");
        await page.SendPhone(shop.Mobile.Phone("001"));
        await page.Sees("Angalia simu yako");
        await shop.PhonesDecide();
        await page.GoesOnToTheShop(customer, sale);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_language_is_changed_on_the_page_and_stays(bool scripts)
    {
        var sale = await shop.Open();
        await using var customer = await browser.Customer("en", scripts);
        var page = await customer.Open(AddressOf(sale));

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Kiswahili" }).ClickAsync();

        await page.Sees("Malipo kwa Duka la Asha");
        await page.SendPhone("12");
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync("Kuna tatizo");
        await page.SendPhone(shop.Mobile.Phone("001"));
        await page.Sees("Angalia simu yako");
        await shop.PhonesDecide();
    }

    private Uri AddressOf(HostedSale sale) => new(shop.Address, sale.Page);
}
