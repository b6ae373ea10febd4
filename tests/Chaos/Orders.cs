using JikoXpress.Chaos.Nemesis;

namespace JikoXpress.Chaos;

/// <summary>What kind of campaign it is to be.</summary>
/// <param name="Product">The product's dll.</param>
/// <param name="Simulator">The simulator's dll.</param>
/// <param name="Moment">What stops and pauses are measured in.</param>
/// <param name="Absence">How long a host is away that is lost or paused.</param>
/// <param name="Length">How long rounds of faults are begun; there is at least one.</param>
/// <param name="LastEnding">Counted from the beginning, until when what is begun may wait to end.</param>
internal sealed record Orders(
    string Product, string Simulator, ulong Seed, int Hosts, int Guests, TimeSpan Moment, TimeSpan Absence,
    TimeSpan Length, TimeSpan LastEnding, Least Least)
{
    /// <summary>Longer than a cluster needs to declare a silo dead, even one that hangs with its connections open.</summary>
    private static readonly TimeSpan BeyondDeath = TimeSpan.FromSeconds(20);

    /// <summary>The hosts are silos of one cluster, with a front end before them.</summary>
    public bool IsCluster { get; private init; }

    /// <summary>One round of every fault, in about half a minute.</summary>
    public static Orders Short(string product, string simulator, ulong seed) => new(
        product, simulator, seed, Hosts: 2, Guests: 8, Moment: TimeSpan.FromMilliseconds(200),
        Absence: TimeSpan.FromSeconds(2), Length: TimeSpan.Zero, LastEnding: TimeSpan.FromSeconds(38),
        new Least(Rounds: 1, Confirmed: 40, Expired: 1, Cancelled: 5, Failed: 1, PaidTooLate: 1, Webhooks: 1));

    public static Orders Long(string product, string simulator, ulong seed, int hosts, TimeSpan length) => new(
        product, simulator, seed, hosts, Guests: 12, Moment: TimeSpan.FromMilliseconds(600),
        Absence: TimeSpan.FromSeconds(5), length, LastEnding: length + TimeSpan.FromMinutes(3),
        new Least(Rounds: 1, Confirmed: 200, Expired: 5, Cancelled: 20, Failed: 5, PaidTooLate: 5, Webhooks: 5));

    /// <summary>The same with silos of one cluster, that are away until they have been declared dead.</summary>
    public Orders InCluster() => this with
    {
        IsCluster = true,
        Absence = BeyondDeath,
        LastEnding = LastEnding + 3 * BeyondDeath,
    };
}

/// <summary>What has to have happened for the rest to mean anything.</summary>
/// <param name="Rounds">How often each fault must have been made.</param>
/// <param name="Webhooks">How many must have been sent twice, overtaken, late and lost, each.</param>
internal sealed record Least(
    int Rounds, int Confirmed, int Expired, int Cancelled, int Failed, int PaidTooLate, int Webhooks)
{
    /// <summary>Each that was not reached.</summary>
    public IEnumerable<string> Missing(Report.Outcome outcome)
    {
        (string What, int Seen, int Needed)[] all =
        [
            .. Enum.GetValues<Fault>().Select(fault => ($"{fault}", outcome.Tally.Of(fault), Rounds)),
            ("confirmed sessions", outcome.Count("CONFIRMED"), Confirmed),
            ("expired sessions", outcome.Count("EXPIRED"), Expired),
            ("cancelled sessions", outcome.Count("CANCELLED"), Cancelled),
            ("failed sessions", outcome.Count("FAILED"), Failed),
            ("payments that came too late and went back", outcome.Books?.Refunds.Count ?? 0, PaidTooLate),
            ("webhooks sent twice", outcome.Gate.Duplicated, Webhooks),
            ("webhooks overtaken", outcome.Gate.Reordered, Webhooks),
            ("late webhooks", outcome.Gate.Late, Webhooks),
            ("lost webhooks", outcome.Gate.Dropped, Webhooks),
        ];
        return all.Where(one => one.Seen < one.Needed).Select(one => $"{one.What}: {one.Seen} of {one.Needed}");
    }
}
