using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;

namespace JikoXpress.Postgres.Commits;

// Changes of bills. These columns are not parameters of jiko.commit: the same statement writes them beside its call.

/// <summary>Bills that are new or changed.</summary>
internal sealed class KeptBills(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<string> tables = columns.Next<string>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<long> totals = columns.Next<long>();
    private readonly Column<long> balances = columns.Next<long>();
    private readonly Column<string> orders = columns.Next<string>();

    public void Add(int item, Effect.KeepBill keep)
    {
        var bill = keep.Bill;
        items.Add(item);
        ids.Add(bill.Id);
        versions.Add(keep.ExpectedVersion + 1);
        states.Add(StateJson.Write<Bill>(bill));
        kitchens.Add(bill.Opening.KitchenId);
        statuses.Add(bill.Status.WireName);
        tables.Add(bill.TableNumber);
        times.Add(bill.Opening.OpenedAt.ToUniversalTime());
        totals.Add(bill.Total.Shillings);
        balances.Add(bill.Balance.Shillings);
        orders.Add($"{{{string.Join(',', bill.Orders)}}}");
    }
}

/// <summary>The sessions that take payments for a bill.</summary>
internal sealed class PayingSessions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> bills = columns.Next<Guid>();

    public void Add(int item, Guid session, Guid bill)
    {
        items.Add(item);
        ids.Add(session);
        bills.Add(bill);
    }
}

/// <summary>Carts that are new or changed. As with bills, the statement writes them beside jiko.commit.</summary>
internal sealed class KeptCarts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> accounts = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<Guid?> groups = columns.Next<Guid?>();

    public void Add(int item, Effect.KeepCart keep)
    {
        items.Add(item);
        accounts.Add(keep.AccountId);
        versions.Add(keep.ExpectedVersion + 1);
        states.Add(StateJson.Write<Cart>(keep.Cart));
        groups.Add(keep.Cart.Pending?.GroupId);
    }
}
