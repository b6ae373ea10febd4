using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.Campaigns;
using JikoXpress.Simulation.Clients;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Invariants;
using JikoXpress.Simulation.Phones;
using JikoXpress.Simulation.PlantedBugs;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Testing.Memory;
using JikoXpress.Testing.Silo;

namespace JikoXpress.Simulation.World;

/// <summary>
/// One run: a cluster of hosts over shared rows, guests, an aggregator, and all that can go wrong, decided by one seed.
/// The laws are checked after every event that changed a row; when the storm is over, all has to come to its end.
/// </summary>
internal sealed class Universe
{
    private const int Hosts = 2;
    private const long MostEvents = 2_000_000;

    /// <summary>
    /// The share of runs whose hosts speak to an aggregator in its own wire format. They take longer: signatures cost.
    /// </summary>
    private const double OnTheWire = 0.25;

    /// <summary>Where hosts die about pushes: only some aggregators ring twice for one that is sent again.</summary>
    private const double MostlyOnTheWire = 0.8;

    /// <summary>The share of runs of days, in which customers subscribe.</summary>
    private const double WithSubscribers = 0.12;

    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The latest guest pays after nine hours; an event may wait for its attempt for a day.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(36);

    /// <summary>The longest plan is over before, a period that nobody pays included.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <summary>The house has asked for a payment several times by then, and will ask some more.</summary>
    private static readonly TimeSpan SoonEnough = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(30);

    private readonly Host?[] hosts = new Host?[Hosts];
    private readonly Dictionary<SimulatedSilo, Host> silosHosts = [];
    private readonly Dictionary<Guid, string> names = [];
    private readonly CartHistory carts = new();
    private readonly LinkHistory links = new();
    private readonly SubscriptionHistory subscriptions = new();
    private readonly Trace trace;
    private long checkedChanges = -1;
    private long checkedCommits = -1;
    private Finding? finding;

    public Universe(ulong seed, Wiring wiring, Action<string>? print)
    {
        Seed = seed;
        Wiring = wiring;
        Dice = new Dice(seed).For("world");
        trace = new Trace(Opening, print);
        Timeline = new Timeline(new Dice(seed).For("schedule"), trace, Opening);
        Server = new Place("server", Timeline);
        Crashes = new Crashes(seed, new Dice(seed).For("crashes"));
        var season = new Dice(seed).For("season");
        HasSubscribers = Crashes.AimsAtPeriods || season.Chance(WithSubscribers);
        Season = TimeSpan.FromHours(season.Between(40, 120));
        if (HasSubscribers) Crashes.GoOn(season);
        Weather = new Weather(new Dice(seed).For("weather"), Crashes.Aim);
        Ids = new SeededIds(new Dice(seed).For("ids"), Server.Clock);
        City = new City(Dice, Ids);
        var wire = new Dice(seed).For("wire");
        var aggregator = new Place("aggregator", Timeline);
        Phones = wire.Chance(Crashes.AimsAtPushes ? MostlyOnTheWire : OnTheWire) ? new Vendor(this, aggregator, wire) : new Aggregator(this, aggregator);
        Promises = new Promises(this);
        Cluster = new SimulatedCluster(Server.Clock, new StormyNetwork(this));
        City.Stock(Database, Dice, Ids, Opening);
        City.Post(Database, new Dice(seed).For("links"), Ids, Opening);
        wiring.Database(Database);
    }

    public ulong Seed { get; }
    public Wiring Wiring { get; }
    public Dice Dice { get; }
    public Timeline Timeline { get; }
    public MemoryDatabase Database { get; } = new();
    public Weather Weather { get; }
    public Crashes Crashes { get; }
    public SeededIds Ids { get; }
    public City City { get; }
    public IPhones Phones { get; }
    public Promises Promises { get; }
    public SimulatedCluster Cluster { get; }
    public History History { get; } = new();
    public Census Census { get; } = new();

    /// <summary>It is a run of days, in which customers subscribe.</summary>
    public bool HasSubscribers { get; }

    /// <summary>How long a run of days is stormy.</summary>
    public TimeSpan Season { get; }

    /// <summary>What merchants and subscribers have asked for.</summary>
    public Wishes Wishes { get; } = new();

    /// <summary>Where a push was begun that must not be sent twice, by its reference.</summary>
    public Dictionary<string, Place> Begun { get; } = [];

    /// <summary>How often the database was told in vain that a push was not sent, by its reference.</summary>
    public Dictionary<string, int> NotTakenBack { get; } = [];

    /// <summary>Where the database does what nobody waits for any more, and hosts are started again.</summary>
    public Place Server { get; }

    public Verdict Run()
    {
        Say(Server, $"seed {Seed}: {Weather}");
        for (var slot = 0; slot < Hosts; slot++) Start(slot);
        var street = new Street(this);
        street.Open();
        Pass(Opening + street.Storm);

        Say(Server, "the storm is over");
        Weather.Calm();
        Crashes.Stop();
        var over = Timeline.Now + LongestLife;
        while (finding is null && Timeline.Now < over && Database.Subscriptions.Any(row => !row.Subscription.IsOver))
            Pass(Timeline.Now + TimeSpan.FromDays(1));
        Pass(Timeline.Now + Aftermath);
        if (finding is null) AtTheEnd(street);
        Census.Count(Database);
        return new Verdict(
            Seed, trace.Fingerprint, Timeline.Events, Timeline.Now - Opening, finding, Census, trace.Last);
    }

