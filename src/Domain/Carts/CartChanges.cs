using JikoXpress.Domain.Sessions;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Carts.Cart>;

namespace JikoXpress.Domain.Carts;

/// <summary>
/// Changes to a cart. A pending checkout has its own copy of the lines, so the cart may be changed while it is being
/// paid.
/// </summary>
public static class CartChanges
{
    extension(Cart cart)
    {
        /// <param name="dish">Null when no kitchen of the account's mode (live or test) has the item.</param>
        public Decision Put(PutCartItem command, KnownDish? dish)
        {
            if (command.Broken() is { Count: > 0 } broken) return broken;
            if (dish is null) return CartRefusals.MenuItemNotFound;
            var line = new CartLine(
                dish.Kitchen.Id, dish.Item.Id, command.Quantity, command.ItemInstructions,
                dish.Kitchen.Settings.Currency.UnlessUsual);
            var there = cart.Lines.Any(known => known.MenuId == line.MenuId);
            var next = cart with
            {
                Lines = there
                    ? cart.Lines.Select(known => known.MenuId == line.MenuId ? line : known).ToSequence()
                    : cart.Lines.With(line),
            };
            if (next.Lines.Count > CartRules.MostLines) return CartRefusals.TooManyItems;
            if (next.Kitchens.Count() > CartRules.MostKitchens) return CartRefusals.TooManyKitchens;
            if (next.Lines.FirstOrDefault(other => other.Currency != line.Currency) is { } foreign)
                return CartRefusals.CurrencyMismatch(foreign.Currency, line.Currency);
            if (next == cart) return new Decision.Unchanged();
            return dish.Item.Available
                ? new Decision.Commit(next, [])
                : CartRefusals.MenuItemUnavailable(dish.Item.Id, dish.Item.Name);
        }

        public Decision Remove(Guid menuId) =>
            cart.Becomes(cart.Lines.Where(line => line.MenuId != menuId).ToSequence());

        public Decision Clear() => cart.Becomes([]);

        /// <summary>Updates the cart from the leading session of its pending checkout.</summary>
        public Decision Hear(Session.Opened leading) => (cart.Pending, leading) switch
        {
            ({ } pending, _) when pending.GroupId != leading.Id => new Decision.Unchanged(),
            (null, _) or (_, Session.Pending) => new Decision.Unchanged(),
            ({ } pending, Session.Confirmed) => new Decision.Commit(cart.Without(pending.Lines), []),
            _ => new Decision.Commit(cart with { Pending = null }, []),
        };

        /// <summary>The cart without the bought items; items that were added since the checkout stay in it.</summary>
        internal Cart Without(Sequence<CartLine> bought) => new(cart.Lines
            .Select(line => line with
            {
                Quantity = line.Quantity
                    - (bought.FirstOrDefault(other => other.MenuId == line.MenuId)?.Quantity ?? 0),
            })
            .Where(line => line.Quantity > 0)
            .ToSequence());

        private Decision Becomes(Sequence<CartLine> lines) =>
            lines.Equals(cart.Lines) ? new Decision.Unchanged() : new Decision.Commit(cart with { Lines = lines }, []);
    }
}
