using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Carts;

/// <summary>An app user, the cart, and what it was checked out as: all that one commit holds.</summary>
internal sealed class Party
{
    private int ids = 10_000;

    public static Caller Shopper { get; } = new(CallerKind.AppUser, Id(35));

    public static Kitchen[] Kitchens { get; } =
    [
        MamaNtilie,
        new(Id(2), "Samaki Samaki", LiveMode: true, KitchenSettings.Default with { PaymentTimeout = 3.Minutes }),
        new(Id(3), "Kwa Juma", LiveMode: true, KitchenSettings.Default),
    ];

    /// <summary>Two kitchens that wait for a phone.</summary>
    public static IReadOnlyList<Session.Opened> Waiting
    {
        get
        {
            var party = new Party();
            party.Put(0, 2);
            party.Put(1, 1);
            Assert.Null(party.CheckOut(Mobile(12_000)));
            return party.Sessions;
        }
    }

    public Cart Cart { get; private set; } = Cart.Initial;

    /// <summary>Of the last checkout; the first one takes the payment.</summary>
    public List<Session.Opened> Sessions { get; } = [];

    public List<Sequence<Effect>> Committed { get; } = [];

    public Session.Opened Leading => Sessions[0];

    /// <summary>The phone that was asked last.</summary>
    public PaymentAttempt Attempt => Leading.Payments
        .SelectMany(payment => payment.Attempts ?? []).Last(attempt => attempt.PaidAs is null);

    /// <summary>Each kitchen has one dish, at 4000 shillings.</summary>
    public static MenuItem DishOf(int kitchen) => Pilau with { Id = Id(71 + kitchen) };

    public static OpenSession Command(params PaymentRequest[] payments) => new(
        Shopper, SessionType.Immediate, Channel.App, FulfillmentType.Delivery, Items: null, payments.ToSequence(),
        DeliveryAddress: GreenGate, FromCart: true);

    public void Put(int kitchen, int quantity) => Cart = Cart
        .Put(new PutCartItem(DishOf(kitchen).Id, quantity), new KnownDish(Kitchens[kitchen], DishOf(kitchen)))
        is Decision<Cart>.Commit put
            ? put.Next
            : Cart;

    /// <summary>The refusals; null where the cart is checked out.</summary>
    public Sequence<Refusal>? CheckOut(params PaymentRequest[] payments) => CheckOut(Noon, payments);

    public Sequence<Refusal>? CheckOut(DateTimeOffset now, params PaymentRequest[] payments)
    {
        var (command, facts) = (Command(payments), Cart.Kitchens.Select(lines => FactsOf(lines.Key)).ToSequence());
        var (quotes, refusals) = Cart.Price(command, facts);
        if (refusals.Count > 0) return refusals;
        var opening = facts
            .Select(kitchen => new OpeningIds(
                Next(), Next(), Several(2), 147, new DateOnly(2026, 3, 12), "", new Pushes("simulator", [Push(), Push()])))
            .ToSequence();
        var decision = Cart.CheckOut(command, facts, quotes, opening, now).Commit();
        Cart = decision.Next;
        Sessions.Clear();
        Sessions.AddRange(decision.Effects.OfType<Effect.KeepSession>().Select(keep => keep.Session));
        Committed.Add(decision.Effects);
        return null;
    }

    /// <summary>What the session that takes the payment decides, committed for all; its answer.</summary>
    public Decision<Session> Do(DateTimeOffset now, Func<Session, Decision<Session>> decide)
    {
        if (Leading.Expire(now) is Decision<Session>.Commit expired) Commit(expired);
        var decision = decide(Leading);
        if (decision is Decision<Session>.Commit commit) Commit(commit);
        return decision;
    }

    public Guid Next() => Id(++ids);

    private void Commit(Decision<Session>.Commit decision)
    {
        var (before, after) = (Leading, (Session.Opened)decision.Next);
        var effects = decision.Effects;
        Sessions[0] = after;
        if (before is Session.Pending && after is not Session.Pending)
        {
            if (Cart.Hear(after) is Decision<Cart>.Commit heard) Cart = heard.Next;
            for (var place = 1; place < Sessions.Count; place++)
            {
                var follower = Assert.IsType<Session.Pending>(Sessions[place]);
                var followed = follower.Follow(after, new FollowerIds(Next(), Push()));
                Sessions[place] = (Session.Opened)followed.Next;
                effects = [.. effects, .. followed.InCompany(1)];
            }
        }

        Committed.Add(effects);
    }

    private static SessionFacts FactsOf(Guid kitchen)
    {
        var number = Array.FindIndex(Kitchens, known => known.Id == kitchen);
        var dish = DishOf(number);
        return new SessionFacts(
            Kitchens[number], new Dictionary<Guid, MenuItem> { [dish.Id] = dish }, new Dictionary<Guid, Money>(),
            new Dictionary<Guid, KitchenPaymentMethod>());
    }

    private Sequence<Guid> Several(int count) => Enumerable.Range(0, count).Select(_ => Next()).ToSequence();

    public PushId Push() => new(Next(), $"JX{++ids:D18}");
}
