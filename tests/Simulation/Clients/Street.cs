using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>Everybody who comes by during the storm, each at a moment of its own.</summary>
internal sealed class Street(Universe world)
{
    private const int FewestGuests = 6;
    private const int MostGuests = 22;
    private const int MostAttacks = 12;

    private const int MostSubscribers = 4;
    private const int MostSwitches = 5;

    private readonly List<string> stillWaiting = [];

    /// <summary>How long guests keep coming.</summary>
    public TimeSpan Hours { get; } = !world.Crashes.AimsAtRarity && world.Dice.Chance(0.4)
        ? TimeSpan.FromSeconds(world.Dice.Between(5, 120))
        : TimeSpan.FromMinutes(world.Dice.Between(3, 25));

    /// <summary>
    /// How long things keep going wrong: as long as guests keep coming, and days where somebody subscribes.
    /// </summary>
    public TimeSpan Storm => world.HasSubscribers ? world.Season : Hours;

    public IReadOnlyList<string> StillWaiting => stillWaiting;

    public void Open()
    {
        var guests = world.Crashes.AimsAtRarity ? MostGuests
            : world.HasSubscribers ? world.Dice.Between(1, FewestGuests)
            : world.Dice.Between(FewestGuests, MostGuests);
        for (var left = guests; left > 0; left--) Send($"guest-{left}");
        var until = world.Timeline.Now + Storm;
        for (var left = world.HasSubscribers ? world.Dice.Between(1, MostSubscribers) : 0; left > 0; left--)
        {
            var subscriber = NewGuest($"subscriber-{left}");
            Come(subscriber, () => SubscriptionJourneys.Subscribe(
                subscriber, world.Dice.Pick([.. world.City.Kitchens]), until));
        }

        for (var left = world.Dice.Below(4); left > 0; left--)
        {
            var manager = NewGuest($"manager-{left}");
            Come(manager, () => Journeys.Count(manager));
        }

        for (var left = world.Dice.Below(MostSwitches); left > 0; left--)
        {
            var merchant = NewGuest($"merchant-{left}");
            Come(merchant, () => ShopJourneys.SwitchALink(merchant));
        }

        for (var left = MostAttacks; left > 0; left--)
        {
            if (!world.Weather.Strikes(Fault.Attack)) continue;
            var attacker = NewGuest("attacker");
            Come(attacker, world.Phones.Attack);
        }
    }

    private void Send(string name)
    {
        var guest = NewGuest(name);
        var journey = world.Dice.Pick(
            world.Dice.Chance(0.5) ? Journeys.LeadingTo(world.Crashes.Aim.Act) : Journeys.All);
        Come(guest, () => journey(guest, world.Dice.Pick([.. world.City.Kitchens])));
    }

    private Guest NewGuest(string name) => new(world, new Place(name, world.Timeline));

    private void Come(Guest guest, Func<Task> journey)
    {
        var arrival = world.Dice.Between(TimeSpan.Zero, Hours);
        stillWaiting.Add(guest.Place.Name);
        guest.Place.Do(async () =>
        {
            await guest.Place.Delay(arrival);
            try
            {
                await journey();
            }
            catch (Exception failure)
            {
                world.Unforeseen(guest.Place, failure);
            }

            stillWaiting.Remove(guest.Place.Name);
        });
    }
}
