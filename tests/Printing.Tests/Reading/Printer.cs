using System.Text;

namespace JikoXpress.Printing.Tests.Reading;

internal sealed record PrintedLine(string Text, bool Centred, bool Emphasised, int Size);

/// <summary>
/// A receipt printer that obeys the commands a slip needs and no others: any other byte fails the test.
/// </summary>
internal sealed class Printer
{
    private const string CodePage437 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑ";

    private readonly byte[] job;
    private readonly StringBuilder text = new();
    private int at;
    private bool centred;
    private bool emphasised;
    private int size = 1;
    private string stored = "";

    private Printer(byte[] job) => this.job = job;

    internal List<PrintedLine> Lines { get; } = [];

    internal List<string> Barcodes { get; } = [];

    internal List<string> QrCodes { get; } = [];

    internal string Text => string.Join('\n', Lines.Select(line => line.Text));

    internal static Printer Print(byte[] job)
    {
        Assert.Equal([0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, 0x00], job[..7]);
        Assert.Equal([0x1D, 0x56, 0x42, 0x00], job[^4..]);
        var printer = new Printer(job[..^4]) { at = 7 };
        while (printer.at < printer.job.Length)
            printer.Obey(printer.Next());
        Assert.Equal("", printer.text.ToString());
        return printer;
    }

    private void Obey(byte value)
    {
        switch (value)
        {
            case 0x0A:
                Lines.Add(new PrintedLine(text.ToString(), centred, emphasised, size));
                text.Clear();
                break;
            case 0x1B:
                ObeyEscape(Next());
                break;
            case 0x1D:
                ObeyGroup(Next());
                break;
            case >= 0x20 and < 0x7F:
                text.Append((char)value);
                break;
            case >= 0x80 and < 0x80 + 38:
                text.Append(CodePage437[value - 0x80]);
                break;
            default:
                Assert.Fail($"The printer was sent 0x{value:X2} as text.");
                break;
        }
    }

    private void ObeyEscape(byte command)
    {
        Assert.Equal("", text.ToString());
        switch ((char)command)
        {
            case 'a':
                centred = Switch();
                break;
            case 'E':
                emphasised = Switch();
                break;
            case 'd':
                Assert.InRange(Next(), 1, 8);
                break;
            default:
                Assert.Fail($"The printer was sent ESC 0x{command:X2}.");
                break;
        }
    }

    private void ObeyGroup(byte command)
    {
        Assert.Equal("", text.ToString());
        switch ((char)command)
        {
            case '!':
                var magnification = Next();
                Assert.Equal(magnification >> 4, magnification & 0xF);
                size = (magnification & 0xF) + 1;
                break;
            case 'h':
                Assert.InRange(Next(), 60, 255);
                break;
            case 'w':
                Assert.Equal(2, Next());
                break;
            case 'H':
                Assert.Equal(0, Next());
                break;
            case 'k':
                Assert.Equal(73, Next());
                var symbols = Characters(Next());
                Assert.StartsWith("{B", symbols, StringComparison.Ordinal);
                Barcodes.Add(symbols[2..]);
                break;
            case '(':
                Assert.Equal((byte)'k', Next());
                ObeyQr(Characters(Next() + (256 * Next())));
                break;
            default:
                Assert.Fail($"The printer was sent GS 0x{command:X2}.");
                break;
        }
    }

    private void ObeyQr(string function)
    {
        switch (function[..2])
        {
            case "1A":
                Assert.Equal("1A2\0", function);
                break;
            case "1C":
                Assert.InRange(function[2], 3, 8);
                break;
            case "1E":
                Assert.Equal("1E1", function);
                break;
            case "1P":
                Assert.Equal('0', function[2]);
                stored = function[3..];
                break;
            case "1Q":
                Assert.Equal("1Q0", function);
                QrCodes.Add(stored);
                break;
            default:
                Assert.Fail($"The printer was sent QR function {function[..2]}.");
                break;
        }
    }

    private bool Switch()
    {
        var value = Next();
        Assert.InRange(value, 0, 1);
        return value == 1;
    }

    private string Characters(int count)
    {
        at += count;
        return Encoding.Latin1.GetString(job, at - count, count);
    }

    private byte Next() => job[at++];
}
