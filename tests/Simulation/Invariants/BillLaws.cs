using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Bills, the rounds on them and the money for them.</summary>
internal static class BillLaws
{
    /// <summary>16_bill_rounds.sql</summary>
    public static IEnumerable<string> Rounds(Universe world)
    {
        var lines = world.Database.Bills
            .SelectMany(row => row.Bill.Lines)
            .GroupBy(line => line.SessionId)
            .ToDictionary(round => round.Key, round => (
                Items: round.Sum(line => line.Dish.Quantity), Amount: round.Sum(line => line.Dish.Total)));
        var rounds = world.Database.Sessions
            .Where(row => row.Row.SessionType == SessionType.Tab)
            .ToDictionary(row => row.Id, row => (
                Items: row.Session.Opening.Lines.Sum(line => line.Quantity), Amount: row.Row.Total));
        return rounds.Keys.Union(lines.Keys)
            .Where(round => rounds.GetValueOrDefault(round) != lines.GetValueOrDefault(round))
            .Select(round => $"{world.Name(round)}: {rounds.GetValueOrDefault(round)}, on bills "
                + $"{lines.GetValueOrDefault(round)}");
    }

    /// <summary>17_bill_balances.sql</summary>
    public static IEnumerable<string> Balances(Universe world)
    {
        var captured = Captured(world);
        foreach (var bill in world.Database.Bills.Select(row => row.Bill))
        {
            var dishes = bill.Lines.Where(line => line.Voided is null).Sum(line => line.Dish.Total);
            var total = dishes + bill.Shares.Sum(share => share.Amount);
            var taken = captured.GetValueOrDefault(bill.Id)
                - bill.Payments.Sum(payment => payment.GivenBack ?? Money.Zero).Shillings;
            var waits = bill.Status is BillStatus.Open or BillStatus.PaymentPending or BillStatus.WrittenOff;
            if (bill.Total != total || bill.Balance.Shillings != total.Shillings - taken
                || waits != bill.Balance > Money.Zero)
                yield return $"{world.Name(bill.Id)} {bill.Status}, total {bill.Total}, balance {bill.Balance}; dishes "
                    + $"{dishes}, captured and not given back {taken}";
        }

        foreach (var kitchen in world.Database.Bills.GroupBy(row => row.Bill.Opening.KitchenId))
        {
            var shares = kitchen.SelectMany(row => row.Bill.Shares).Sum(share => share.Amount);
            if (shares != Money.Zero) yield return $"shares of {world.Name(kitchen.Key)} come to {shares}";
        }
    }

    /// <summary>A bill says of its payments what their sessions say, and waits while one of them does.</summary>
    public static IEnumerable<string> Payments(Universe world)
    {
        var known = world.Database.Bills
            .SelectMany(row => row.Bill.Payments)
            .ToDictionary(payment => payment.SessionId, payment => (payment.Status, payment.Amount));
        var taken = world.Database.Sessions
            .Where(row => row.Session.Opening is { Pays: not null, Hosted: null })
            .ToDictionary(row => row.Id, row => (row.Status, Amount: row.Row.Total));
        return known.Keys.Union(taken.Keys)
            .Where(payment => known.GetValueOrDefault(payment) != taken.GetValueOrDefault(payment))
            .Select(payment => $"{world.Name(payment)}: {taken.GetValueOrDefault(payment)}, its bill says "
                + $"{known.GetValueOrDefault(payment)}")
            .Concat(world.Database.Bills
                .Where(row => row.Bill.Status is BillStatus.PaymentPending != row.Bill.Pending is not null)
                .Select(row => $"{world.Name(row.Bill.Id)} is {row.Bill.Status}, with {row.Bill.Pending} pending"));
    }

    /// <summary>18_billed_orders.sql</summary>
    public static IEnumerable<string> Orders(Universe world)
    {
        var bills = world.Database.Bills
            .SelectMany(row => row.Bill.Orders.Select(order => (order, row.Bill.Status)))
            .ToLookup(bill => bill.order, bill => bill.Status);
        return
            from row in world.Database.Orders
            let statuses = bills[row.Order.Id].ToList()
            let isPaid = world.Database.Session(row.Order.SessionId)?.Row.SessionType != SessionType.Tab
                || (statuses.Contains(BillStatus.Paid)
                    && statuses.TrueForAll(status => status is BillStatus.Paid or BillStatus.Void))
            where row.Order.PaymentState is OrderPaymentState.Paid != isPaid
            select $"{world.Name(row.Order.Id)} {row.Order.PaymentState}, on bills that are "
                + string.Join(", ", statuses);
    }

    /// <summary>28_voided_lines.sql</summary>
    public static IEnumerable<string> Voids(Universe world)
    {
        var billed = Items(
            from row in world.Database.Bills
            from line in row.Bill.Lines
            where line.Voided is not null
            let isRestocked = line.Voided is { Restocked: true }
            select (line.SessionId, new VoidedItems(line.Place, line.Dish.Quantity, isRestocked)));
        var told = Items(
            from row in world.Database.Sessions
            from gone in (row.Session as Session.Confirmed)?.After.Voids ?? []
            select (row.Id, gone));
        return billed.Keys.Union(told.Keys)
            .Where(line => billed.GetValueOrDefault(line) != told.GetValueOrDefault(line))
            .Select(line => $"line {line.Place} of {world.Name(line.Session)}: bills voided "
                + $"{billed.GetValueOrDefault(line)}, the kitchen heard of {told.GetValueOrDefault(line)}");
    }

    private static Dictionary<(Guid Session, int Place, bool Restocked), int> Items(
        IEnumerable<(Guid Session, VoidedItems Items)> gone) => gone
        .GroupBy(line => (line.Session, line.Items.Place, line.Items.Restocked), line => line.Items.Quantity)
        .ToDictionary(line => line.Key, line => line.Sum());

    private static Dictionary<Guid, long> Captured(Universe world)
    {
        var captured = new Dictionary<Guid, long>();
        foreach (var posting in world.Database.Postings)
        {
            if (posting is not
                {
                    SessionId: { } session,
                    Transfer: { Step: LedgerStep.Pay or LedgerStep.Settle, Credit.Kind: AccountKind.Sales },
                }
                || world.Database.Session(session)?.Session.Opening is not { Pays: not null, BillId: { } bill })
                continue;
            captured[bill] = captured.GetValueOrDefault(bill) + posting.Transfer.Amount.Shillings;
        }

        return captured;
    }
}
