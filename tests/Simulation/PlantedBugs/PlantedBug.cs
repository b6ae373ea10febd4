namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A mistake that somebody could make, planted at the seams of the product as it is.</summary>
/// <param name="Story">What a programmer would have done.</param>
internal sealed record PlantedBug(string Name, string Story, Action<Wiring> Plant)
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        .. DatabaseBugs.All, .. EffectBugs.All, .. HostBugs.All, .. PhoneBugs.All, .. GroupBugs.All, .. BillBugs.All,
        .. SaleBugs.All,
    ];

    public override string ToString() => Name;
}
