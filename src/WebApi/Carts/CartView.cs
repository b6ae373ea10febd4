using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Grains.Ports;

namespace JikoXpress.WebApi.Carts;

/// <summary>An app user's cart, at the current prices.</summary>
internal sealed record CartView
{
    public string Object { get; } = "cart";

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole shillings: the amount to pay for it.</summary>
    public required Money Total { get; init; }

    /// <summary>The kitchens in the order of their ids; each gets its own checkout session.</summary>
    public required IReadOnlyList<CartKitchenView> Kitchens { get; init; }

    /// <summary>The checkout group that waits for payment.</summary>
    public Guid? CheckoutGroupId { get; init; }
}

/// <summary>The items of one kitchen in a cart.</summary>
/// <param name="Total">In whole shillings.</param>
internal sealed record CartKitchenView(
    Guid KitchenId, string Name, Money Total, IReadOnlyList<CartItemView> Items);

/// <summary>One menu item in a cart.</summary>
/// <param name="UnitPrice">In whole shillings; the current price on the menu.</param>
/// <param name="Total">In whole shillings: quantity times unit price.</param>
/// <param name="Available">False if the kitchen has switched it off; the cart cannot be checked out then.</param>
internal sealed record CartItemView(
    Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total, string? ItemInstructions, bool Available);

internal static class CartViews
{
    public const string Path = "/api/v1/cart";

    public static async Task<CartView> Of(Cart cart, bool liveMode, ICatalogue catalogue)
    {
        var kitchens = new List<CartKitchenView>();
        foreach (var lines in cart.Kitchens)
        {
            if (await catalogue.Kitchen(lines.Key) is { } known) kitchens.Add(Kitchen(known, lines));
        }

        return new CartView
        {
            Livemode = liveMode,
            Currency = cart.Currency.WireName,
            Total = kitchens.Sum(kitchen => kitchen.Total),
            Kitchens = kitchens,
            CheckoutGroupId = cart.Pending?.GroupId,
        };
    }

    private static CartKitchenView Kitchen(KitchenCatalogue known, IEnumerable<CartLine> lines)
    {
        List<CartItemView> items =
        [
            .. from line in lines
               let item = known.Menu.GetValueOrDefault(line.MenuId)
               where item is not null
               select new CartItemView(
                   line.MenuId, item.Name, line.Quantity, item.Price, item.Price * line.Quantity,
                   line.ItemInstructions, item.Available),
        ];
        return new CartKitchenView(known.Kitchen.Id, known.Kitchen.Name, items.Sum(item => item.Total), items);
    }
}
