using System.Buffers;
using System.Collections.Immutable;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing;

/// <summary>
/// The slip that a kiosk or till prints for a guest who then pays at the cashier. Texts that people typed (names, tag,
/// instructions, note) are cleaned when they are set: no text is an error, and no text reaches a printer or a browser
/// as a command. Values from the system (number, code, QR content, amounts) must be valid: an invalid one is a bug and
/// throws <see cref="ArgumentException"/>.
/// </summary>
public sealed record SlipDocument
{
    /// <summary>The longest QR content in characters, so that its modules stay large enough for any phone.</summary>
    public const int MaximumQrLength = 200;

    /// <summary>The most lines on one slip: as many as a session may have.</summary>
    public const int MaximumLines = 100;

    private static readonly SearchValues<char> Crockford = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    public required string KitchenName { get; init => field = SlipText.Clean(value); }

    /// <summary>The number people say aloud, as in "0147-9". At most 12 characters.</summary>
    public required string SlipNumber { get; init => field = Printable(value, maximumLength: 12); }

    /// <summary>The code machines read: 13 characters of Crockford's base 32, printed as Code 128.</summary>
    public required string SlipCode { get; init => field = Code(value); }

    /// <summary>A link or the slip code itself: printable ASCII, at most <see cref="MaximumQrLength"/>.</summary>
    public required string QrContent { get; init => field = Printable(value, MaximumQrLength); }

    public required ImmutableArray<SlipLine> Lines { get; init => field = AtMost(value, MaximumLines); }

    /// <summary>The amount to pay, in the smallest unit of the currency.</summary>
    public required long Total { get; init => field = Amount.NotNegative(value); }

    public string Currency { get; init => field = Printable(value, maximumLength: 3); } = "TZS";

    /// <summary>The digits of the currency after the point.</summary>
    public int Digits { get; init; }

    /// <summary>How it is served, as in "Dine in, table 05".</summary>
    public required string Serving { get; init => field = SlipText.Clean(value); }

    /// <summary>How to call the guest: by a name, a number item or a pager.</summary>
    public string? Tag { get; init => field = SlipText.CleanOrNothing(value); }

    /// <summary>Already in the kitchen's time zone: printed as it is.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Already in the kitchen's time zone: printed as it is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>0 for the original; n for its nth reprint, which shows "COPY n".</summary>
    public int CopyNumber { get; init => field = (int)Amount.NotNegative(value); }

    /// <summary>An instruction to the guest, as in "Pay at the cashier before 14:35".</summary>
    public string? Note { get; init => field = SlipText.CleanOrNothing(value); }

    private static string Code(string code) =>
        code.Length == 13 && !code.AsSpan().ContainsAnyExcept(Crockford)
            ? code
            : throw new ArgumentException("A slip code is 13 characters of Crockford's base 32.", nameof(code));

    private static string Printable(string text, int maximumLength) =>
        text.Length > 0 && text.Length <= maximumLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? text
            : throw new ArgumentException($"This takes 1 to {maximumLength} printable ASCII characters.", nameof(text));

    private static ImmutableArray<SlipLine> AtMost(ImmutableArray<SlipLine> lines, int maximum) =>
        !lines.IsDefault && lines.Length <= maximum
            ? lines
            : throw new ArgumentException($"A slip has at most {maximum} lines.", nameof(lines));
}

/// <summary>One priced line of a slip; amounts in the smallest unit of the currency.</summary>
public sealed record SlipLine
{
    public required int Quantity { get; init => field = (int)Amount.NotNegative(value); }

    public required string Name { get; init => field = SlipText.Clean(value); }

    public required long UnitPrice { get; init => field = Amount.NotNegative(value); }

    public required long LineTotal { get; init => field = Amount.NotNegative(value); }

    /// <summary>The digits of the currency after the point.</summary>
    public int Digits { get; init; }

    /// <summary>The guest's instructions, in the guest's own words.</summary>
    public string? Instructions { get; init => field = SlipText.CleanOrNothing(value); }
}
