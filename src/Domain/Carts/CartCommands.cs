using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Carts;

/// <summary>Sets the quantity of a dish in the cart.</summary>
public sealed record PutCartItem(Guid MenuId, int Quantity, string? ItemInstructions = null) : ICommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. Quantity is < 1 or > SessionRules.MostOfOneLine
            ?
            [
                SessionRefusals.BrokenRule(
                    "quantity-out-of-range", "/quantity", $"A quantity is 1 to {SessionRules.MostOfOneLine}."),
            ]
            : Array.Empty<Refusal>(),
        .. FieldRules.Note(ItemInstructions, "/itemInstructions", SessionRules.LongestInstructions, lineBreaks: true),
    ];
}

/// <summary>A dish to put into a cart, with its kitchen.</summary>
public sealed record KnownDish(Kitchen Kitchen, MenuItem Item);