    /// <summary>
    /// In a storm of days the last questions about a payment are answered all the same, or nobody would ever hear of
    /// one that is late: the house asks for a day, and after that people find it in the aggregator's own list.
    /// </summary>
    /// <param name="named">Something that has the payment's reference or the aggregator's name for it.</param>
    public bool IsLastToBeAsked(string named) => HasSubscribers && Database.Attempts.Any(row =>
        Timeline.Now - row.Work.StartedAt > SoonEnough
        && (named.Contains(row.Work.Reference, StringComparison.Ordinal)
            || named.Contains(Phones.KeyOf(row.Work.Reference), StringComparison.Ordinal)
            || (row.Work.ProviderReference is { } theirs && named.Contains(theirs, StringComparison.Ordinal))));

    public Host? AnyHost()
    {
        var alive = hosts.OfType<Host>().ToList();
        return alive.Count == 0 ? null : Dice.Pick(alive);
    }

    /// <summary>The host that a silo is in, alive or not.</summary>
    public Host HostOf(SimulatedSilo silo) => silosHosts[silo];

    public void Kill(Host host, string why)
    {
        Say(host.Place, $"dies {why}");
        var slot = Array.IndexOf(hosts, host);
        hosts[slot] = null;
        host.Die();
        Server.Do(async () =>
        {
            await Server.Delay(Dice.Between(TimeSpan.FromSeconds(1), LongestRestart));
            Start(slot);
            Say(Server, $"{NameOf(slot)} starts again");
        });
    }

    /// <summary>A short name for people, given in the order in which things are first spoken of.</summary>
    public string Name(Guid id)
    {
        if (!names.TryGetValue(id, out var name)) names.Add(id, name = $"#{names.Count + 1}");
        return name;
    }

    public void Say(Place place, string what) => trace.Write(Timeline.Now, place.Name, what);

    public void Fail(string law, string detail)
    {
        if (finding is not null) return;
        finding = new Finding(law, detail);
        Say(Server, $"BROKEN {law}: {detail}");
    }

    public void Unforeseen(Place place, Exception failure) =>
        Fail("nothing unforeseen happens", $"{place.Name}: {failure}");

    /// <summary>Begins a piece of work at a place; a failure of it is a finding.</summary>
    public void Do(Place place, Func<Task> work) => place.Do(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            Unforeseen(place, failure);
        }
    });

    private void Pass(DateTimeOffset until)
    {
        while (finding is null && Timeline.Step(until))
        {
            Check();
            if (Timeline.Events > MostEvents) Fail("the schedule comes to rest", $"{Timeline.Events} events");
        }
    }

    private void Check()
    {
        if (Database.Changes == checkedChanges) return;
        var laws = Database.Commits == checkedCommits ? Laws.OfWork : Laws.All;
        (checkedChanges, checkedCommits) = (Database.Changes, Database.Commits);
        foreach (var law in laws)
        {
            foreach (var detail in law.Broken(this))
            {
                Fail(law.Name, detail);
                return;
            }
        }

        if (History.Contradiction(Database, Timeline.Now) is { } contradiction) Fail(History.Name, contradiction);
        if (carts.Contradiction(Database) is { } wrong) Fail(CartHistory.Name, wrong);
        if (links.Contradiction(Database) is { } closed) Fail(LinkHistory.Name, closed);
        if (subscriptions.Contradiction(this) is { } odd) Fail(SubscriptionHistory.Name, odd);
    }

    private void AtTheEnd(Street street)
    {
        foreach (var law in Liveness.All)
        {
            foreach (var detail in law.Broken(this)) Fail(law.Name, detail);
        }

        foreach (var guest in street.StillWaiting) Fail("every caller gets an answer in the end", guest);
        if (hosts.Any(host => host is null)) Fail("both hosts are up when the storm is over", "one is missing");
        Reread();
    }

    /// <summary>Whoever asks any host now hears what the rows say.</summary>
    private void Reread()
    {
        foreach (var host in hosts.OfType<Host>())
        {
            host.Place.Do(async () =>
            {
                foreach (var row in Database.Sessions.ToList())
                {
                    var seen = await host.Grains.Session(row.Id).Read();
                    if (seen.Version != row.Version)
                    {
                        Fail(
                            "every host knows what the rows say",
                            $"{Name(row.Id)} v{seen.Version}, not v{row.Version}");
                    }
                }
            });
        }

        Pass(Timeline.Now + TimeSpan.FromMinutes(10));
    }

    private void Start(int slot)
    {
        var host = new Host(this, NameOf(slot));
        hosts[slot] = host;
        silosHosts[host.Silo] = host;
    }

    private static string NameOf(int slot) => $"host-{slot + 1}";
}
