using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

/// <summary>Orders to place, each with its ticket.</summary>
internal sealed class PlacedOrders(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<string> paymentStates = columns.Next<string>();

    public void Add(int item, Order order)
    {
        items.Add(item);
        ids.Add(order.Id);
        sessions.Add(order.SessionId);
        kitchens.Add(order.KitchenId);
        times.Add(order.PlacedAt.ToUniversalTime());
        statuses.Add(order.Status.WireName);
        paymentStates.Add(order.PaymentState.WireName);
    }
}

/// <summary>
/// Orders and tickets with a new status; as with payment attempts, the statement writes them beside jiko.commit.
/// </summary>
internal sealed class MovedOrders(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<string?> tickets = columns.Next<string?>();

    public void Add(int item, Effect.MoveOrder move)
    {
        items.Add(item);
        ids.Add(move.OrderId);
        statuses.Add(move.Status.WireName);
        tickets.Add(move.Ticket?.WireName);
    }
}

/// <summary>Voids, refunds and write-offs, for the list of the day.</summary>
internal sealed class SaleChanges(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> kinds = columns.Next<string>();
    private readonly Column<Guid> subjects = columns.Next<Guid>();
    private readonly Column<int> parts = columns.Next<int>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<Guid?> sessions = columns.Next<Guid?>();
    private readonly Column<Guid?> menus = columns.Next<Guid?>();
    private readonly Column<string?> names = columns.Next<string?>();
    private readonly Column<int> quantities = columns.Next<int>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<long> givenBack = columns.Next<long>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, SaleChange change)
    {
        items.Add(item);
        kinds.Add(change.Kind.WireName);
        subjects.Add(change.Subject);
        parts.Add(change.Part);
        kitchens.Add(change.KitchenId);
        sessions.Add(change.SessionId);
        menus.Add(change.MenuId);
        names.Add(change.Name);
        quantities.Add(change.Quantity);
        amounts.Add(change.Amount.Shillings);
        givenBack.Add(change.GivenBack.Shillings);
        times.Add(commit.At.ToUniversalTime());
    }
}

internal sealed class LedgerTransfers(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> payments = columns.Next<Guid>();
    private readonly Column<string> steps = columns.Next<string>();
    private readonly Column<int> parts = columns.Next<int>();
    private readonly Column<Guid?> sessions = columns.Next<Guid?>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> methods = columns.Next<string>();
    private readonly Column<string> debitKinds = columns.Next<string>();
    private readonly Column<Guid> debitOwners = columns.Next<Guid>();
    private readonly Column<string> creditKinds = columns.Next<string>();
    private readonly Column<Guid> creditOwners = columns.Next<Guid>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<Guid?> operations = columns.Next<Guid?>();
    private readonly Column<Guid?> tills = columns.Next<Guid?>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, LedgerTransfer transfer)
    {
        items.Add(item);
        payments.Add(transfer.PaymentId);
        steps.Add(transfer.Step.WireName);
        parts.Add(transfer.Part);
        sessions.Add(transfer.SessionId ?? commit.SessionId);
        kitchens.Add(transfer.KitchenId);
        methods.Add(transfer.Method.WireName);
        debitKinds.Add(transfer.Debit.Kind.WireName);
        debitOwners.Add(transfer.Debit.Owner);
        creditKinds.Add(transfer.Credit.Kind.WireName);
        creditOwners.Add(transfer.Credit.Owner);
        amounts.Add(transfer.Amount.Shillings);
        operations.Add(commit.Operation?.Id);
        tills.Add(transfer.TillId);
        times.Add(commit.At.ToUniversalTime());
    }
}

/// <summary>Changes of wallet balances. Wallets are liabilities: a debit lowers and a credit raises them.</summary>
internal sealed class WalletChanges(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> owners = columns.Next<Guid>();
    private readonly Column<Guid?> kitchens = columns.Next<Guid?>();
    private readonly Column<long> available = columns.Next<long>();
    private readonly Column<long> held = columns.Next<long>();

    public void Add(int item, LedgerTransfer transfer)
    {
        Add(item, transfer.Debit, transfer.KitchenId, -transfer.Amount.Shillings);
        Add(item, transfer.Credit, transfer.KitchenId, transfer.Amount.Shillings);
    }

    private void Add(int item, Account account, Guid kitchen, long change)
    {
        switch (account.Kind)
        {
            case AccountKind.KitchenWallet: Add(item, account.Owner, kitchen, change, 0); break;
            case AccountKind.KitchenWalletHold: Add(item, account.Owner, kitchen, 0, change); break;
            case AccountKind.PlatformWallet: Add(item, account.Owner, null, change, 0); break;
            case AccountKind.PlatformWalletHold: Add(item, account.Owner, null, 0, change); break;
        }
    }

    private void Add(int item, Guid owner, Guid? kitchen, long availableChange, long heldChange)
    {
        items.Add(item);
        owners.Add(owner);
        kitchens.Add(kitchen);
        available.Add(availableChange);
        held.Add(heldChange);
    }
}

internal sealed class PublishedEvents(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> payloads = columns.Next<string>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Effect.Publish publish)
    {
        items.Add(item);
        kitchens.Add(publish.KitchenId);
        payloads.Add(StateJson.Write(publish.Event));
        times.Add(commit.At.ToUniversalTime());
    }
}
