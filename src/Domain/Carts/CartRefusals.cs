using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Carts;

/// <summary>The refusals of a cart, in the order in which callers see them.</summary>
public static class CartRefusals
{
    public static Refusal PaidTwiceAlike(int place) => new(
        Rules, "too-many-payments", "A cart can have one payment of each method.", $"/payments/{place}/paymentMethod");

    public static Refusal CartEmpty { get; } = new(Rules, "cart-empty", "The cart is empty.");

    public static Refusal MenuItemNotFound { get; } = new(
        Rules, "menu-item-not-found", "No kitchen has such an item on its menu.");

    public static Refusal TooManyItems { get; } = new(
        Rules, "too-many-items", $"A cart has at most {CartRules.MostLines} items.");

    public static Refusal TooManyKitchens { get; } = new(
        Rules, "too-many-kitchens", $"A cart has items of at most {CartRules.MostKitchens} kitchens.");

    public static Refusal CurrencyMismatch(Currency cart, Currency dish) => new(
        Rules, "currency-mismatch",
        $"The cart is in {cart.WireName} and the dish in {dish.WireName}: a cart is paid by one payment, and "
        + "nothing is converted.");

    public static Refusal GroupNotFound { get; } = new(NotThere, "not-found", "There is no such checkout group.");

    public static Refusal MenuItemUnavailable(Guid menuId, string name) => new(
        State, "menu-item-unavailable", $"{name} is switched off at the moment.", "",
        [new RefusalDetail("menuId", menuId.ToString())]);

    public static Refusal CartCheckoutInProgress(Guid groupId) => new(
        State, "cart-checkout-in-progress",
        "A checkout of this cart is in progress; finish its payment or cancel the group.", "",
        [new RefusalDetail("groupId", groupId.ToString())]);

    public static Refusal Overloaded { get; } = new(
        Busy, "overloaded", "Too many requests wait for this cart; try again.");
}
