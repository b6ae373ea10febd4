using System.Globalization;

namespace JikoXpress.Pages.Words;

/// <summary>What pages are written in.</summary>
public enum Language { English = 1, Swahili }

public static class Languages
{
    /// <summary>The query parameter that says it, before the browser does.</summary>
    public const string Parameter = "lang";

    extension(Language language)
    {
        /// <summary>Its tag in BCP 47.</summary>
        public string Tag => language switch
        {
            Language.English => "en",
            Language.Swahili => "sw",
        };

        /// <summary>Its name in itself.</summary>
        public string Name => language switch
        {
            Language.English => "English",
            Language.Swahili => "Kiswahili",
        };

        public PageWords Words => language switch
        {
            Language.English => EnglishWords.All,
            Language.Swahili => SwahiliWords.All,
        };
    }

    /// <param name="chosen">The query parameter; null without one.</param>
    /// <param name="accepted">The header Accept-Language (RFC 9110, section 12.5.4).</param>
    public static Language Of(string? chosen, string? accepted)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            if (language.Tag == chosen) return language;
        }

        var (best, weight) = (Language.English, 0.0);
        foreach (var range in (accepted ?? "").Split(','))
        {
            var parts = range.Split(';');
            var given = WeightOf(parts);
            if (Named(parts[0].Trim()) is not { } language || given <= weight) continue;
            (best, weight) = (language, given);
        }

        return best;
    }

    /// <summary>The language of a range such as sw-TZ; null for another one.</summary>
    private static Language? Named(string range)
    {
        var tag = range.Split('-')[0];
        foreach (var language in Enum.GetValues<Language>())
        {
            if (string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase)) return language;
        }

        return null;
    }

    /// <summary>1 without q, 0 for one that cannot be read.</summary>
    private static double WeightOf(string[] parts)
    {
        if (parts.Length is 1) return 1;
        var quality = parts[1].Trim();
        return quality.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(
                quality[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                ? weight
                : 0;
    }
}
