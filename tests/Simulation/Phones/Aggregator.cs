using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Phones;

/// <summary>An aggregator without a wire: what it knows, a host is told as the rules have it.</summary>
internal sealed class Aggregator(Universe world, Place place) : IPhones
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, Collection> collections = [];
    private int lastId;

    private Postman Postman => field ??= new Postman(this, world, place);

    public IReadOnlyCollection<Collection> Collections => collections.Values;

    public IReadOnlyCollection<IPayment> Payments => collections.Values;

    public ISet<string> Dialled { get; } = new HashSet<string>();

    public IReadOnlyDictionary<string, string> Told => Postman.Paid;

    public IEnumerable<string> Unowed => [];

    public IMobileMoneyAdapter LineOf(Host host) => new AggregatorLine(host, world, this);

    public Collection? Find(string reference) => collections.GetValueOrDefault(reference);

    IPayment? IPhones.Find(string reference) => Find(reference);

    public string KeyOf(string reference) => reference;

    public bool SaidNo(PaymentAttempt attempt) => Find(attempt.Reference) is { SaidNo: true };

    public bool IsReversed(string reference) => false;

    public Task Attack() => Postman.Attack();

    /// <summary>Rings the phone; the same reference rings once.</summary>
    public Collection Take(PushRequest push)
    {
        if (collections.TryGetValue(push.Reference, out var known)) return known;
        var collection = Begin(push, MoodOf());
        world.Say(place, $"rings for {push.Reference}: the guest {collection.Mood}");
        return collection;
    }

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
        Postman.Tell(collection, insist);
    }

    private void Decline(Collection collection)
    {
        collection.Decline();
        world.Say(place, $"{collection.Push.Reference} declined");
        Postman.Tell(collection, insist: false);
    }
}
