using JikoXpress.Domain;

namespace JikoXpress.Grains.Ports;

/// <summary>The comparison of aggregators' lists with the books, day by day.</summary>
public interface IReconciliations
{
    /// <summary>Notes that these days of these accounts are to be compared, where that is not noted yet.</summary>
    Task Expect(IReadOnlyCollection<string> adapters, IReadOnlyCollection<DateOnly> days, DateTimeOffset at);

    Task<IReadOnlyList<ReconciliationWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <summary>What phones have paid in all under these references, as the sessions say.</summary>
    Task<IReadOnlyDictionary<string, Money>> Received(string adapter, IReadOnlyCollection<string> references);

    /// <summary>The references of an account that began within a time and are paid.</summary>
    Task<IReadOnlyList<string>> Paid(string adapter, DateTimeOffset from, DateTimeOffset until);

    /// <summary>
    /// Which of these unknown references people, or the product, have settled, each with the reference of the payment
    /// that it was assigned to; null where it was settled otherwise.
    /// </summary>
    Task<IReadOnlyDictionary<string, string?>> Settled(string adapter, IReadOnlyCollection<string> references);

    /// <param name="at">When to try again; null when it is given up.</param>
    Task TryAgain(ReconciliationWork claimed, DateTimeOffset? at);

    Task Done(ReconciliationWork claimed, ReconciliationFigures figures, DateTimeOffset at);
}

/// <param name="Tries">This one included.</param>
public sealed record ReconciliationWork(Guid Id, string Adapter, DateOnly Day, int Tries);

/// <summary>What a comparison has found.</summary>
/// <param name="Listed">Payments in the aggregator's list.</param>
/// <param name="Counted">Payments that began that day and are paid in the books.</param>
public sealed record ReconciliationFigures(
    int Listed, Money ListedAmount, int Counted, Money CountedAmount, int MissingHere, int MissingThere, int Differing);
