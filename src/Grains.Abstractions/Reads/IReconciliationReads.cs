using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>What the comparisons of aggregators' lists with the books have found.</summary>
public interface IReconciliationReads
{
    /// <summary>The latest day first.</summary>
    Task<Page<Reconciliation>> List(string? adapter, ReconciliationState? state, PageRequest page);
}

public enum ReconciliationState
{
    /// <summary>The aggregator has not given its list yet.</summary>
    Pending = 1,

    Done,

    /// <summary>The aggregator did not give its list for so long that it is not tried any more.</summary>
    Failed,
}

/// <summary>One day of one account.</summary>
/// <param name="Day">In East Africa Time.</param>
public sealed record Reconciliation(
    Guid Id, string Adapter, DateOnly Day, ReconciliationState State, DateTimeOffset? DoneAt, int Listed,
    Money ListedAmount, int Counted, Money CountedAmount, int MissingHere, int MissingThere, int Differing);
