using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using JikoXpress.Pages.Tests.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Pages.Tests;

/// <summary>What a page's address answers, byte by byte, without a browser.</summary>
public sealed class PagesOverHttp(Shop shop)
{
    [Fact]
    public async Task A_page_shows_what_is_bought_and_asks_which_phone_pays()
    {
        var sale = await shop.Open($$"""{{Shop.Kanga}}, "description": "Oda 123", "submitType": "book" """);

        var page = await shop.Get(sale.Page);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        Assert.StartsWith("<!DOCTYPE html>", page.Html.TrimStart(), StringComparison.Ordinal);
        foreach (var text in (string[])
            [
                """<html lang="en">""", "Pay Duka la Asha", "Oda 123", "Kanga", "Nyekundu", "30,000", "8,000",
                "38,000", "Book and pay TZS", "Test mode", """name="phone""", """autocomplete="tel""", "M-Pesa",
                "HaloPesa", "Cancel and go back", "health/live?cancelled",
            ])
            Assert.Contains(text, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_says_that_nothing_is_paid_before_its_day_and_how_much_then()
    {
        var sale = await shop.Open("""
            "amount": 12000, "mode": "subscription", "customerPhone": "+255754000111",
            "subscription": { "interval": "month", "intervalCount": 3, "trialDays": 30 }
            """);
        var session = await sale.By.Get($"/checkout/sessions/{sale.Id}").Is(200);
        var day = DateTimeOffset.Parse(session["trialEndsAt"], null).ToOffset(TimeSpan.FromHours(3))
            .ToString("dd/MM/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);

        var english = (await shop.Get(sale.Page, "en")).Html;
        foreach (var text in (string[])[$"Nothing to pay before {day}", "12,000 every 3 months", "111 each time",
            "Free trial at", "To pay today", "TZS&#xA0;0", "health/live?session=", "Go back to"])
            Assert.Contains(text, english, StringComparison.Ordinal);
        var swahili = (await shop.Get(sale.Page, "sw")).Html;
        foreach (var text in (string[])[$"Hakuna cha kulipa kabla ya {day}", "12,000 kila baada ya miezi 3", "Lipa TZS"])
            Assert.Contains(text, swahili, StringComparison.Ordinal);
        Assert.DoesNotContain("+255754000111", english + swahili, StringComparison.Ordinal);

        var single = await shop.Open();
        Assert.DoesNotContain("Nothing to pay before", (await shop.Get(single.Page, "en")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_says_how_often_and_how_long_is_paid()
    {
        var sale = await shop.Open("""
            "amount": 12000, "mode": "subscription", "subscription": { "interval": "week", "periods": 3 }
            """);

        Assert.Contains("12,000 every week, 3 times in all", (await shop.Get(sale.Page, "en")).Html, StringComparison.Ordinal);
        Assert.Contains("12,000 kila wiki, mara 3 kwa jumla", (await shop.Get(sale.Page, "sw")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_is_refused_is_called_a_card_and_a_phone_that_says_nothing_is_called_silent()
    {
        var sale = await shop.Open();
        var paying = await shop.Post($"{sale.Page}?lang=sw", ("method", "card"));
        Assert.Equal(HttpStatusCode.SeeOther, paying.Status);
        await shop.PhonesDecide();
        var card = Regex.Match((await shop.Get(sale.Page, "sw")).Html, "href=\"(http[^\"]*/card-pages/[^\"]*)\"").Groups[1].Value;
        await shop.Post(card, ("number", "4000000000009995"));
        await shop.PhonesDecide();
        Assert.Contains("Salio la kadi hii halitoshi", (await shop.Get(sale.Page, "sw")).Html, StringComparison.Ordinal);

        var silent = await shop.Open();
        await shop.Post($"{silent.Page}?lang=en", ("phone", shop.Mobile.Phone("036")));
        Assert.Contains("Look at your phone", (await shop.Get(silent.Page, "en")).Html, StringComparison.Ordinal);
        await shop.Mobile.Pass(TimeSpan.FromMinutes(6));
        Assert.Contains("The phone has not answered", (await shop.Get(silent.Page, "en")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pay", "Pay TZS", "Lipa TZS")]
    [InlineData("donate", "Donate TZS", "Changia TZS")]
    [InlineData("book", "Book and pay TZS", "Weka nafasi na ulipe TZS")]
    public async Task The_button_says_what_the_shop_wants_of_it(string submitType, string english, string swahili)
    {
        var sale = await shop.Open($$"""  "amount": 500, "submitType": "{{submitType}}" """);

        Assert.Contains(english, (await shop.Get(sale.Page, "en")).Html, StringComparison.Ordinal);
        Assert.Contains(swahili, (await shop.Get(sale.Page, "sw")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "en")]
    [InlineData("", "sw", "sw")]
    [InlineData("", "sw-TZ,sw;q=0.9,en;q=0.8", "sw")]
    [InlineData("", "fr,en;q=0.5,sw;q=0.7", "sw")]
    [InlineData("", "fr", "en")]
    [InlineData("?lang=sw", "en", "sw")]
    [InlineData("?lang=en", "sw", "en")]
    [InlineData("?lang=%3Cscript%3E", "sw", "sw")]
    public async Task A_page_is_in_the_language_that_is_chosen_or_that_the_browser_asks_for(
        string query, string? accepted, string expected)
    {
        var sale = await shop.Open();

        var page = await shop.Get($"{sale.Page}{query}", accepted);

        Assert.Contains($"<html lang=\"{expected}\">", page.Html, StringComparison.Ordinal);
        Assert.Equal(expected, page.Header("Content-Language"));
        Assert.Equal("Accept-Language", page.Header("Vary"));
        Assert.Contains(expected is "sw" ? "Malipo kwa" : "Pay Duka", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cache_keeps_a_page_no_other_site_hears_of_it_and_nothing_foreign_runs_in_it()
    {
        var sale = await shop.Open();

        foreach (var page in (Shown[])
            [
                await shop.Get(sale.Page), await shop.Get("/pay/unknown"),
                await shop.Post(sale.Page, ("phone", "1")), await shop.Post(sale.Page, ("phone", shop.Mobile.Phone("001"))),
            ])
        {
            Assert.Equal("no-store", page.Header("Cache-Control"));
            Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
            Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
            Assert.Null(page.Header("Set-Cookie"));
            if (page.Status is HttpStatusCode.SeeOther) continue;
            var policy = page.Header("Content-Security-Policy");
            foreach (var rule in (string[])
                [
                    "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
                    "base-uri 'none'", "frame-ancestors 'none'",
                ])
                Assert.Contains(rule, policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
        }

        await shop.PhonesDecide();
    }

    [Fact]
    public async Task What_pages_load_is_kept_for_good_under_a_name_with_its_hash()
    {
        var html = (await shop.Get((await shop.Open()).Page)).Html;

        Assert.Matches("""href="/assets/page\.[0-9a-f]{16}\.css""", html);
        Assert.Matches("""src="/assets/page\.[0-9a-f]{16}\.js" defer""", html);
        foreach (var asset in (Asset[])[Asset.Style, Asset.Script])
        {
            var loaded = await shop.Get(asset.Path);
            Assert.Equal(HttpStatusCode.OK, loaded.Status);
            Assert.Equal("public, max-age=31536000, immutable", loaded.Header("Cache-Control"));
            Assert.Equal(asset.ContentType, loaded.Header("Content-Type"));
        }

        var older = await shop.Get("/assets/page.0123456789abcdef.css");
        Assert.Equal((HttpStatusCode.OK, "no-store"), (older.Status, older.Header("Cache-Control")));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Get("/assets/other.0123456789abcdef.css")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Get("/assets/page.css")).Status);
    }

    [Fact]
    public async Task Markup_of_shops_and_customers_is_text()
    {
        const string Hostile = "<script>alert(1)</script>";
        const string Written = "&lt;script&gt;alert(1)&lt;/script&gt;";
        var hostile = await shop.OpenStore($"\\\"><img src=x onerror=alert(1)>", """{ "currency": "TZS" }""");
        var sale = await shop.Open(
            $$"""
            "lineItems": [{ "name": "{{Hostile}}", "unitAmount": 5, "quantity": 1, "description": "{{Hostile}}" }],
            "description": "{{Hostile}}", "customerEmail": "a@b.example"
            """,
            hostile);

        var page = await shop.Get(sale.Page);
        Assert.Equal(3, page.Html.Split(Written).Length - 1);
        Assert.DoesNotContain(Hostile, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"a@b.example\"", page.Html, StringComparison.Ordinal);

        var refused = await shop.Post(
            sale.Page, ("phone", "\"><script>alert(2)</script>"), ("name", "\" autofocus onfocus=alert(3) x=\""),
            ("email", Hostile), ("network", Hostile));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.DoesNotContain("<script>", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\" autofocus", refused.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://user:secret@shop.example/")]
    [InlineData("//shop.example/")]
    public async Task An_address_that_a_browser_would_run_is_never_stored(string url)
    {
        var backend = await shop.OpenStore("Duka", """{ "currency": "TZS" }""");
        foreach (var member in (string[])["successUrl", "cancelUrl", "callbackUrl"])
        {
            await backend.Post("/checkout/sessions", $$"""{ "amount": 5, "{{member}}": "{{url}}" }""")
                .Is(422, $$"""{ "code": "url-invalid", "errors": [{ "pointer": "/{{member}}" }] }""");
        }
    }

    [Fact]
    public async Task An_address_that_nobody_has_been_given_is_a_page_that_says_so()
    {
        var sale = await shop.Open();
        foreach (var path in (string[])
            [$"/pay/{sale.Id}", "/pay/x", sale.Page[..^1], sale.Page[..^4] + "AAAA", $"{sale.Page}/"])
        {
            var page = await shop.Get(path, "sw");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Contains("Ukurasa huu haupo", page.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(path, ("phone", "0754000001"))).Status);
        }
    }

    [Fact]
    public async Task A_phone_that_cannot_pay_is_told_at_its_field_and_in_the_summary()
    {
        var sale = await shop.Open();

        var empty = await shop.Post(sale.Page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Contains("""<a href="#phone">Enter the phone number that pays.</a>""", empty.Html, StringComparison.Ordinal);
        Assert.Contains("""id="phone-error">Enter the phone number""", empty.Html, StringComparison.Ordinal);
        Assert.Contains("""aria-describedby="phone-hint phone-error" aria-invalid="true""", empty.Html, StringComparison.Ordinal);

        var abroad = await shop.Post(
            sale.Page, ("phone", "+44 7700 900123"), ("name", "Juma"), ("email", "juma"), ("network", "AIRTEL"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, abroad.Status);
        Assert.Contains("Enter a mobile number of Tanzania", abroad.Html, StringComparison.Ordinal);
        Assert.Contains("Enter an e-mail address", abroad.Html, StringComparison.Ordinal);
        Assert.Contains("""value="&#x2B;44 7700 900123""", abroad.Html, StringComparison.Ordinal);
        Assert.Contains("""value="Juma""", abroad.Html, StringComparison.Ordinal);
        Assert.Contains("""<option value="AIRTEL" selected""", abroad.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_taken_leads_back_to_the_page_and_what_was_entered_reaches_the_shop()
    {
        var sale = await shop.Open();
        var phone = shop.Mobile.Phone("001");

        var taken = await shop.Post(
            $"{sale.Page}?lang=sw", ("phone", $"0{phone[4..7]} {phone[7..10]} {phone[10..]}"), ("network", "AIRTEL"),
            ("name", "Juma"), ("email", "juma@example.com"));

        Assert.Equal(HttpStatusCode.SeeOther, taken.Status);
        Assert.Equal($"{sale.Page}?lang=sw", taken.Header("Location"));
        var asking = await shop.Get($"{sale.Page}?lang=sw");
        Assert.Contains("Angalia simu yako", asking.Html, StringComparison.Ordinal);
        Assert.Contains(phone[^3..], asking.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(phone, asking.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", asking.Html, StringComparison.Ordinal);

        await shop.PhonesDecide();
        var paid = await shop.Get(sale.Page);
        Assert.Contains("You have paid", paid.Html, StringComparison.Ordinal);
        Assert.Contains($"health/live?session={sale.Id}", paid.Html, StringComparison.Ordinal);
        await sale.By.Get($"/checkout/sessions/{sale.Id}").Is(200, """
            { "paymentStatus": "succeeded", "collected": { "name": "Juma", "email": "juma@example.com" } }
            """);
        Assert.Equal(30_000, shop.Mobile.Spent(phone));
        var late = await shop.Post(sale.Page, ("phone", phone));
        Assert.Equal(HttpStatusCode.SeeOther, late.Status);
        Assert.Equal(30_000, shop.Mobile.Spent(phone));
    }

    [Theory]
    [InlineData("011", "not enough money", "halitoshi")]
    [InlineData("012", "was refused on the phone", "limekataliwa")]
    [InlineData("013", "The PIN was wrong", "PIN haikuwa sahihi")]
    [InlineData("023", "could not be reached", "haipatikani")]
    public async Task A_no_is_told_in_the_customers_words_and_the_same_phone_may_try_again(
        string ending, string english, string swahili)
    {
        var sale = await shop.Open();
        var phone = shop.Mobile.Phone(ending);
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(sale.Page, ("phone", phone))).Status);
        await shop.PhonesDecide();

        Assert.Contains(english, (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);
        var page = await shop.Get(sale.Page, "sw");
        Assert.Contains(swahili, page.Html, StringComparison.Ordinal);
        Assert.Contains("Iache wazi", page.Html, StringComparison.Ordinal);
        // Nothing entered: the same phone is rung again.
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(sale.Page, ("phone", ""))).Status);
        await shop.Mobile.UntilQuiet();
        Assert.Equal(2, shop.Mobile.Aggregator.Collections.Count(collection => collection.Push.Phone == phone));
        await shop.PhonesDecide();
    }

    [Fact]
    public async Task A_phone_that_is_asked_too_often_is_told_so_with_429()
    {
        var sale = await shop.Open();
        var phone = shop.Mobile.Phone("012");
        for (var time = 0; time < 5; time++)
        {
            await shop.Post(sale.Page, ("phone", phone));
            await shop.PhonesDecide();
        }

        var refused = await shop.Post(sale.Page, ("phone", phone));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Contains("asked too often", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_takes_nothing_after_its_time_and_not_more_than_once()
    {
        var sale = await shop.Open(""" "amount": 5000, "expiresIn": 60 """);
        await shop.Mobile.Pass(TimeSpan.FromSeconds(59));
        Assert.Contains("<form", (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);
        await shop.Mobile.Pass(TimeSpan.FromSeconds(1));

        var over = await shop.Get(sale.Page, "sw");
        Assert.Equal(HttpStatusCode.OK, over.Status);
        Assert.Contains("Muda wa kulipa umekwisha", over.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", over.Html, StringComparison.Ordinal);
        var phone = shop.Mobile.Phone("001");
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(sale.Page, ("phone", phone))).Status);
        await shop.PhonesDecide();
        Assert.Equal(0, shop.Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_phone_that_stays_silent_does_not_lock_the_page_for_good()
    {
        var sale = await shop.Open();
        await shop.Post(sale.Page, ("phone", shop.Mobile.Phone("036")));
        await shop.Mobile.UntilQuiet();
        Assert.Contains("Look at your phone", (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);

        await shop.Mobile.Pass(TimeSpan.FromMinutes(5));

        Assert.Contains("<form", (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(sale.Page, ("phone", shop.Mobile.Phone("001")))).Status);
        await shop.PhonesDecide();
        Assert.Equal("succeeded", await Shop.StatusOf(sale));
        // The first phone pays late, and has its money back.
        await shop.Mobile.Pass(TimeSpan.FromMinutes(10));
        await shop.Mobile.MustBalance();
    }

    [Fact]
    public async Task Who_pays_too_little_is_not_asked_to_pay_again()
    {
        var sale = await shop.Open();
        await shop.Post(sale.Page, ("phone", shop.Mobile.Phone("041")));
        await shop.PhonesDecide();

        var page = await shop.Get(sale.Page);

        Assert.Contains("Part of the amount has arrived", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_form_rings_nobody()
    {
        var sale = await shop.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, sale.Page)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("phone", shop.Mobile.Phone("001"))]),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        var refused = await shop.Send(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("This was not accepted", refused.Html, StringComparison.Ordinal);
        Assert.Equal("requires_payment_method", await Shop.StatusOf(sale));
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=0&k=1&l=1&m=1&n=1&o=1&p=1&q=1&r=1&s=1&t=1&u=1&v=1&w=1&x=1&y=1&z=1&a1=1&a2=1&a3=1&a4=1&a5=1&a6=1&a7=1", HttpStatusCode.BadRequest)]
    public async Task A_body_that_is_no_form_of_ours_is_refused_with_a_page(
        string type, string body, HttpStatusCode expected)
    {
        var sale = await shop.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, sale.Page)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };

        var refused = await shop.Send(request);

        Assert.Equal(expected, refused.Status);
        Assert.StartsWith("text/html", refused.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_asks_waits_until_something_has_happened()
    {
        var sale = await shop.Open();
        var shown = await shop.Get(sale.Source);
        var tag = shown.Header("ETag");
        Assert.Contains($"data-tag=\"{tag?.Replace("\"", "&quot;", StringComparison.Ordinal)}\"", (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, sale.Source);
        again.Headers.Add("If-None-Match", tag);
        Assert.Equal(HttpStatusCode.NotModified, (await shop.Send(again)).Status);

        using var waiting = new HttpRequestMessage(HttpMethod.Get, $"{sale.Source}?waitSeconds=25");
        waiting.Headers.Add("If-None-Match", tag);
        var answer = shop.Send(waiting);
        await shop.Post(sale.Page, ("phone", shop.Mobile.Phone("001")));
        Assert.Contains("\"paymentStatus\":\"pending\"", (await answer).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.Get($"{sale.Source}?waitSeconds=31")).Status);
        await shop.PhonesDecide();
    }
}
