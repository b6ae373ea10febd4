using System.Globalization;
using CsvHelper;
using JikoXpress.Domain;

namespace JikoXpress.WebApi.Reports;

/// <summary>The list of a day as one table, for spreadsheets.</summary>
internal static class SalesReportCsv
{
    public const string MediaType = "text/csv";

    /// <summary>
    /// A cell that begins with one of these is a formula for spreadsheets, also in the wide forms of East Asian
    /// keyboards.
    /// </summary>
    private const string FormulaStarts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly string[] Header =
    [
        "section", "key", "name", "orders", "quantity", "quantityVoided", "quantityRefunded", "sold", "voided",
        "refunded", "payments", "taken", "returned", "corrected", "net", "currency",
    ];

    public static string Of(SalesReportView report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, CsvWriterOptions.Default, leaveOpen: true))
        {
            csv.WriteRecord(Header);
            foreach (var row in Rows(report)) csv.WriteRecord([.. row, report.Currency]);
        }

        return text.ToString();
    }

    private static IEnumerable<string[]> Rows(SalesReportView report) =>
    [
        Sales("TOTAL", $"{report.BusinessDate:O}", null, report.Total, report.Total.Orders),
        .. report.Items.Select(item => Sales("ITEM", $"{item.MenuId}", item.Name, item)),
        .. report.PaymentMethods.Select(method => Row(
            "PAYMENT_METHOD", method.PaymentMethod.WireName, null,
            ["", "", "", "", "", "", "", Number(method.Payments), Of(method.Taken), Of(method.Returned),
                Of(method.Corrected)],
            method.Net)),
        .. report.Channels.Select(line => Sales("CHANNEL", line.Channel.WireName, null, line, line.Orders)),
        .. report.Staff.Select(line => Sales("STAFF", $"{line.StaffId}", line.Name, line, line.Orders)),
        .. report.Hours.Select(line => Sales("HOUR", $"{line.Hour:00}", null, line, line.Orders)),
        Bills("UNPAID_BEFORE", report.Bills.UnpaidBefore),
        Bills("UNPAID", report.Bills.Unpaid),
        Bills("WRITTEN_OFF", report.Bills.WrittenOff),
        Amount("COMMISSION", "PLATFORM", report.Commission),
    ];

    private static string[] Sales(string section, string key, string? name, SalesView line, long? orders = null) => Row(
        section, key, name,
        [
            orders is { } count ? Number(count) : "", Number(line.Quantity), Number(line.QuantityVoided),
            Number(line.QuantityRefunded), Of(line.Sold), Of(line.Voided), Of(line.Refunded), "", "", "", "",
        ],
        line.Net);

    private static string[] Bills(string key, Money amount) => Amount("BILLS", key, amount);

    private static string[] Amount(string section, string key, Money amount) =>
        Row(section, key, null, ["", "", "", "", "", "", "", "", "", "", ""], amount);

    private static string[] Row(string section, string key, string? name, string[] figures, Money net) =>
        [section, key, Harmless(name ?? ""), .. figures, Of(net)];

    /// <summary>A name that would be a formula becomes a text, by an apostrophe before it.</summary>
    private static string Harmless(string name) =>
        StartsFormula(name) || StartsFormula(name.TrimStart()) ? $"'{name}" : name;

    private static bool StartsFormula(string text) => text is [var first, ..] && FormulaStarts.Contains(first);

    private static string Of(Money amount) => Number(amount.Shillings);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
