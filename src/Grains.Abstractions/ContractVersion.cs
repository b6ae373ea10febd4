namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The version of the grain interfaces. Raise it when a method, or a member of a contract record, is added, and only
/// then: during a rolling upgrade new silos serve old callers, and calls of a new caller go to new silos. Do not remove
/// anything, or change its meaning, until a release that never runs beside an old silo. docs/cluster.md has the steps.
/// </summary>
public static class ContractVersion
{
    public const ushort Current = 2;
}
