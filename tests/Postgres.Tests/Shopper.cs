using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// An app user with a pilau of each of two kitchens in the cart: makes the commits that the cart's grain makes, and
/// those of the session that takes the payment.
/// </summary>
internal sealed class Shopper(Till here, Till there)
{
    /// <summary>Each checkout asks another one: one that rings cannot be asked again.</summary>
    private static int phones;

    public Guid Account { get; } = here.NextId();

    public Cart Cart { get; private set; } = new(
        [new(here.KitchenId, here.Pilau, 1), new(there.KitchenId, there.Pilau, 1)]);

    /// <summary>First the one that takes the payment.</summary>
    public IReadOnlyList<Session.Opened> Sessions { get; private set; } = [];

    /// <summary>The cart is checked out, and a phone is asked.</summary>
    /// <param name="of">The cart as it was read; null for as it is.</param>
    public GrainCommit CheckOut(long version = 0, Cart? of = null)
    {
        Cart = of ?? Cart;
        var by = new Caller(CallerKind.AppUser, Account);
        var phone = $"+25576{Interlocked.Increment(ref phones):D7}";
        var command = new OpenSession(
            by, SessionType.Immediate, Channel.App, FulfillmentType.Pickup, Items: null,
            [new PaymentRequest(PaymentMethod.MobileMoney, new Money(10_000), PhoneNumber: phone)],
            FromCart: true);
        var tills = Cart.Kitchens.Select(lines => lines.Key == here.KitchenId ? here : there).ToList();
        var facts = tills.Select(FactsOf).ToSequence();
        var (quotes, refusals) = Cart.Price(command, facts);
        Assert.Empty(refusals);
        var ids = tills.Select(till => till.NextOpening(1)).ToSequence();
        var (next, effects) = Assert.IsType<Decision<Cart>.Commit>(
            Cart.CheckOut(command, facts, quotes, ids, Till.Noon));
        Cart = next;
        Sessions = [.. effects.OfType<Effect.KeepSession>().Select(keep => keep.Session)];
        return new GrainCommit(
            GrainKind.Cart, Account, Guid.Empty, version, StateJson.Write(Cart), null,
            [new Effect.KeepCart(Account, Cart, version), .. effects], here.NextOperation(), Till.Noon);
    }

    /// <summary>The phone has paid: everything is confirmed in one commit.</summary>
    public GrainCommit Paid(long cartVersion = 1, long followerVersion = 1)
    {
        var attempt = Sessions[0].Payments[0].Attempts![0];
        var report = new PaymentReport(
            attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(10_000), "TZS",
            $"SIM-{attempt.Reference}");
        var (leading, effects) = Assert.IsType<Decision<Session>.Commit>(
            Sessions[0].Report(report, here.NextId(), LateMoney.GoesBack, Till.Noon));
        var after = (Session.Opened)leading;
        var cart = Assert.IsType<Decision<Cart>.Commit>(Cart.Hear(after)).Next;
        var follower = ((Session.Pending)Sessions[1])
            .Follow(after, new FollowerIds(there.NextId(), there.NextPush()));
        return new GrainCommit(
            GrainKind.Session, after.Id, after.Opening.KitchenId, 1, StateJson.Write<Session>(after),
            SessionRows.Of(after),
            [
                .. effects, new Effect.KeepCart(Account, cart, cartVersion), .. follower.InCompany(followerVersion),
            ],
            Operation: null, Till.Noon);
    }

    private static SessionFacts FactsOf(Till till) => new(
        till.Kitchen,
        new Dictionary<Guid, MenuItem>
        {
            [till.Pilau] = new(till.Pilau, "Pilau", new Money(5_000), "Food", Available: true),
        },
        new Dictionary<Guid, Money>(), new Dictionary<Guid, KitchenPaymentMethod>());
}
