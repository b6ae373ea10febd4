using JikoXpress.Domain;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A mistake that somebody could make, planted at the seams of the product as it is.</summary>
/// <param name="Story">What a programmer would have done.</param>
internal sealed record PlantedBug(string Name, string Story, Action<Wiring> Plant)
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        .. DatabaseBugs.All, .. EffectBugs.All, .. HostBugs.All, .. PhoneBugs.All, .. WireBugs.All, .. GroupBugs.All,
        .. BillBugs.All, .. SaleBugs.All, .. ClusterBugs.All, .. LinkBugs.All, .. SubscriptionBugs.All,
    ];

    /// <summary>Of each effect of a commit something else is made, or nothing.</summary>
    public static PlantedBug Changing(
        string name, string story, Func<GrainCommit, Effect, IEnumerable<Effect>> change) => new(
        name, story,
        wiring => wiring.Commit = commit => commit with
        {
            Effects = commit.Effects.SelectMany(effect => change(commit, effect)).ToSequence(),
        });

    /// <summary>Each effect of a kind is another one.</summary>
    public static PlantedBug Changing<TEffect>(
        string name, string story, Func<TEffect, Effect> change, Func<GrainCommit, bool>? isMeant = null)
        where TEffect : Effect => Changing(
        name, story,
        (commit, effect) => [effect is TEffect one && isMeant?.Invoke(commit) is not false ? change(one) : effect]);

    public override string ToString() => Name;
}
