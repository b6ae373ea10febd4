namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The version of the grain interfaces. It counts up when a method or a member of a contract record is added, and only
/// then: during a rolling upgrade new silos serve old callers, and calls of a new caller go to new silos. Nothing is
/// removed or changed in its meaning before a release that no old silo runs beside. docs/cluster.md has the steps.
/// </summary>
public static class ContractVersion
{
    public const ushort Current = 1;
}
