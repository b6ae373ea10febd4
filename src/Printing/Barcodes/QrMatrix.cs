using QRCoder;

namespace JikoXpress.Printing.Barcodes;

/// <summary>
/// A QR code as dark and light modules, with its quiet zone of four modules. Error correction M: a slip can be read
/// after it was folded once, and the modules stay large.
/// </summary>
internal sealed class QrMatrix
{
    private readonly bool[,] modules;

    private QrMatrix(bool[,] modules) => this.modules = modules;

    /// <summary>Modules along one side, quiet zones included.</summary>
    internal int Size => modules.GetLength(0);

    internal static QrMatrix Of(string content)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count;
        var modules = new bool[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                modules[row, column] = code.ModuleMatrix[row][column];
        }

        return new QrMatrix(modules);
    }

    /// <summary>The dark modules as horizontal runs, for all formats to draw.</summary>
    internal IEnumerable<(int Row, int Column, int Length)> Runs()
    {
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                var start = column;
                while (column < Size && modules[row, column])
                    column++;
                if (column > start)
                    yield return (row, start, column - start);
            }
        }
    }
}
