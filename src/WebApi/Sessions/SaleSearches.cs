using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Reads what staff know of a sale that they look for.</summary>
internal static class SaleSearches
{
    /// <summary>RFC 3339; the seconds may be missing, since a guest's message has none.</summary>
    private static readonly string[] Moments =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz",
    ];

    public static SaleSearch? Asked(Query query)
    {
        var search = new SaleSearch(
            query.Text("receipt"),
            query.Text("phoneEnding", IsPhoneEnding, "Four digits: the last ones of the phone's number."),
            query.Parsed("number", Number, "parameter-out-of-range", "A number is 1 or more."),
            query.Text("slipCode") is { } code ? SlipCode.Parse(code) ?? "" : null,
            query.Parsed("total", Shillings, "parameter-out-of-range", "An amount is whole shillings, 1 to 10^12."),
            query.Parsed(
                "minute", Minute, "parameter-out-of-range", "A minute is as in 2026-04-30T14:05Z, or with an offset."));
        // An amount alone would be looked for in all that the kitchen ever sold.
        if (search is { Total: not null, Minute: null } && query.Date("startDate") is null) query.MustHave("minute");
        return search == SaleSearch.Nothing ? null : search;
    }

    private static bool IsPhoneEnding(string text) => text.Length is 4 && text.All(char.IsAsciiDigit);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    private static Money? Shillings(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var shillings)
        && shillings is > 0 and <= Money.MostShillings
            ? new Money(shillings)
            : null;

    private static DateTimeOffset? Minute(string text) =>
        DateTimeOffset.TryParseExact(
            text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? new DateTimeOffset(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero)
            : null;
}
