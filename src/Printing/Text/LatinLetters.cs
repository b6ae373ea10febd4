using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace JikoXpress.Printing.Text;

/// <summary>
/// The characters that our own font can print: ASCII and the accented letters of Swahili, French and related
/// languages. The table is our own, since .NET cannot normalise text without its globalisation data, which this
/// product leaves out.
/// </summary>
internal static class LatinLetters
{
    internal const char DotlessI = 'ı';

    private static readonly (Accent Accent, string Letters, string Bases)[] Rows =
    [
        (Accent.Grave,      "ÀÈÌÒÙàèìòù",     "AEIOUaeıou"),
        (Accent.Acute,      "ÁÉÍÓÚÝáéíóúý",   "AEIOUYaeıouy"),
        (Accent.Circumflex, "ÂÊÎÔÛâêîôû",     "AEIOUaeıou"),
        (Accent.Tilde,      "ÃĨÑÕŨãĩñõũ",     "AINOUaınou"),
        (Accent.Diaeresis,  "ÄËÏÖÜŸäëïöüÿ",   "AEIOUYaeıouy"),
        (Accent.Ring,       "Åå",             "Aa"),
        (Accent.Caron,      "ŠŽšž",           "SZsz"),
        (Accent.Cedilla,    "Çç",             "Cc"),
    ];

    private static readonly FrozenDictionary<char, (char Base, Accent Accent)> Parts = (
        from row in Rows
        from pair in row.Letters.Zip(row.Bases)
        select KeyValuePair.Create(pair.First, (pair.Second, row.Accent))).ToFrozenDictionary();

    private static readonly FrozenDictionary<(char Letter, Accent Accent), char> Whole =
        Parts.ToFrozenDictionary(part => (Plain(part.Value.Base), part.Value.Accent), part => part.Key);

    private static readonly FrozenDictionary<char, string> Replacements = new (string From, string To)[]
    {
        ("‘’´ʼ", "'"), ("‚", ","), ("“”„«»", "\""), ("‹", "<"), ("›", ">"), ("‐‑‒–—−", "-"), ("…", "..."),
        ("•", "*"), ("·", "."), ("×", "x"), ("÷", "/"), ("½", "1/2"), ("¼", "1/4"), ("¾", "3/4"), ("°", "o"),
        ("Æ", "AE"), ("æ", "ae"), ("Œ", "OE"), ("œ", "oe"), ("Ø", "O"), ("ø", "o"), ("ß", "ss"), ("ı", "i"),
        ("€", "EUR"), ("£", "GBP"),
    }.SelectMany(row => row.From, (row, letter) => KeyValuePair.Create(letter, row.To)).ToFrozenDictionary();

    /// <summary>The text in characters of one column each; "?" for what cannot be printed.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                continue;
            var letter = rune.IsBmp ? (char)rune.Value : '\0';
            if (letter is >= ' ' and <= '~' || Parts.ContainsKey(letter))
                folded.Append(letter);
            else
                folded.Append(Replacements.GetValueOrDefault(letter, "?"));
        }

        return folded.ToString();
    }

    /// <summary>The letter and its accent, which is drawn onto the letter.</summary>
    internal static (char Base, Accent? Accent) Split(char letter) =>
        Parts.TryGetValue(letter, out var parts) ? parts : (letter, null);

    /// <summary>The letter without its accent.</summary>
    internal static char Unaccented(char letter) => Plain(Split(letter).Base);

    /// <summary>The single character for a letter and a combining accent, if there is one.</summary>
    internal static Rune? Join(Rune letter, Rune mark) =>
        letter.IsBmp && Whole.TryGetValue(((char)letter.Value, (Accent)mark.Value), out var whole)
            ? new Rune(whole)
            : null;

    private static char Plain(char letter) => letter == DotlessI ? 'i' : letter;
}

/// <summary>An accent; its value is the combining character for it.</summary>
internal enum Accent
{
    Grave = 0x300,
    Acute = 0x301,
    Circumflex = 0x302,
    Tilde = 0x303,
    Diaeresis = 0x308,
    Ring = 0x30A,
    Caron = 0x30C,
    Cedilla = 0x327,
}
