using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using JikoXpress.Domain.Carts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Carts;

/// <summary>The app user's own cart. A repeated command has no further effect.</summary>
internal static class CartEndpoints
{
    public static void MapCart(this IEndpointRouteBuilder api)
    {
        var cart = api.MapGroup("/cart").WithTags("Cart");

        cart.MapGet("", Get)
            .Allow(Callers.AppUser)
            .Describe("getCart", "Get the cart",
                "Dishes of any number of kitchens, at the prices of this moment. To buy it, open a checkout session "
                + "with `fromCart`: one payment of its total, one session for each kitchen. It is emptied when that is "
                + "paid, and not before.")
            .Gives<CartView>(200);

        cart.MapGet("/preview", Preview)
            .Allow(Callers.AppUser)
            .Describe("previewCart", "See what a checkout of the cart would find",
                "The total, and for each kitchen and dish whether it can be had at this moment: `ready` where a "
                + "checkout would go through. Nothing is kept: others may be faster.")
            .Gives<CartPreviewView>(200);

        cart.MapPut("/items/{menuId:uuid}", Put)
            .Allow(Callers.AppUser)
            .Describe("putCartItem", "Put a dish into the cart",
                "Or change how many of it there are. Nothing is kept at the kitchen before the checkout.")
            .Takes<PutCartItemBody>().Gives<CartView>(200)
            .Refuses(
                "quantity-out-of-range", "invalid-text", "card-data-not-accepted", "menu-item-not-found",
                "too-many-items", "too-many-kitchens", "currency-mismatch", "menu-item-unavailable");

        cart.MapDelete("/items/{menuId:uuid}", Remove)
            .Allow(Callers.AppUser)
            .Describe("removeCartItem", "Take a dish out of the cart", "Whether it is in there or not.")
            .Gives<CartView>(200);

        cart.MapDelete("", Clear)
            .Allow(Callers.AppUser)
            .Describe("clearCart", "Empty the cart", "A checkout that is being paid goes on.")
            .Gives<CartView>(200);
    }

    private static async Task<IResult> Get(HttpContext http, IGrainFactory grains, ICatalogue catalogue) =>
        await http.Shown((await http.Cart(grains).Read()).State, catalogue);

    private static async Task<IResult> Preview(HttpContext http, IGrainFactory grains, ICatalogue catalogue)
    {
        var cart = (await http.Cart(grains).Read()).State;
        return new Answer<CartPreviewView>(
            StatusCodes.Status200OK, await CartPreviews.Of(cart, http.Principal.LiveMode, catalogue, grains),
            SessionJson.Default.CartPreviewView);
    }

    private static async Task<IResult> Put(Guid menuId, HttpContext http, IGrainFactory grains, ICatalogue catalogue)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<PutCartItemBody>().Command(menuId);
        return body.Refusal(command)
            ?? await http.Answered(
                await http.Cart(grains).Put(command, http.Principal.LiveMode, http.Patience), catalogue);
    }

    private static async Task<IResult> Remove(
        Guid menuId, HttpContext http, IGrainFactory grains, ICatalogue catalogue) =>
        await http.Answered(await http.Cart(grains).Remove(menuId, http.Patience), catalogue);

    private static async Task<IResult> Clear(HttpContext http, IGrainFactory grains, ICatalogue catalogue) =>
        await http.Answered(await http.Cart(grains).Clear(http.Patience), catalogue);

    extension(HttpContext http)
    {
        /// <summary>The caller's own cart; no caller can reach another one.</summary>
        private ICartGrain Cart(IGrainFactory grains) => grains.Cart(http.Principal.Id);

        private async Task<IResult> Answered(Reply<Cart> reply, ICatalogue catalogue) => reply switch
        {
            Reply<Cart>.Accepted({ } cart, _, _) => await http.Shown(cart, catalogue),
            Reply<Cart>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };

        private async Task<IResult> Shown(Cart cart, ICatalogue catalogue) => new Answer<CartView>(
            StatusCodes.Status200OK, await CartViews.Of(cart, http.Principal.LiveMode, catalogue),
            SessionJson.Default.CartView);
    }
}

/// <summary>The quantity of a menu item in the cart.</summary>
/// <param name="Quantity">The new quantity; it replaces the one in the cart.</param>
/// <param name="ItemInstructions">Instructions for the cook about this item; may have line breaks.</param>
internal sealed record PutCartItemBody(
    [Range(1, MostOfOneLine)] int Quantity,
    [Lines, Length(1, LongestInstructions)] string? ItemInstructions = null)
{
    public PutCartItem Command(Guid menuId) => new(menuId, Quantity, ItemInstructions);
}
