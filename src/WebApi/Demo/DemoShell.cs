using System.Globalization;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.WebApi.Demo;

/// <summary>
/// The first demo kitchen as shell assignments, to be evaluated: ids and tokens by name, and each menu item with its
/// price, as in PILAU and PILAU_PRICE. If two kitchens have an item of the same name, the first kitchen's is used.
/// </summary>
internal static class DemoShell
{
    public static string Variables(DemoView demo)
    {
        var kitchen = demo.Kitchens[0];
        var text = new StringBuilder();
        Set(text, "KITCHEN", kitchen.Id);
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            if (kitchen.Staff.FirstOrDefault(member => member.Role == role)?.Token is { } token)
                Set(text, role.WireName == "KITCHEN" ? "COOK" : role.WireName, token);
        }

        foreach (var device in kitchen.Devices)
            Set(text, device.Kind == DeviceKind.Pos ? "TILL" : "KIOSK", device.Token);
        Set(text, "CUSTOMER", kitchen.Customers[0].KitchenCustomerId);
        Set(text, "LIPA", kitchen.PaymentMethods[0].KitchenPaymentMethodId);
        if (kitchen.Tables is [var table, ..]) Set(text, table);
        Set(text, "ACCOUNT", demo.Accounts[0].Token);
        if (demo.BotKey is { } bot) Set(text, "BOT", bot);
        if (demo.MerchantKey is { } merchant) Set(text, "MERCHANT", merchant);
        Set(text, "OPERATOR", demo.OperatorKey);
        foreach (var item in demo.Kitchens.SelectMany(other => other.Menu).DistinctBy(item => item.Name))
            Set(text, NameOf(item.Name), item);
        if (kitchen.Menu.FirstOrDefault(item => item.Stock == 0) is { } gone) Set(text, "SOLD_OUT", gone);
        return text.ToString();
    }

    private static void Set(StringBuilder text, string name, DemoMenuItemView item)
    {
        Set(text, name, item.Id);
        Set(text, $"{name}_PRICE", item.Price.Shillings);
    }

    private static void Set(StringBuilder text, DemoTableView table)
    {
        Set(text, "TABLE", table.Number);
        Set(text, "TABLE_QR", table.Code);
    }

    /// <summary>Values are ids, numbers and tokens, which need no quotes.</summary>
    private static void Set(StringBuilder text, string name, object value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");

    private static string NameOf(string item) =>
        string.Concat(item.ToUpperInvariant().Select(letter => char.IsAsciiLetterUpper(letter) ? letter : '_'));
}
