using System.Text;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Formats;

/// <summary>
/// The ESC/POS commands (Epson) that all makes of receipt printers support. Texts cannot contain commands: a character
/// that is not in the code page becomes a letter or "?", so no byte below a space is ever printed as text. The
/// commands are written here and not taken from a library: a slip needs a dozen, each has to be one that all makes
/// support, and the text has to be cleaned at the same place.
/// </summary>
internal sealed class EscPosCommands
{
    private const byte Escape = 0x1B;
    private const byte Group = 0x1D;
    private const byte LineFeed = 0x0A;

    /// <summary>
    /// The accented letters from 0x80 on that have the same code in code pages 437, 850 and 858, so that they print
    /// correctly on a printer that ignores the selected page. A space marks a code where the pages differ.
    /// </summary>
    private const string SharedLetters = "ÇüéâäàåçêëèïîìÄÅÉ  ôöòûùÿÖÜ     áíóúñÑ";

    private readonly List<byte> bytes =
    [
        Escape, (byte)'@',     // Forget what the last job left behind.
        0x1C, (byte)'.',       // Leave the two-byte mode in which many cheap printers start.
        Escape, (byte)'t', 0,  // Code page 437.
    ];

    internal EscPosCommands Centre(bool centred) => Add(Escape, (byte)'a', (byte)(centred ? 1 : 0));

    internal EscPosCommands Emphasise(bool emphasised) => Add(Escape, (byte)'E', (byte)(emphasised ? 1 : 0));

    /// <summary>Multiplies the width and height of characters, by 1 to 8.</summary>
    internal EscPosCommands Size(int times) => Add(Group, (byte)'!', (byte)((times - 1) * 0x11));

    internal EscPosCommands Line(string text)
    {
        bytes.AddRange(text.Select(Encode));
        return Add(LineFeed);
    }

    internal EscPosCommands Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
        return this;
    }

    /// <summary>Code 128, 80 dots high, two dots a module; its characters are printed separately, as text.</summary>
    internal EscPosCommands Barcode(string code)
    {
        Add(Group, (byte)'h', 80);
        Add(Group, (byte)'w', 2);
        Add(Group, (byte)'H', 0);
        Add(Group, (byte)'k', 73, (byte)(code.Length + 2), (byte)'{', (byte)'B');
        return Add(Encoding.ASCII.GetBytes(code));
    }

    /// <summary>QR code, model 2, six dots a module, error correction M: set, stored and printed.</summary>
    internal EscPosCommands QrCode(string content)
    {
        QrFunction((byte)'A', (byte)'2', 0);
        QrFunction((byte)'C', 6);
        QrFunction((byte)'E', (byte)'1');
        QrFunction([(byte)'P', (byte)'0', .. Encoding.ASCII.GetBytes(content)]);
        return QrFunction((byte)'Q', (byte)'0');
    }

    /// <summary>Feeds the last line past the knife, cuts, and returns all bytes.</summary>
    internal byte[] FeedAndCut()
    {
        Add(Escape, (byte)'d', 3);
        Add(Group, (byte)'V', (byte)'B', 0);
        return [.. bytes];
    }

    private EscPosCommands QrFunction(params ReadOnlySpan<byte> function)
    {
        var length = function.Length + 1;
        Add(Group, (byte)'(', (byte)'k', (byte)(length % 256), (byte)(length / 256), (byte)'1');
        return Add(function);
    }

    private EscPosCommands Add(params ReadOnlySpan<byte> command)
    {
        bytes.AddRange(command);
        return this;
    }

    private static byte Encode(char letter)
    {
        if (letter is >= ' ' and <= '~')
            return (byte)letter;
        var place = SharedLetters.IndexOf(letter, StringComparison.Ordinal);
        if (place >= 0)
            return (byte)(0x80 + place);
        return LatinLetters.Unaccented(letter) is >= ' ' and <= '~' and var plain ? (byte)plain : (byte)'?';
    }
}
