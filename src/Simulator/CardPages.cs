using System.Globalization;
using System.Net;

namespace JikoXpress.Simulator;

/// <summary>
/// The pages of a card gateway: the card first, then the bank's question whether its owner pays (3-D Secure). Numbers
/// are looked at and forgotten.
/// </summary>
internal static class CardPages
{
    /// <summary>Whoever has not paid after this time has left the page.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(15);

    private const string Note = "This page is a simulator: no money moves. Enter no real card.";

    /// <summary>What the bank says at once; all other numbers with a right check digit come to its question.</summary>
    private static readonly Dictionary<string, string> Declined = new()
    {
        ["4000000000000002"] = "The card was declined",
        ["4000000000009995"] = "Insufficient funds",
        ["4000000000000069"] = "The card has expired",
    };

    public static void MapCardPages(this WebApplication app)
    {
        var pages = app.MapGroup("/card-pages/{id}");

        pages.MapGet("", (string id, Aggregator aggregator) => Open(aggregator, id, page => Card(page)));

        pages.MapPost("", (string id, HttpRequest request, Aggregator aggregator) => Open(aggregator, id, async page =>
        {
            var form = await request.ReadFormAsync();
            var number = string.Concat(form["number"].ToString().Where(char.IsAsciiDigit));
            if (!IsCard(number)) return Card(page, "Check the number of the card.");
            return Declined.TryGetValue(number, out var reason)
                ? await Back(aggregator, page, reason)
                : Results.Redirect($"/card-pages/{id}/bank");
        }));

        pages.MapGet("/bank", (string id, Aggregator aggregator) => Open(aggregator, id, Bank));

        pages.MapPost("/bank", (string id, HttpRequest request, Aggregator aggregator) =>
            Open(aggregator, id, async page =>
            {
                var form = await request.ReadFormAsync();
                return await Back(
                    aggregator, page, form["answer"] == "approve" ? null : "The bank could not confirm the customer");
            }));
    }

    private static Task<IResult> Open(Aggregator aggregator, string id, Func<Collection, IResult> show) =>
        Open(aggregator, id, page => Task.FromResult(show(page)));

    /// <summary>Whoever comes back to a page that is decided is sent on.</summary>
    private static async Task<IResult> Open(Aggregator aggregator, string id, Func<Collection, Task<IResult>> show) =>
        aggregator.PageOf(id) switch
        {
            null => Results.NotFound(),
            { IsDecided: true, ReturnUrl: { } back } => Results.Redirect(back),
            var page => await show(page),
        };

    private static async Task<IResult> Back(Aggregator aggregator, Collection page, string? reason)
    {
        aggregator.Answer(page.Id, reason);
        await aggregator.CatchUp();
        return Results.Redirect(page.ReturnUrl ?? "/");
    }

    private static IResult Card(Collection page, string? wrong = null) => Page($"""
        <h1>Pay {AmountOf(page)} by card</h1>
        <p role="alert">{WebUtility.HtmlEncode(wrong)}</p>
        <form method="post" autocomplete="off">
          <p><label for="number">Card number</label><br>
            <input id="number" name="number" inputmode="numeric" required value="4000 0000 0000 3220"></p>
          <p><label for="expiry">Expiry</label><br><input id="expiry" name="expiry" value="12/40"></p>
          <p><label for="cvc">CVC</label><br><input id="cvc" name="cvc" inputmode="numeric" value="123"></p>
          <p><button>Pay</button></p>
        </form>
        """);

    private static IResult Bank(Collection page) => Page($"""
        <h1>Your bank asks: do you pay {AmountOf(page)}?</h1>
        <form method="post">
          <p><button name="answer" value="approve">Approve</button>
            <button name="answer" value="refuse">Refuse</button></p>
        </form>
        """);

    private static string AmountOf(Collection page) =>
        string.Create(CultureInfo.InvariantCulture, $"{page.Amount} {WebUtility.HtmlEncode(page.Push.Currency)}");

    private static IResult Page(string content) => Results.Content($"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Card gateway (simulator)</title></head>
        <body><main>{content}<p><small>{Note}</small></p></main></body>
        </html>
        """, "text/html; charset=utf-8");

    /// <summary>12 to 19 digits with a right check digit (ISO/IEC 7812-1, annex B).</summary>
    private static bool IsCard(string number) =>
        number.Length is >= 12 and <= 19
        && number.Reverse().Select((digit, place) => (digit - '0') * (place % 2 is 0 ? 1 : 2))
            .Sum(product => (product / 10) + (product % 10)) % 10 is 0;
}
