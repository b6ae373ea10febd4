using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Carts;

/// <summary>The rules for cart commands that need only the command itself.</summary>
public static class CartRules
{
    public const int MostLines = SessionRules.MostLines;
    public const int MostKitchens = 10;

    /// <summary>Every rule that a checkout breaks, except those that need the cart.</summary>
    public static Sequence<Refusal> Broken(OpenSession command) =>
    [
        .. SessionRules.Broken(command),
        // Only one phone may pay for a cart: of two, one could pay and the other decline.
        .. (command.Payments ?? []).Index()
            .Where(payment => command.Payments!.Take(payment.Index).Any(
                other => other.PaymentMethod == payment.Item.PaymentMethod))
            .Select(payment => CartRefusals.PaidTwiceAlike(payment.Index)),
    ];
}
