using System.Globalization;

namespace JikoXpress.Printing.Text;

internal static class Amount
{
    /// <summary>Whole shillings with thousands separators: 17,500.</summary>
    internal static string Text(long shillings) => shillings.ToString("N0", CultureInfo.InvariantCulture);

    internal static long NotNegative(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return amount;
    }
}
