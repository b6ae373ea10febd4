using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Carts;

/// <summary>So many items of a dish are to be in the cart, however many there were.</summary>
public sealed record PutCartItem(Guid MenuId, int Quantity, string? ItemInstructions = null);

/// <summary>A dish that somebody wants to put into a cart, with the kitchen that cooks it.</summary>
public sealed record KnownDish(Kitchen Kitchen, MenuItem Item);
