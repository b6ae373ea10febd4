using System.Net;
using System.Text.RegularExpressions;
using JikoXpress.Pages.Tests.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Pages.Tests;

/// <summary>The page of a payment link, without a browser.</summary>
public sealed class LinksOverHttp(Shop shop)
{
    private const string Concert = """
        "lineItems": [
          { "name": "Ticket", "unitAmount": 10000, "quantity": 1, "minQuantity": 1, "maxQuantity": 4 },
          { "name": "Fee", "unitAmount": 500, "quantity": 1 }
        ],
        "description": "Sunday's concert", "collectName": true, "collectPhone": true,
        "customFields": [
          { "key": "size", "label": "Shirt size", "type": "dropdown", "required": true, "options": ["S", "M"] },
          { "key": "age", "label": "Age", "type": "number" }
        ]
        """;

    private static readonly (string, string)[] Answers =
    [
        ("quantity-0", "3"), ("name", "Juma"), ("contact", "0754 000 111"), ("field-0", "M"), ("field-1", "31"),
    ];

    [Fact]
    public async Task A_visitor_chooses_answers_and_is_sent_to_pay()
    {
        var link = await shop.Link(Concert);

        var page = await shop.Get(link.Page, "en");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var text in (string[])
            [
                "Pay Duka la Asha", "Sunday&#x27;s concert", "Ticket", "10,000", """name="quantity-0""", "From 1 to 4.",
                "Quantity: 1", "Your name", "Shirt size", "<option value=\"M\"", "Age (optional)", "Go on to pay",
            ])
            Assert.Contains(text, page.Html, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.NotNull(page.Header("Content-Security-Policy"));

        var sent = await shop.Post(link.Page, Answers);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.StartsWith("/pay/", sent.Header("Location"), StringComparison.Ordinal);
        var pay = await shop.Get(sent.Header("Location")!);
        Assert.Contains("30,500", pay.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Shirt size", pay.Html, StringComparison.Ordinal);
        (await link.Sale()).Is(200, """{ "data": [{ "amountTotal": 30500, "customerPhone": "+255754000111" }] }""");
    }

    [Theory]
    [InlineData("20,000", 20_000)]
    [InlineData("20 000", 20_000)]
    [InlineData("1000", 1_000)]
    [InlineData("1000000", 1_000_000)]
    [InlineData("999", null)]
    [InlineData("1000001", null)]
    [InlineData("20.5", null)]
    [InlineData("much", null)]
    [InlineData("", null)]
    public async Task An_open_amount_is_within_its_limits(string entered, int? amount)
    {
        var link = await shop.Link(""" "openAmount": { "min": 1000, "max": 1000000, "preset": 10000 } """);
        var page = await shop.Get(link.Page);
        Assert.Contains("""value="10000""", page.Html, StringComparison.Ordinal);
        Assert.Contains("From TZS", page.Html, StringComparison.Ordinal);

        var sent = await shop.Post(link.Page, ("amount", entered));

        if (amount is not null)
        {
            Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
            (await link.Sale()).Is(200, $$"""{ "data": [{ "amountTotal": {{amount}} }] }""");
            return;
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains("Enter an amount within the limits.", sent.Html, StringComparison.Ordinal);
        Assert.Contains("amount-error", sent.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mistake_stands_at_its_field_and_what_was_entered_stays()
    {
        var link = await shop.Link(Concert);

        var page = await shop.Post(
            link.Page, ("quantity-0", "5"), ("contact", "0222 111 111"), ("field-0", "XL"), ("field-1", "old"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        foreach (var field in (string[])["quantity-0", "name", "contact", "field-0", "field-1"])
            Assert.Contains($"id=\"{field}-error\"", page.Html, StringComparison.Ordinal);
        foreach (var kept in (string[])["value=\"5\"", "0222 111 111", "value=\"old\""])
            Assert.Contains(kept, page.Html, StringComparison.Ordinal);
        var unread = await shop.Post(link.Page, ("quantity-0", "many"));
        Assert.Contains("quantity-0-error", unread.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_opens_one_session_and_another_visitor_gets_another()
    {
        var link = await shop.Link(""" "openAmount": { "min": 1000, "max": 1000000 } """);
        var visit = VisitOf(await shop.Get(link.Page));

        var once = await shop.Post(link.Page, ("visit", visit), ("amount", "5000"));
        var twice = await shop.Post(link.Page, ("visit", visit), ("amount", "5000"));
        Assert.Equal(once.Header("Location"), twice.Header("Location"));
        var changed = await shop.Post(link.Page, ("visit", visit), ("amount", "6000"));
        var other = await shop.Post(link.Page, ("visit", VisitOf(await shop.Get(link.Page))), ("amount", "5000"));
        var nobody = await shop.Post(link.Page, ("amount", "5000"));
        var again = await shop.Post(link.Page, ("amount", "5000"));

        Assert.Equal(5, new[] { once, changed, other, nobody, again }.DistinctBy(each => each.Header("Location")).Count());
    }

    [Fact]
    public async Task A_link_that_takes_nothing_says_so()
    {
        var full = await shop.Link(""" "amount": 5000, "maxPayments": 1, "cancelUrl": "https://shop.example/" """);
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(full.Page)).Status);
        var refused = await shop.Post(full.Page);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Try again in a few minutes", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", refused.Html, StringComparison.Ordinal);

        await full.By.Patch($"/payment-links/{full.Id}", """{ "active": false }""").Is(200);
        Assert.Contains("Ask the shop for another one", (await shop.Get(full.Page)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await shop.Post(full.Page)).Status);
        Assert.Contains("https://shop.example/", (await shop.Get(full.Page)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Get("/links/unknown")).Status);
        // Another letter than the last, which is 0 in one of sixteen tokens.
        var other = full.Page[^1] is '0' ? 'A' : '0';
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Get($"{full.Page[..^1]}{other}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Post("/links/unknown")).Status);
    }

    [Fact]
    public async Task What_a_shop_or_a_visitor_writes_is_text_and_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>";
        var link = await shop.Link($$"""
            "amount": 5000, "description": "{{Hostile}}", "successMessage": "{{Hostile}}",
            "customFields": [
              { "key": "<b>", "label": "{{Hostile}}", "type": "dropdown", "options": ["{{Hostile}}"] },
              { "key": "note", "label": "Note", "type": "number" }
            ]
            """);

        foreach (var page in (Shown[])[await shop.Get(link.Page), await shop.Post(link.Page, ("field-1", Hostile))])
        {
            Assert.DoesNotContain(Hostile, page.Html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page.Html, StringComparison.Ordinal);
        }

        var sent = await shop.Post(link.Page, ("field-0", Hostile));
        await shop.Post(sent.Header("Location")!, ("phone", shop.Mobile.Phone("001")));
        await shop.PhonesDecide();
        var paid = await shop.Get(sent.Header("Location")!);
        Assert.Contains("&lt;script&gt;", paid.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, paid.Html, StringComparison.Ordinal);
        (await link.Sale()).Is(200, """{ "data": [{ "status": "complete" }] }""");
    }

    [Fact]
    public async Task What_a_link_asks_is_asked_on_the_pay_page_where_the_shop_itself_opened_the_session()
    {
        var link = await shop.Link(Concert);
        var sale = await shop.OpenFrom(link);
        Assert.Contains("Shirt size", (await shop.Get(sale.Page)).Html, StringComparison.Ordinal);
        var phone = shop.Mobile.Phone("001");

        var refused = await shop.Post(sale.Page, ("phone", phone), ("field-1", "old"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        foreach (var field in (string[])["name", "contact", "field-0", "field-1"])
            Assert.Contains($"id=\"{field}-error\"", refused.Html, StringComparison.Ordinal);

        var sent = await shop.Post(sale.Page, [("phone", phone), .. Answers]);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        await shop.PhonesDecide();
        await sale.By.Get($"/checkout/sessions/{sale.Id}").Is(200, """
            {
              "status": "complete",
              "collected": { "name": "Juma", "phoneNumber": "+255754000111", "customFields": { "size": "M", "age": "31" } }
            }
            """);
    }

    private static string VisitOf(Shown page) =>
        Regex.Match(page.Html, "name=\"visit\" value=\"([0-9a-f]{32})\"").Groups[1].Value;
}
