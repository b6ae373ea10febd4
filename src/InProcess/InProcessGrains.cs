using System.Runtime.CompilerServices;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

/// <summary>The embedded host: all grains in this process, over the same rows as any other host.</summary>
public sealed class InProcessGrains : IGrains
{
    /// <summary>How long a command waits for those before it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Activations<CheckoutSession> sessions;
    private readonly Activations<KitchenInventory> inventories;
    private readonly Activations<TableBill> bills;
    private readonly Activations<AppCart> carts;
    private readonly TimeProvider clock;

    public InProcessGrains(
        ICommits commits, IStateReads reads, IStockReads stock, ICatalogue catalogue, SessionFactsSource facts,
        IAggregators aggregators, IIds ids, TimeProvider clock, Wheel wheel, ILogger<KitchenInventory> log)
    {
        this.clock = clock;
        var forSessions = new SessionServices(commits, reads, facts, this, aggregators, ids, clock, wheel);
        var forBills = new BillServices(commits, reads, facts, this, aggregators, ids, clock);
        var forCarts = new CartServices(commits, reads, catalogue, facts, this, aggregators, ids, clock);
        var forInventories = new InventoryServices(commits, reads, stock, catalogue, this, clock, log);
        sessions = new Activations<CheckoutSession>(
            id => new CheckoutSession(id, forSessions), session => session.IsAtRest, clock);
        inventories = new Activations<KitchenInventory>(
            id => new KitchenInventory(id, forInventories), _ => false, clock);
        bills = new Activations<TableBill>(id => new TableBill(id, forBills), _ => false, clock);
        carts = new Activations<AppCart>(id => new AppCart(id, forCarts), _ => false, clock);
    }

    /// <summary>How many grains are in memory.</summary>
    public int Count => sessions.Count + inventories.Count + bills.Count + carts.Count;

    public ICheckoutSession Session(Guid sessionId) => new SessionDoor(sessions, sessionId);

    public IBill Bill(Guid billId) => new BillDoor(bills, billId);

    public ICart Cart(Guid accountId) => new CartDoor(carts, accountId);

    public IKitchenInventory Inventory(Guid kitchenId) => inventories.Beside(kitchenId);

    /// <summary>
    /// Forgets the sessions, bills and carts that nobody asked for during the time given. A kitchen's stock stays for a
    /// day.
    /// </summary>
    public int LetGoOfIdle(TimeSpan idle) =>
        sessions.LetGoOfIdle(clock.GetUtcNow() - idle)
        + bills.LetGoOfIdle(clock.GetUtcNow() - idle)
        + carts.LetGoOfIdle(clock.GetUtcNow() - idle)
        + inventories.LetGoOfIdle(clock.GetUtcNow() - TimeSpan.FromDays(1));

    /// <summary>What memory holds of the sessions that another host may yet change.</summary>
    public IEnumerable<SessionVersion> SessionsThatMayAge()
    {
        foreach (var (id, session) in sessions.Live)
        {
            if (session.VersionThatMayAge is { } version) yield return new SessionVersion(id, version);
        }
    }

    /// <summary>Another host has changed a session since this version.</summary>
    public void Forget(SessionVersion old)
    {
        if (sessions.Find(old.SessionId) is { } session) session.Forget(old.Version);
    }

    /// <summary>Brings a session's commands into one queue; reads pass beside it.</summary>
    private sealed class SessionDoor(Activations<CheckoutSession> sessions, Guid id) : ICheckoutSession
    {
        public Task<Reply<Session>> Open(OpenSession command) =>
            InTurn(command.Operation, grain => grain.Open(command));

        public Task<Reply<Session>> ConfirmSlip(ConfirmSlip command) =>
            InTurn(command.Operation, grain => grain.ConfirmSlip(command));

        public Task<Reply<Session>> Cancel(CancelSession command) =>
            InTurn(command.Operation, grain => grain.Cancel(command));

        public Task<Reply<Session>> Expire(ExpireSession command) =>
            InTurn(command.Operation, grain => grain.Expire(command));

        public Task<Reply<Session>> ReturnMoney(ReturnMoney command) =>
            InTurn(command.Operation, grain => grain.ReturnMoney(command));

        public Task<Reply<Session>> Initiate(InitiatePayment command) =>
            InTurn(command.Operation, grain => grain.Initiate(command));

        public Task<Reply<Session>> Authorize(AuthorizePayment command) =>
            InTurn(command.Operation, grain => grain.Authorize(command));

        public Task<Reply<Session>> Report(PaymentReport report) =>
            InTurn(operation: null, grain => grain.Report(report));

        public Task<Reply<Session>> DecideParked(DecideParked command) =>
            InTurn(command.Operation, grain => grain.DecideParked(command));

