using JikoXpress.Domain.Carts;

namespace JikoXpress.Domain.Tests.Carts;

/// <summary>What goes into a cart and out of it.</summary>
public sealed class CartTests
{
    [Theory]
    [InlineData(0, "quantity-out-of-range")]
    [InlineData(1, null)]
    [InlineData(999, null)]
    [InlineData(1_000, "quantity-out-of-range")]
    public void A_quantity_has_its_limits(int quantity, string? code)
    {
        var decision = Cart.Initial.Put(new PutCartItem(Pilau.Id, quantity), new KnownDish(MamaNtilie, Pilau));

        if (code is null) Assert.Equal(quantity, Assert.Single(decision.Next().Lines).Quantity);
        else Assert.Equal(code, decision.Code());
    }

    [Fact]
    public void Refusals_come_in_the_order_of_the_stages()
    {
        var full = new Cart([.. Enumerable.Range(0, 100).Select(dish => new CartLine(MamaNtilie.Id, Id(5_000 + dish), 1))]);
        var many = new Cart([.. Enumerable.Range(0, 10).Select(kitchen => new CartLine(Id(6_000 + kitchen), Id(7_000 + kitchen), 1))]);
        var off = new KnownDish(MamaNtilie, Samaki);

        Assert.Equal("quantity-out-of-range", full.Put(new PutCartItem(Samaki.Id, 0), null).Code());
        Assert.Equal("invalid-text", full.Put(new PutCartItem(Samaki.Id, 1, ""), null).Code());
        Assert.Equal("menu-item-not-found", full.Put(new PutCartItem(Samaki.Id, 1), null).Code());
        Assert.Equal("too-many-items", full.Put(new PutCartItem(Samaki.Id, 1), off).Code());
        Assert.Equal("too-many-kitchens", many.Put(new PutCartItem(Samaki.Id, 1), off).Code());
        Assert.Equal("menu-item-unavailable", Cart.Initial.Put(new PutCartItem(Samaki.Id, 1), off).Code());
        Assert.Equal(100, (full with { Lines = full.Lines.Skip(1).ToSequence() })
            .Put(new PutCartItem(Pilau.Id, 1), new KnownDish(MamaNtilie, Pilau)).Next().Lines.Count);
    }

    [Fact]
    public void What_is_done_twice_is_done_once()
    {
        var dish = new KnownDish(MamaNtilie, Pilau);
        var cart = Cart.Initial.Put(new PutCartItem(Pilau.Id, 2), dish).Next();

        Assert.IsType<Decision<Cart>.Unchanged>(cart.Put(new PutCartItem(Pilau.Id, 2), dish));
        Assert.Equal(Cart.Initial, cart.Remove(Pilau.Id).Next());
        Assert.IsType<Decision<Cart>.Unchanged>(Cart.Initial.Remove(Pilau.Id));
        Assert.IsType<Decision<Cart>.Unchanged>(Cart.Initial.Clear());
    }

    [Fact]
    public void A_cart_hears_of_its_own_checkout_only_and_once()
    {
        var party = new Party();
        party.Put(0, 1);
        Assert.Null(party.CheckOut(Mobile(4_000)));
        var (cart, other) = (party.Cart, Party.Waiting[0]);

        Assert.IsType<Decision<Cart>.Unchanged>(cart.Hear(party.Leading));
        Assert.IsType<Decision<Cart>.Unchanged>((cart with { Pending = new CartCheckout(Id(1), []) }).Hear(other));
        Assert.IsType<Decision<Cart>.Unchanged>((cart with { Pending = null }).Hear(party.Leading));
    }
}
