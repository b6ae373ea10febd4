using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What waiters and managers do with an open bill, save taking money for it.</summary>
internal static class BillChores
{
    /// <param name="other">A bill that may be merged into it.</param>
    public static async Task DoOne(Guest guest, CityKitchen kitchen, Guid id, Guid? other)
    {
        if (await guest.Look(grains => grains.Bill(id).Read()) is not Bill.Opened { Lines.Count: > 0 } bill) return;
        var (by, line) = (kitchen.Cashier, guest.Dice.Pick([.. bill.Lines]));
        var third = new Money(Math.Max(1, bill.Balance.Shillings / 3));
        var split = new SplitBill(by);
        await (guest.Dice.Below(other is null ? 5 : 10) switch
        {
            0 => Split(guest, id, split with { Items = [new ItemToSplit(line.Id, guest.Dice.Pick<int?>(null, 1))] }),
            1 => Split(guest, id, split with { Shares = guest.Dice.Between(2, 3) }),
            2 => Split(guest, id, split with { Amounts = [new AmountToSplit(third), new AmountToSplit(third)] }),
            3 => Do(guest, id, "transfer", (bill, key, patience) => bill.Transfer(new(by, "11", key), patience)),
            4 => Do(guest, id, "void", (bill, key, end) => bill.VoidLine(
                new(by, line.Id, "burnt", guest.Dice.Pick<int?>(null, 1), key), end)),
            _ => Do(guest, id, "merge", (bill, key, patience) => bill.Merge(new(by, other ?? id, key), patience)),
        });
    }

    public static Task WriteOff(Guest guest, CityKitchen kitchen, Guid id) => Do(
        guest, id, "write off",
        (bill, key, patience) => bill.WriteOff(new WriteOffBill(kitchen.Cashier, "gone", key), patience));

    private static Task Split(Guest guest, Guid id, SplitBill command) =>
        Do(guest, id, "split", (bill, key, patience) => bill.Split(command with { Operation = key }, patience));

    private static async Task Do(
        Guest guest, Guid id, string what,
        Func<IBillGrain, Operation, CancellationToken, Task<Reply<Bill>>> command)
    {
        var operation = guest.NewOperation();
        await guest.Insist(
            what, id, operation, (grains, bill, patience) => command(grains.Bill(bill), operation, patience));
    }
}
