using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What becomes of carts: a checkout that came to nothing leaves one as it is.</summary>
internal sealed class CartHistory
{
    public const string Name = "what was bought leaves its cart, once, and nothing else does";

    private readonly Dictionary<Guid, CartInRows> seen = [];

    public string? Contradiction(MemoryDatabase rows)
    {
        foreach (var cart in rows.Carts)
        {
            var before = seen.GetValueOrDefault(cart.AccountId);
            if (ReferenceEquals(before, cart)) continue;
            seen[cart.AccountId] = cart;
            if (cart.Version <= (before?.Version ?? 0))
                return $"the cart of {cart.AccountId} went from v{before?.Version} to v{cart.Version}";
            if (before?.Cart.Pending is not { } paid || cart.Cart.Pending is not null) continue;
            var bought = rows.Session(paid.GroupId)?.Status == SessionStatus.Confirmed ? paid.Lines : [];
            var left = before.Cart.Lines
                .Select(line => (line.MenuId, Items: line.Quantity - ItemsOf(line.MenuId, bought)))
                .Where(line => line.Items > 0);
            if (!left.SequenceEqual(cart.Cart.Lines.Select(line => (line.MenuId, line.Quantity))))
                return $"the cart of {cart.AccountId} has {cart.Cart} after {before.Cart}";
        }

        return null;
    }

    private static int ItemsOf(Guid dish, Sequence<CartLine> lines) =>
        lines.Where(line => line.MenuId == dish).Sum(line => line.Quantity);
}
