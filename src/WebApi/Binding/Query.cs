using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// The query string, read as strictly as a body. Each parameter may occur once. A parameter that the endpoint has not
/// read is refused, since a misspelt filter would otherwise list everything.
/// </summary>
internal sealed class Query(HttpContext http)
{
    public const int DefaultLimit = 10;
    public const int LargestLimit = 100;

    private readonly Violations violations = new();
    private readonly List<string> read = [];

    public Problem? Malformed => violations.Malformed;

    public Problem? Broken()
    {
        RefuseAllBut(http.Request, read, violations);
        return violations.Broken();
    }

    /// <summary>Refuses the parameters of a request that nobody reads.</summary>
    public static void RefuseAllBut(HttpRequest request, IReadOnlyCollection<string> read, Violations violations)
    {
        if (!request.QueryString.HasValue) return;
        foreach (var (name, _) in request.Query)
        {
            if (!read.Contains(name))
                violations.Break($"?{name}", "unknown-parameter", "There is no such parameter here; names are exact.");
        }
    }

    /// <summary>The parameter, cleaned as texts of bodies are; null if absent.</summary>
    public string? Text(string name)
    {
        read.Add(name);
        var values = http.Request.Query[name];
        if (values.Count > 1)
            return violations.Malform<string?>($"?{name}", "invalid-type", $"{name} is given once.", null);
        if (values is not [{ } sent]) return null;
        var text = TextRules.Clean(sent, lineBreaks: false);
        if (text.Length is 0)
        {
            violations.Break($"?{name}", "invalid-text", $"{name} is empty: say which, or leave it out.");
            return null;
        }

        if (TextRules.IsPrintable(text, lineBreaks: false)) return text;
        violations.Break($"?{name}", "invalid-text", "Control and formatting characters are not accepted.");
        return null;
    }

    /// <summary>The parameter, refused where it is not of its form.</summary>
    public string? Text(string name, Func<string, bool> isOfForm, string message)
    {
        if (Text(name) is not { } text) return null;
        if (isOfForm(text)) return text;
        violations.Break($"?{name}", "parameter-out-of-range", message);
        return null;
    }

    public TWord? WireName<TWord>(string name) where TWord : struct, Enum =>
        Text(name) is { } text ? WireNames.Parse<TWord>(text) ?? Wrong<TWord>(name, WireNames.All<TWord>()) : null;

    /// <summary>One of the given words, which are in small letters.</summary>
    public string? OneOf(string name, params string[] words)
    {
        if (Text(name) is not { } text) return null;
        if (!words.Contains(text)) Wrong<int>(name, words);
        return text;
    }

    /// <summary>A comma-separated list of the given words.</summary>
    public HashSet<string> Some(string name, params string[] words)
    {
        if (Text(name) is not { } text) return [];
        var chosen = text.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (!chosen.IsSubsetOf(words)) Wrong<int>(name, words);
        return chosen;
    }

    /// <summary>A day, as in 2026-04-30.</summary>
    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        return DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : violations.Malform<DateOnly?>($"?{name}", "invalid-type", $"{name} must be as in 2026-04-30.", null);
    }

    /// <summary>A day within bounds, both included.</summary>
    public DateOnly? Date(string name, DateOnly least, DateOnly most)
    {
        if (Date(name) is not { } date) return null;
        if (date >= least && date <= most) return date;
        violations.Break($"?{name}", "parameter-out-of-range", $"{name} is {least:O} to {most:O}.");
        return null;
    }

    /// <summary>A text for <paramref name="parse"/>; if that returns null, the parameter is refused.</summary>
    public T? Parsed<T>(string name, Func<string, T?> parse, string code, string message) where T : struct
    {
        if (Text(name) is not { } text) return null;
        var parsed = parse(text);
        if (parsed is null) violations.Break($"?{name}", code, message);
        return parsed;
    }

    /// <summary>A slip's number with its check digit.</summary>
    private int? SlipNumber() => Parsed(
        "slipNumber", Domain.Sessions.SlipNumber.Parse, "slip-number-invalid", "A slip number is as in 0147-9.");

    /// <summary>The filter of all lists of sales.</summary>
    public SaleFilter Sale() => new(
        WireName<Channel>("channel"), WireName<SessionType>("sessionType"), Text("tableNumber"), Date("startDate"),
        Date("endDate"), SlipNumber(), Text("clientReference"), WireName<Currency>("currency"));

    /// <summary>Refuses a request without the parameter.</summary>
    public void MustHave(string name)
    {
        if (Text(name) is null) violations.Break($"?{name}", "parameter-required", $"{name} is required.");
    }

    /// <summary>The page size, 1 to 100.</summary>
    public int Limit(int unlessTold = DefaultLimit) => Whole("limit", unlessTold, 1, LargestLimit);

    /// <summary>A whole number within bounds, both included.</summary>
    public int Whole(string name, int unlessTold, int least, int most)
    {
        if (Text(name) is not { } text) return unlessTold;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return violations.Malform($"?{name}", "invalid-type", $"{name} must be a whole number.", unlessTold);
        }

        if (number < least || number > most)
        {
            violations.Break($"?{name}", "parameter-out-of-range", $"{name} is {least} to {most}.");
        }

        return (int)Math.Clamp(number, least, most);
    }

    /// <summary>Which page of a list: <c>limit</c> and one of <c>after</c> and <c>before</c>.</summary>
    /// <param name="list">Names the list; a cursor of another list is refused.</param>
    public PageRequest Page(string list, int unlessTold = DefaultLimit)
    {
        var (after, before) = (Cursor("after", list), Cursor("before", list));
        if (after is not null && before is not null)
        {
            violations.Malform("?before", "cursor-invalid", "Give one of after and before.", before);
        }

        return new PageRequest(Limit(unlessTold), after, before);
    }

    /// <summary>
    /// As <see cref="Page"/>; <c>first</c> goes with <c>after</c>, <c>last</c> with <c>before</c>, and each is another
    /// name of <c>limit</c>.
    /// </summary>
    public PageRequest PageEitherWay(string list)
    {
        var page = Page(list);
        var (first, last) = (Whole("first", 0, 1, LargestLimit), Whole("last", 0, 1, LargestLimit));
        if (last > 0 && page.Before is null) MustHave("before");
        if ((first > 0 && (last > 0 || page.Before is not null)) || (last > 0 && page.After is not null))
            violations.Break("?first", "parameter-out-of-range", "Give first with after, or last with before.");
        if ((first > 0 || last > 0) && Text("limit") is not null)
            violations.Break("?limit", "parameter-out-of-range", "Give one of limit, first and last.");
        return page with { Limit = first > 0 ? first : last > 0 ? last : page.Limit };
    }

    /// <summary>A place in a list, as a page of it gave it out.</summary>
    public Cursor? Cursor(string name, string list)
    {
        if (Text(name) is not { } text) return null;
        return Cursors.Read(text, list)
            ?? violations.Malform<Cursor?>($"?{name}", "cursor-invalid", "This is no cursor of this list.", null);
    }

    /// <summary>A place in a list, by the id of what stands there.</summary>
    public T? Place<T>(string name, Func<string, T?> parse) where T : struct => Text(name) is { } text
        ? parse(text) ?? violations.Malform<T?>($"?{name}", "cursor-invalid", "This is no cursor of this list.", null)
        : null;

    private T? Wrong<T>(string name, IEnumerable<string> words) where T : struct => violations.Malform<T?>(
        $"?{name}", "invalid-type", $"{name} must be one of {string.Join(", ", words)}.", null);
}
