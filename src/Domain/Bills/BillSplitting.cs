using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Bills.Bill>;

namespace JikoXpress.Domain.Bills;

/// <summary>
/// Splitting a bill. Items move with their price. Shares and amounts move only money, and the lines stay on the bill.
/// No order is created, and the sum of all the bills stays the same.
/// </summary>
public static class BillSplitting
{
    extension(Bill bill)
    {
        /// <param name="ids">
        /// Ids for the new bills, and for lines that are split: as many as can be needed.
        /// </param>
        public Decision Split(SplitBill command, Sequence<Guid> ids, DateTimeOffset now) =>
            bill.Change(command, command.Broken(), opened => command switch
            {
                { Items: { } items } => opened.SplitItems(items, command.By, ids, now),
                { Shares: { } shares } =>
                    opened.SplitAmounts(EqualShares(opened.Balance, shares), command.By, ids, now),
                _ => opened.SplitAmounts(
                    [.. (command.Amounts ?? []).Select(part => part.Amount)], command.By, ids, now),
            });
    }

    extension(SplitBill command)
    {
        /// <summary>How many ids a split could need. A number of shares that breaks a rule needs none.</summary>
        public int IdsNeeded => (command.Items?.Count ?? 0)
            + (command.Shares is { } shares and <= BillRules.MostParts and > 0 ? shares : 0)
            + (command.Amounts?.Count ?? 0) + 1;
    }

    extension(Bill.Opened bill)
    {
        private Decision SplitItems(
            Sequence<ItemToSplit> items, Caller by, Sequence<Guid> ids, DateTimeOffset now)
        {
            var staying = bill.Lines.ToList();
            var moved = new List<BillLine>();
            var broken = new List<Refusal>();
            foreach (var (index, item) in items.Index())
            {
                var place = staying.FindIndex(line => line.Id == item.LineId && line.Voided is null);
                if (place < 0)
                {
                    broken.Add(BillRefusals.BillLineNotFound(index));
                    continue;
                }

                var line = staying[place];
                var quantity = item.Quantity ?? line.Dish.Quantity;
                if (quantity > line.Dish.Quantity)
                {
                    broken.Add(BillRefusals.QuantityOutOfRange(index, line.Dish.Quantity));
                }
                else if (quantity == line.Dish.Quantity)
                {
                    staying.RemoveAt(place);
                    moved.Add(line);
                }
                else
                {
                    staying[place] = line.Of(line.Dish.Quantity - quantity);
                    moved.Add(line.Of(quantity) with { Id = ids[index + 1] });
                }
            }

            if (broken.Count > 0) return broken.ToSequence();
            var rest = bill with { Lines = staying.ToSequence() };
            if (rest.Balance <= Money.Zero) return BillRefusals.SplitExceedsBalance(bill.Balance);
            var part = bill.PartOf(ids[0], by, now) with { Lines = moved.ToSequence() };
            return new Decision.Commit(
                rest.Noting(BillTimelineEntryKind.Split, by, now, part.Id), [new Effect.KeepBill(part, 0)]);
        }

        private Decision SplitAmounts(Sequence<Money> amounts, Caller by, Sequence<Guid> ids, DateTimeOffset now)
        {
            if (amounts.Any(amount => amount <= Money.Zero) || amounts.Sum() >= bill.Balance)
                return BillRefusals.SplitExceedsBalance(bill.Balance);
            var rest = bill;
            var orders = bill.Orders.ToSequence();
            var effects = new List<Effect>();
            foreach (var (index, amount) in amounts.Index())
            {
                var part = bill.PartOf(ids[index], by, now) with { Shares = [new BillShare(bill.Id, amount, orders)] };
                rest = rest.Noting(BillTimelineEntryKind.Split, by, now, part.Id) with
                {
                    Shares = rest.Shares.With(new BillShare(part.Id, Money.Zero - amount, [])),
                };
                effects.Add(new Effect.KeepBill(part, 0));
            }

            return new Decision.Commit(rest, effects.ToSequence());
        }

        private Bill.Opened PartOf(Guid id, Caller by, DateTimeOffset now) => new(
            id, bill.Opening with { OpenedBy = by, OpenedAt = now, SplitFrom = bill.Id }, bill.TableNumber,
            BillStatus.Open, [], [], [], [], [new BillTimelineEntry(BillTimelineEntryKind.SplitOff, now, by, bill.Id)]);
    }

    /// <summary>
    /// The shares for the new bills. All are equal, except for the shillings left over by the division: one more stays
    /// on the bill, and one more goes to each of the first new bills.
    /// </summary>
    private static Sequence<Money> EqualShares(Money balance, int shares)
    {
        var (each, left) = Math.DivRem(balance.Shillings, shares);
        return Enumerable.Range(1, shares - 1).Select(share => new Money(each + (share < left ? 1 : 0))).ToSequence();
    }
}
