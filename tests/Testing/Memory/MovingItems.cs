using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>The items that the commits of a batch want to move. Nothing is moved before it is known who may.</summary>
internal sealed class MovingItems(MemoryDatabase database)
{
    private readonly List<Move> moves = [];
    private readonly Dictionary<Shelf, StockLevel> adjusted = [];

    /// <summary>Shelves whose first goods come in this batch.</summary>
    private readonly HashSet<Shelf> begun = [];

    /// <summary>Everything that is wanted fits together.</summary>
    public bool Fit => !database.Keeps(Guard.Stock) || Moves
        .GroupBy(move => move.Shelf)
        .All(wanted => Level(wanted.Key) is not { } level || IsTrue(wanted.Aggregate(level, After)));

    /// <summary>What the only commit of a call lacks, shelf by shelf.</summary>
    public Sequence<StockShortage> Shortages => !database.Keeps(Guard.Stock)
        ? []
        : (
            from wanted in Moves.GroupBy(move => move.Shelf, move => move.Reserved + move.Sold)
            let level = Level(wanted.Key)
            where level is not null && wanted.Sum() > Math.Max(0, level.Available)
            orderby wanted.Key.KitchenId, wanted.Key.MenuId
            select new StockShortage(wanted.Key.MenuId, wanted.Sum(), level.Available)).ToSequence();

    private IEnumerable<Move> Moves => moves.Where(move => IsTracked(move.Shelf));

    /// <summary>The item had a stock row before; one without is not tracked, and always sellable.</summary>
    public bool IsTracked(Shelf shelf) => database.StockRows.ContainsKey(shelf) && !begun.Contains(shelf);

    /// <summary>Receives, wastes or counts; the shortage where that cannot be true.</summary>
    public StockShortage? Adjust(Effect.AdjustStock adjust)
    {
        var (shelf, adjustment) = (new Shelf(adjust.KitchenId, adjust.Adjustment.MenuId), adjust.Adjustment);
        var level = Level(shelf) ?? new StockLevel(adjustment.MenuId, 0, 0, 0, 0, 0);
        var short_ = adjustment.Kind switch
        {
            StockAdjustmentKind.Waste when adjustment.Quantity > level.Available =>
                new StockShortage(adjustment.MenuId, adjustment.Quantity, level.Available),
            StockAdjustmentKind.Count when adjustment.Quantity < level.Reserved =>
                new StockShortage(adjustment.MenuId, level.Reserved, adjustment.Quantity),
            StockAdjustmentKind.Receipt or StockAdjustmentKind.Waste or StockAdjustmentKind.Count => null,
        };
        if (short_ is not null && database.Keeps(Guard.Stock)) return short_;

        if (!database.StockRows.ContainsKey(shelf)) begun.Add(shelf);
        var difference = DifferenceOf(adjustment, level);
        adjusted[shelf] = level with
        {
            OnHand = level.OnHand + difference,
            Received = level.Received + Math.Max(difference, 0),
            Wasted = level.Wasted + Math.Max(-difference, 0),
        };
        return null;
    }

    public int DifferenceOf(Effect.AdjustStock adjust) => DifferenceOf(
        adjust.Adjustment,
        database.StockRows.GetValueOrDefault(new Shelf(adjust.KitchenId, adjust.Adjustment.MenuId)));

    public void Want(GrainCommit commit)
    {
        foreach (var effect in commit.Effects)
        {
            switch (effect)
            {
                case Effect.ReserveStock reserve:
                    moves.AddRange(reserve.Lines.Select(
                        line => new Move(new Shelf(reserve.KitchenId, line.MenuId), line.Quantity, 0)));
                    break;
                case Effect.SellStock sell:
                    moves.AddRange(sell.Lines.Select(
                        line => new Move(new Shelf(sell.KitchenId, line.MenuId), 0, line.Quantity)));
                    break;
                case Effect.SellReserved sell:
                    moves.AddRange(Kept(sell.SessionId).Select(kept => new Move(
                        new Shelf(kept.KitchenId, kept.MenuId), -kept.Quantity, kept.Quantity)));
                    break;
                case Effect.ReturnStock back:
                    moves.AddRange(
                        from line in back.Lines
                        where database.ItemsRows.ContainsKey((back.SessionId, line.MenuId))
                        select new Move(new Shelf(back.KitchenId, line.MenuId), 0, -line.Quantity));
                    break;
                case Effect.ReleaseReserved release:
                    moves.AddRange(Kept(release.SessionId).Select(kept => new Move(
                        new Shelf(kept.KitchenId, kept.MenuId), -kept.Quantity, 0)));
                    break;
            }
        }
    }

    public void Apply()
    {
        foreach (var (shelf, level) in adjusted) database.StockRows[shelf] = level;
        foreach (var move in Moves)
            database.StockRows[move.Shelf] = After(database.StockRows[move.Shelf], move);
    }

    private static StockLevel After(StockLevel level, Move move) => level with
    {
        OnHand = level.OnHand - move.Sold,
        Reserved = level.Reserved + move.Reserved,
        Sold = level.Sold + move.Sold,
    };

    private static bool IsTrue(StockLevel level) =>
        level.OnHand >= level.Reserved && level is { Reserved: >= 0, Sold: >= 0, Wasted: >= 0 };

    private IEnumerable<ItemsInRows> Kept(Guid session) => database.ItemsRows.Values
        .Where(kept => kept.SessionId == session && kept.State == ItemsState.Reserved);

    private StockLevel? Level(Shelf shelf) =>
        adjusted.GetValueOrDefault(shelf) ?? database.StockRows.GetValueOrDefault(shelf);

    private static int DifferenceOf(StockAdjustment adjustment, StockLevel? level) => adjustment.Kind switch
    {
        StockAdjustmentKind.Receipt => adjustment.Quantity,
        StockAdjustmentKind.Waste => -adjustment.Quantity,
        StockAdjustmentKind.Count => adjustment.Quantity - (level?.OnHand ?? 0),
    };

    /// <param name="Reserved">What it adds to the reserved items; below zero where they were reserved before.</param>
    private sealed record Move(Shelf Shelf, int Reserved, int Sold);
}
