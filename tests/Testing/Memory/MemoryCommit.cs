using JikoXpress.Domain;
using JikoXpress.Grains;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>
/// One call of <c>jiko.commit</c>, in its order: the grains, the operations, the stock that was counted; then a commit
/// that came alone is told what it lacks, and in company the constraints decide. Nothing is written before all of that
/// is known.
/// </summary>
internal sealed class MemoryCommit(MemoryDatabase database, IReadOnlyList<GrainCommit> batch)
{
    private readonly CommitAnswer?[] lost = new CommitAnswer?[batch.Count];
    private readonly MovingItems items = new(database);
    private readonly MovingWallets wallets = new(database);

    private IEnumerable<int> Standing => Enumerable.Range(0, batch.Count).Where(item => lost[item] is null);

    public CommitAnswer[] Run()
    {
        AdmitContinued();
        // Those that have lost already, too: what they have written is taken back only at the end.
        Constraints.CheckOpened(database, batch.SelectMany(Opened));
        AdmitInventories();
        AdmitOperations();
        Count();

        var winners = Standing.Select(item => batch[item]).ToList();
        foreach (var winner in winners)
        {
            items.Want(winner);
            wallets.Want(winner);
        }

        if (batch.Count == 1 && Lacking() is { } lacking) return [lacking];
        Constraints.Check(database, winners, items, wallets);
        Winner.Apply(database, winners, items);
        items.Apply();
        wallets.Apply();
        return [.. lost.Select(answer => answer ?? new CommitAnswer.Committed())];
    }

    private CommitAnswer? Lacking() => items.Shortages is { Count: > 0 } shortages
        ? new CommitAnswer.InsufficientStock(shortages)
        : wallets.Empty;

    private void AdmitContinued()
    {
        foreach (var item in Standing.ToList())
        {
            foreach (var (key, expected) in Continued(batch[item]))
            {
                var version = database.Session(key)?.Version;
                if (version is null || (version != expected && database.Keeps(Guard.Version)))
                    lost[item] = new CommitAnswer.VersionConflict();
            }
        }
    }

    private void AdmitInventories()
    {
        foreach (var item in Standing.ToList())
        {
            if (batch[item] is not { Kind: GrainKind.Inventory } commit) continue;
            var version = database.InventoryRows.GetValueOrDefault(commit.Key)?.Version ?? 0;
            if (version != commit.ExpectedVersion && database.Keeps(Guard.Version))
                lost[item] = new CommitAnswer.VersionConflict();
        }
    }

    private void AdmitOperations()
    {
        foreach (var item in Standing.ToList())
        {
            if (batch[item].Operation is not { } operation || database.Operation(operation.Id) is null) continue;
            if (database.Keeps(Guard.Operation)) lost[item] = new CommitAnswer.VersionConflict();
        }
    }

    /// <summary>The sessions that a commit opens: its own, the one that pays a bill, or those of a cart.</summary>
    private static IEnumerable<(Guid Id, Guid KitchenId, SessionRow Row)> Opened(GrainCommit commit) =>
    [
        .. commit is { Kind: GrainKind.Session, ExpectedVersion: 0, Row: { } row }
            ? [(commit.Key, commit.KitchenId, row)]
            : Array.Empty<(Guid, Guid, SessionRow)>(),
        .. commit.Effects.OfType<Effect.KeepSession>()
            .Where(keep => keep.ExpectedVersion == 0)
            .Select(keep => (keep.Session.Id, keep.Session.Opening.KitchenId, SessionRows.Of(keep.Session))),
    ];

    /// <summary>The sessions that a commit changes: its own, and those that follow it.</summary>
    private static IEnumerable<(Guid Id, long ExpectedVersion)> Continued(GrainCommit commit) =>
    [
        .. commit is { Kind: GrainKind.Session, ExpectedVersion: > 0 }
            ? [(commit.Key, commit.ExpectedVersion)]
            : Array.Empty<(Guid, long)>(),
        .. commit.Effects.OfType<Effect.KeepSession>()
            .Where(keep => keep.ExpectedVersion > 0)
            .Select(keep => (keep.Session.Id, keep.ExpectedVersion)),
    ];

    /// <summary>What was received, wasted and counted comes before what is sold.</summary>
    private void Count()
    {
        foreach (var item in Standing.ToList())
        {
            foreach (var adjust in batch[item].Effects.OfType<Effect.AdjustStock>())
            {
                if (items.Adjust(adjust) is { } shortage)
                    lost[item] = new CommitAnswer.InsufficientStock([shortage]);
            }
        }
    }
}
