using JikoXpress.Domain.Sessions;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Carts.Cart>;

namespace JikoXpress.Domain.Carts;

/// <summary>
/// Checks out a cart: opens one session for each of its kitchens, all in one commit and paid together.
/// </summary>
public static class CartCheckingOut
{
    extension(Cart cart)
    {
        /// <summary>The quote of each kitchen's part, and all refusals except shortages.</summary>
        /// <param name="facts">The facts of each of the cart's kitchens, in the same order.</param>
        public (Sequence<Quote> Quotes, Sequence<Refusal> Refusals) Price(
            OpenSession command, Sequence<SessionFacts> facts)
        {
            var kitchens = cart.Kitchens.Zip(facts, DishesOf).ToList();
            var dishes = kitchens.SelectMany(kitchen => kitchen).ToList();
            var quotes = kitchens
                .Select(kitchen => new Quote(
                    kitchen.Select(dish => SessionQuotes.LineOf(dish.Line.Request, dish.Item)).ToSequence()))
                .ToSequence();

            var broken = CartRules.Broken(command);
            if (cart.Lines.Count == 0) broken = broken.With(CartRefusals.CartEmpty);
            if (dishes.Count < cart.Lines.Count) broken = broken.With(CartRefusals.MenuItemNotFound);
            if (facts.FirstOrDefault(known => known.Kitchen.Settings.Currency != cart.Currency) is { } foreign)
                broken = broken.With(
                    CartRefusals.CurrencyMismatch(cart.Currency, foreign.Kitchen.Settings.Currency));
            // One phone pays for all of its kitchens.
            broken =
            [
                .. broken,
                .. facts.SelectMany(known => SessionQuotes.OfThePlace(command.Payments ?? [], known)).Distinct(),
            ];
            if (broken.Count > 0) return (quotes, broken);
            // Not before: amounts that break a rule may be too large to add.
            var total = quotes.Sum(quote => quote.Total);
            var received = (command.Payments ?? []).Sum(payment => payment.Amount);
            if (received != total) return (quotes, [SessionRefusals.PaymentsTotalMismatch(total, received)]);
            return (quotes, cart.Pending is { GroupId: var group }
                ? [CartRefusals.CartCheckoutInProgress(group)]
                : dishes
                    .Where(dish => !dish.Item.Available)
                    .Select(dish => CartRefusals.MenuItemUnavailable(dish.Item.Id, dish.Item.Name))
                    .ToSequence());
        }

        /// <summary>
        /// Opens the sessions of a priced cart. The kitchens' inventories hold the items already. When all payments are
        /// final at once, all sessions are confirmed; otherwise all of them are pending.
        /// </summary>
        /// <param name="ids">The ids for each of the cart's kitchens, in the same order.</param>
        public Decision CheckOut(
            OpenSession command, Sequence<SessionFacts> facts, Sequence<Quote> quotes, Sequence<OpeningIds> ids,
            DateTimeOffset now)
        {
            var shares = SessionGroups.Shares(command.Payments ?? [], quotes.Select(quote => quote.Total));
            var parts = facts
                .Select((kitchen, place) => new GroupPart(kitchen.Kitchen, quotes[place], shares[place], ids[place]))
                // The first session takes the payment for all, so it must have a share of the mobile money.
                .OrderByDescending(part =>
                    part.Payments.Any(payment => payment.PaymentMethod is PaymentMethod.MobileMoney))
                .ToSequence();
            var opened = SessionGroups.Open(command, parts, now);
            var leading = (Session.Opened)opened[0].Next;
            return new Decision.Commit(
                leading is Session.Confirmed
                    ? cart.Without(cart.Lines)
                    : cart with { Pending = new CartCheckout(leading.Id, cart.Lines) },
                [.. opened.SelectMany(member => member.InCompany(version: 0))]);
        }
    }

    private static List<CartDish> DishesOf(IEnumerable<CartLine> lines, SessionFacts kitchen) =>
    [
        .. lines
            .Where(line => kitchen.Menu.ContainsKey(line.MenuId))
            .Select(line => new CartDish(line, kitchen.Menu[line.MenuId])),
    ];
}
