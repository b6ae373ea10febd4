using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Carts;
using JikoXpress.WebApi.Binding;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Carts;

/// <summary>The quantity of a menu item in the cart.</summary>
/// <param name="Quantity">The new quantity; it replaces the one in the cart.</param>
/// <param name="ItemInstructions">Instructions for the cook about this item; may have line breaks.</param>
internal sealed record PutCartItemBody(
    [Range(1, MostOfOneLine)] int Quantity,
    [Length(1, LongestInstructions)] string? ItemInstructions = null);

/// <summary>Reads the bodies about carts.</summary>
internal static class CartBodies
{
    public static PutCartItem PutCartItem(this JsonBody body, Guid menuId) =>
        new(menuId, body.Root.Integer("quantity"), body.Root.Text("itemInstructions"));
}
