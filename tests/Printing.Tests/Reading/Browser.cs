using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace JikoXpress.Printing.Tests.Reading;

/// <summary>
/// Opens a slip's page, accepts only elements and attributes that cannot act, and reads its drawings.
/// </summary>
internal sealed class Browser
{
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "p", "hr", "div", "span", "small", "bdi",
        "svg", "rect",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "lang", "charset", "http-equiv", "content", "name", "class", "viewBox", "shape-rendering", "x", "y", "width",
        "height",
    ];

    private const int DotsPerModule = 4;

    private readonly XDocument page;

    private Browser(XDocument page) => this.page = page;

    /// <summary>What the guest reads, from top to bottom, without the style.</summary>
    internal string Text => page.Descendants("main").Single().Value;

    /// <summary>Width and length in millimetres; CSS allows two lengths, but no length beside "auto".</summary>
    internal (int Width, int Length) PageSize
    {
        get
        {
            var style = page.Descendants("style").Single().Value;
            var size = Regex.Match(style, @"^@page \{ size: (\d+)mm (\d+)mm; margin: 0; \}$", RegexOptions.Multiline);
            Assert.True(size.Success, style);
            return (int.Parse(size.Groups[1].Value), int.Parse(size.Groups[2].Value));
        }
    }

    internal static Browser Open(byte[] html)
    {
        var source = Encoding.UTF8.GetString(html);
        Assert.StartsWith("<!DOCTYPE html>\n", source, StringComparison.Ordinal);
        using var reader = XmlReader.Create(
            new StringReader(source),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var page = XDocument.Load(reader);
        Assert.All(page.Descendants(), element => Assert.Contains(element.Name.ToString(), Elements));
        Assert.All(page.Descendants().Attributes(), named => Assert.Contains(named.Name.ToString(), Attributes));
        Assert.DoesNotContain(page.DescendantNodes(), node => node is XComment or XProcessingInstruction or XCData);
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.OrdinalIgnoreCase);
        return new Browser(page);
    }

    internal string ReadBarcode()
    {
        var modules = Modules("bars", out var height);
        var row = Enumerable.Range(0, modules.GetLength(1)).Select(column => modules[0, column]).ToArray();
        for (var y = 1; y < height; y++)
            Assert.Equal(row, Enumerable.Range(0, row.Length).Select(column => modules[y, column]));
        Assert.DoesNotContain(true, row[..10]);
        Assert.DoesNotContain(true, row[^10..]);

        return Camera.ReadBars(row) ?? throw new Xunit.Sdk.XunitException("The bars are no Code 128.");
    }

    internal string ReadQrCode()
    {
        var drawn = Modules("qr", out var size);
        bool Dot(int x, int y) => drawn[y / DotsPerModule, x / DotsPerModule];
        var dots = size * DotsPerModule;
        return Camera.ReadQrCode(
        [
            .. Enumerable.Range(0, dots).Select(y => Enumerable.Range(0, dots).Select(x => Dot(x, y)).ToArray()),
        ]);
    }

    private bool[,] Modules(string drawing, out int height)
    {
        var svg = page.Descendants("svg").Single(svg => svg.Attribute("class")?.Value == drawing);
        var box = svg.Attribute("viewBox")!.Value.Split(' ').Select(int.Parse).ToArray();
        Assert.Equal([0, 0], box[..2]);
        height = box[3];
        var modules = new bool[box[3], box[2]];
        foreach (var rectangle in svg.Elements("rect"))
        {
            int Side(string name) => int.Parse(rectangle.Attribute(name)!.Value);
            for (var y = Side("y"); y < Side("y") + Side("height"); y++)
            {
                for (var x = Side("x"); x < Side("x") + Side("width"); x++)
                    modules[y, x] = true;
            }
        }

        return modules;
    }
}
