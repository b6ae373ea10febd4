using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Carts;

/// <summary>The rules that a command to a cart can be held against without knowing anything else.</summary>
public static class CartRules
{
    public const int MostLines = SessionRules.MostLines;
    public const int MostKitchens = 10;

    /// <summary>Every rule that a quantity and its instructions break.</summary>
    public static Sequence<Refusal> Broken(PutCartItem command) =>
    [
        .. command.Quantity is < 1 or > SessionRules.MostOfOneLine
            ?
            [
                SessionRefusals.BrokenRule(
                    "quantity-out-of-range", "/quantity", $"A quantity is 1 to {SessionRules.MostOfOneLine}."),
            ]
            : Array.Empty<Refusal>(),
        .. SessionRules.Text(
            command.ItemInstructions, "/itemInstructions", SessionRules.LongestInstructions, lineBreaks: true),
    ];

    /// <summary>Every rule that a checkout breaks, the cart left aside.</summary>
    public static Sequence<Refusal> Broken(OpenSession command) =>
    [
        .. SessionRules.Broken(command),
        // One phone decides about all of it: where two did, one could pay and the other not.
        .. (command.Payments ?? []).Index()
            .Where(payment => command.Payments!.Take(payment.Index).Any(
                other => other.PaymentMethod == payment.Item.PaymentMethod))
            .Select(payment => CartRefusals.PaidTwiceAlike(payment.Index)),
    ];
}
