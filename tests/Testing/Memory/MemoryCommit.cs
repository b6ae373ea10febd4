using JikoXpress.Domain;
using JikoXpress.Grains;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>
/// One call of <c>jiko.commit</c>, in its order: the grains, the operations, the stock that was counted, then plates
/// and wallets; only then do the winners change anything.
/// </summary>
internal sealed class MemoryCommit(MemoryDatabase database, IReadOnlyList<GrainCommit> batch)
{
    private readonly CommitAnswer?[] lost = new CommitAnswer?[batch.Count];
    private readonly MovingPlates plates = new(database);
    private readonly MovingWallets wallets = new(database);

    private IEnumerable<int> Standing => Enumerable.Range(0, batch.Count).Where(item => lost[item] is null);

    public CommitAnswer[] Run()
    {
        AdmitContinued();
        AdmitOpened();
        AdmitInventories();
        AdmitOperations();
        AdmitBills();
        AdmitCarts();
        Count();
        Move();
        if (!(plates.Fit && wallets.Fit)) ServeInOrder();

        var winners = Standing.Select(item => batch[item]).ToList();
        Constraints.Check(database, winners, plates);
        foreach (var winner in winners) Winner.Apply(database, winner, plates);
        plates.Apply(Standing.ToHashSet());
        wallets.Apply(Standing.ToHashSet());
        return [.. lost.Select(answer => answer ?? new CommitAnswer.Committed())];
    }

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

    /// <summary>In the order of their ids: of two with the same number the first one has it.</summary>
    private void AdmitOpened()
    {
        var numbers = new HashSet<(Guid, DateOnly, int)>();
        var codes = new HashSet<string>();
        foreach (var item in Standing.OrderBy(item => batch[item].Key).ToList())
        {
            foreach (var (id, kitchen, row) in Opened(batch[item]))
            {
                var number = (kitchen, row.BusinessDate, row.Number);
                if (database.Session(id) is not null)
                    lost[item] = new CommitAnswer.VersionConflict();
                else if (database.Keeps(Guard.Number)
                    && (database.Numbers.Contains(number) || !numbers.Add(number)
                        || (row.SlipCode is { } code && (database.SlipCodes.Contains(code) || !codes.Add(code)))))
                    lost[item] = new CommitAnswer.NumberTaken();
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

    /// <summary>A bill is changed by one of a batch, who has seen its last version.</summary>
    private void AdmitBills()
    {
        var kept = new HashSet<Guid>();
        foreach (var item in Standing.ToList())
        {
            foreach (var keep in batch[item].Effects.OfType<Effect.KeepBill>())
            {
                var version = database.BillRows.GetValueOrDefault(keep.Bill.Id)?.Version ?? 0;
                if (kept.Add(keep.Bill.Id) && version == keep.ExpectedVersion) continue;
                if (database.Keeps(Guard.Bill)) lost[item] = new CommitAnswer.VersionConflict();
            }
        }
    }

    /// <summary>A cart is changed by one of a batch, who has seen its last version.</summary>
    private void AdmitCarts()
    {
        var kept = new HashSet<Guid>();
        foreach (var item in Standing.ToList())
        {
            foreach (var keep in batch[item].Effects.OfType<Effect.KeepCart>())
            {
                var version = database.CartRows.GetValueOrDefault(keep.AccountId)?.Version ?? 0;
                if (kept.Add(keep.AccountId) && version == keep.ExpectedVersion) continue;
                if (database.Keeps(Guard.Cart)) lost[item] = new CommitAnswer.VersionConflict();
            }
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
                if (plates.Adjust(item, adjust) is { } shortage)
                    lost[item] = new CommitAnswer.InsufficientStock([shortage]);
            }
        }
    }

    private void Move()
    {
        foreach (var item in Standing)
        {
            plates.Want(item, batch[item]);
            wallets.Want(item, batch[item]);
        }
    }

    /// <summary>The first come are served first, each with all that it needs or with nothing.</summary>
    private void ServeInOrder()
    {
        foreach (var item in Standing.ToList())
        {
            var shortages = plates.ShortFor(item);
            if (shortages.Count > 0) lost[item] = new CommitAnswer.InsufficientStock(shortages);
            else if (wallets.ShortFor(item) is { } empty) lost[item] = empty;
            else
            {
                plates.Serve(item);
                wallets.Serve(item);
            }
        }
    }
}
