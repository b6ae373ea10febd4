using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.WebApi.Carts;

/// <summary>What a checkout of a cart would find at this moment.</summary>
internal sealed record CartPreviewView
{
    public string Object { get; } = "cart_preview";

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    /// <summary>
    /// The cart could be checked out: there is something in it, all of it can be had, and no checkout of it waits for
    /// payment.
    /// </summary>
    public required bool Ready { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole shillings: the amount to pay, for all that is in the cart.</summary>
    public required Money Total { get; init; }

    /// <summary>The kitchens in the order of their ids; each gets its own checkout session.</summary>
    public required IReadOnlyList<CartPreviewKitchenView> Kitchens { get; init; }

    /// <summary>The checkout group that waits for payment.</summary>
    public Guid? CheckoutGroupId { get; init; }
}

/// <summary>The part of one kitchen.</summary>
/// <param name="Ready">All of its dishes can be had.</param>
/// <param name="Total">In whole shillings.</param>
internal sealed record CartPreviewKitchenView(
    Guid KitchenId, string Name, bool Ready, Money Total, IReadOnlyList<CartPreviewItemView> Items);

/// <summary>One dish.</summary>
/// <param name="UnitPrice">In whole shillings; the price on the menu at this moment.</param>
/// <param name="Total">In whole shillings: quantity times unit price.</param>
/// <param name="Ready">The kitchen sells it at this moment, and has as many.</param>
/// <param name="Available">False if the kitchen has switched it off.</param>
/// <param name="AvailableQuantity">How many there are; left out if the kitchen does not count them.</param>
internal sealed record CartPreviewItemView(
    Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total, bool Ready, bool Available,
    int? AvailableQuantity);

internal static class CartPreviews
{
    public static async Task<CartPreviewView> Of(
        Cart cart, bool liveMode, ICatalogue catalogue, IGrainFactory grains)
    {
        var view = await CartViews.Of(cart, liveMode, catalogue);
        var kitchens = await Task.WhenAll(view.Kitchens.Select(kitchen => Kitchen(kitchen, grains)));
        return new CartPreviewView
        {
            Livemode = view.Livemode,
            Ready = kitchens.Length > 0 && view.CheckoutGroupId is null && Array.TrueForAll(kitchens, one => one.Ready),
            Currency = view.Currency,
            Total = view.Total,
            Kitchens = kitchens,
            CheckoutGroupId = view.CheckoutGroupId,
        };
    }

    private static async Task<CartPreviewKitchenView> Kitchen(CartKitchenView kitchen, IGrainFactory grains)
    {
        var counted = (await grains.Inventory(kitchen.KitchenId).Levels())
            .ToDictionary(level => level.MenuId, level => level.Available);
        List<CartPreviewItemView> items = [.. kitchen.Items.Select(Item)];
        return new CartPreviewKitchenView(
            kitchen.KitchenId, kitchen.Name, items.TrueForAll(item => item.Ready), kitchen.Total, items);

        CartPreviewItemView Item(CartItemView item)
        {
            int? left = counted.TryGetValue(item.MenuId, out var number) ? number : null;
            return new CartPreviewItemView(
                item.MenuId, item.Name, item.Quantity, item.UnitPrice, item.Total,
                Ready: item.Available && (left is null || left >= item.Quantity), item.Available, left);
        }
    }
}
