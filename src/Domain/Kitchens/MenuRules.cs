namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for menu items and for a kitchen's own payment methods.</summary>
public static class MenuRules
{
    public const int MostItems = 500;
    public const int MostPaymentMethods = 50;
    public const int LongestCategory = 40;
    public const int LongestProvider = 32;

    public static Sequence<Refusal> Broken(NewMenuItem item) =>
        Broken(new MenuItemChange(item.Name, item.Price, item.Category));

    public static Sequence<Refusal> Broken(MenuItemChange change) =>
    [
        .. FieldRules.DishName(change.Name),
        .. FieldRules.Amount(change.Price, "/price"),
        .. FieldRules.Text(change.Category, "/category", LongestCategory),
    ];

    public static Sequence<Refusal> Broken(NewPaymentMethod method) =>
    [
        .. Broken(new PaymentMethodChange(method.Name, method.Provider)),
        .. ChannelShapeRules.Broken(method.Of(Guid.Empty)),
    ];

    public static Sequence<Refusal> Broken(PaymentMethodChange change) =>
    [
        .. FieldRules.Name(change.Name),
        .. FieldRules.Text(change.Provider, "/provider", LongestProvider),
    ];
}