        public Task<Reply<Session>> Refund(RefundOrder command) =>
            InTurn(command.Operation, grain => grain.Refund(command));

        public Task<Reply<Session>> Approve(ApproveOrder command) =>
            InTurn(command.Operation, grain => grain.Approve(command));

        public Task<Reply<Session>> Reject(RejectOrder command) =>
            InTurn(command.Operation, grain => grain.Reject(command));

        public Task<Reply<Session>> MoveTicket(MoveTicket command) =>
            InTurn(command.Operation, grain => grain.MoveTicket(command));

        public Task<Reply<Session>> Refunded(string refundReference) =>
            InTurn(operation: null, grain => grain.Refunded(refundReference));

        public async Task Lapse()
        {
            using var turn = await sessions.Enter(id, Patience);
            if (turn is not null) await turn.Grain.Lapse();
        }

        public ValueTask LookAgain() => sessions.Beside(id).LookAgain();

        public ValueTask<Snapshot<Session>> Read() => sessions.Beside(id).Read();

        public async Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience)
        {
            try
            {
                return await sessions.Beside(id).Watch(known, patience);
            }
            finally
            {
                sessions.Rest(id);
            }
        }

        private async Task<Reply<Session>> InTurn(
            Operation? operation, Func<CheckoutSession, Task<Reply<Session>>> command,
            [CallerMemberName] string name = "")
        {
            using var span = HostMetrics.Command(name, id);
            using var turn = await sessions.Enter(id, Patience);
            var reply = turn is null ? Busy(operation) : await command(turn.Grain);
            HostMetrics.Replied(span, reply);
            return reply;
        }

        private static Reply<Session>.Refused Busy(Operation? operation) =>
            new([operation is null ? SessionRefusals.Overloaded : SessionRefusals.RequestInProgress]);
    }

    /// <summary>Brings a bill's commands into one queue; reads pass beside it.</summary>
    private sealed class BillDoor(Activations<TableBill> bills, Guid id) : IBill
    {
        public Task<Reply<Bill>> Pay(PayBill command) => InTurn(command.Operation, grain => grain.Pay(command));

        public Task<Reply<Bill>> Split(SplitBill command) => InTurn(command.Operation, grain => grain.Split(command));

        public Task<Reply<Bill>> Transfer(TransferBill command) =>
            InTurn(command.Operation, grain => grain.Transfer(command));

        public Task<Reply<Bill>> Merge(MergeBill command) => InTurn(command.Operation, grain => grain.Merge(command));

        public Task<Reply<Bill>> VoidLine(VoidBillLine command) =>
            InTurn(command.Operation, grain => grain.VoidLine(command));

        public Task<Reply<Bill>> WriteOff(WriteOffBill command) =>
            InTurn(command.Operation, grain => grain.WriteOff(command));

        public async Task<Reply<Session>> Refund(RefundBillPayment command)
        {
            using var turn = await bills.Enter(id, Patience);
            return turn is null
                ? new Reply<Session>.Refused([BillRefusals.Overloaded])
                : await turn.Grain.Refund(command);
        }

        public ValueTask<Snapshot<Bill>> Read() => bills.Beside(id).Read();

        private async Task<Reply<Bill>> InTurn(Operation? operation, Func<TableBill, Task<Reply<Bill>>> command)
        {
            using var turn = await bills.Enter(id, Patience);
            return turn is null
                ? new Reply<Bill>.Refused(
                    [operation is null ? BillRefusals.Overloaded : SessionRefusals.RequestInProgress])
                : await command(turn.Grain);
        }
    }

    /// <summary>Brings a cart's commands into one queue; reads pass beside it.</summary>
    private sealed class CartDoor(Activations<AppCart> carts, Guid id) : ICart
    {
        public Task<Reply<Cart>> Put(PutCartItem command, bool liveMode) =>
            InTurn(CartRefusals.Overloaded, grain => grain.Put(command, liveMode));

        public Task<Reply<Cart>> Remove(Guid menuId) =>
            InTurn(CartRefusals.Overloaded, grain => grain.Remove(menuId));

        public Task<Reply<Cart>> Clear() => InTurn(CartRefusals.Overloaded, grain => grain.Clear());

        public Task<Reply<CheckoutGroup>> CheckOut(OpenSession command) => InTurn(
            command.Operation is null ? CartRefusals.Overloaded : SessionRefusals.RequestInProgress,
            grain => grain.CheckOut(command));

        public ValueTask<Snapshot<Cart>> Read() => carts.Beside(id).Read();

        private async Task<Reply<T>> InTurn<T>(Refusal busy, Func<AppCart, Task<Reply<T>>> command)
        {
            using var turn = await carts.Enter(id, Patience);
            return turn is null ? new Reply<T>.Refused([busy]) : await command(turn.Grain);
        }
    }
}
