using JikoXpress.Payments;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// The aggregator with its guests: it never dies and its own books are always right, but what it says comes late,
/// twice, out of order, or not at all.
/// </summary>
internal sealed class Aggregator(Universe world, Place place)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, Collection> collections = [];
    private readonly Postman postman = new(world, place);
    private int lastId;

    public IReadOnlyCollection<Collection> Collections => collections.Values;

    /// <summary>The references of pushes that left a host, whether or not they arrived.</summary>
    public ISet<string> Dialled { get; } = new HashSet<string>();

    public Collection? Find(string reference) => collections.GetValueOrDefault(reference);

    public Postman Postman => postman;

    /// <summary>Rings the phone; the same reference rings once.</summary>
    public Collection Take(PushRequest push)
    {
        if (collections.TryGetValue(push.Reference, out var known)) return known;
        var collection = Begin(push, MoodOf());
        world.Say(place, $"rings for {push.Reference}: the guest {collection.Mood}");
        return collection;
    }

    /// <summary>A guest types a reference into the phone's menu and pays it.</summary>
    public void Type(PushRequest payment)
    {
        if (collections.ContainsKey(payment.Reference)) return;
        var mood = world.Dice.Pick(Mood.Approves, Mood.Approves, Mood.PaysLate, Mood.PaysLess, Mood.PaysMore);
        Begin(payment, mood);
        world.Say(place, $"is asked to pay {payment.Reference}: the guest {mood}");
    }

    /// <summary>Pays money back; the same reference pays once.</summary>
    public void PayBack(RefundRequest refund)
    {
        if (Find(refund.AttemptReference) is { } paid && paid.Refunds.TryAdd(refund.Reference, refund.Amount))
            world.Say(place, $"paid {refund.Amount} back as {refund.Reference}");
    }

    private Collection Begin(PushRequest push, Mood mood)
    {
        var collection = new Collection(push, $"SIM-{++lastId}", mood);
        collections.Add(push.Reference, collection);
        place.Do(() => Decide(collection));
        return collection;
    }

    private Mood MoodOf() => world.Dice.Pick(
        Mood.Approves, Mood.Approves, Mood.Approves, Mood.Approves, Mood.Refuses, Mood.Silent, Mood.PaysLate,
        Mood.PaysLate, Mood.FailsThenPays, Mood.PaysLess, Mood.PaysMore, Mood.PaysInDollars);

    private async Task Decide(Collection collection)
    {
        await place.Delay(world.Dice.Between(TimeSpan.Zero, Patience));
        switch (collection.Mood)
        {
            case Mood.Approves or Mood.PaysLess or Mood.PaysMore or Mood.PaysInDollars:
                Pay(collection, insist: false);
                break;
            case Mood.Refuses:
                Decline(collection);
                break;
            case Mood.PaysLate:
                await place.Delay(world.Dice.Chance(0.2)
                    ? world.Dice.Between(TimeSpan.FromHours(1), TimeSpan.FromHours(8))
                    : world.Dice.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30)));
                Pay(collection, insist: false);
                break;
            case Mood.FailsThenPays:
                Decline(collection);
                await place.Delay(world.Dice.Between(Soon, TimeSpan.FromMinutes(15)));
                // Nobody asks again after a definite no: that it was wrong is told until it is heard.
                Pay(collection, insist: true);
                break;
            case Mood.Silent:
                break;
        }
    }

    private void Pay(Collection collection, bool insist)
    {
        collection.Pay();
        world.Say(place, $"{collection.Push.Reference} paid {collection.Paid.Shillings} {collection.Currency}");
        postman.Tell(collection, insist);
    }

    private void Decline(Collection collection)
    {
        collection.Decline();
        world.Say(place, $"{collection.Push.Reference} declined");
        postman.Tell(collection, insist: false);
    }
}
