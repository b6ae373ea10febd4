using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Carts;

/// <summary>Sets the quantity of a dish in the cart.</summary>
public sealed record PutCartItem(Guid MenuId, int Quantity, string? ItemInstructions = null);

/// <summary>A dish to put into a cart, with its kitchen.</summary>
public sealed record KnownDish(Kitchen Kitchen, MenuItem Item);
