using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// A kitchen with its till: makes the commits that the grains make, by the same rules. A pilau is 5,000 shillings, a
/// chai 1,000. Ids come from names, so that a test that fails fails again.
/// </summary>
internal sealed class Till(string name)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 3, 2);

    private int lastNumber;
    private int lastId;

    public Guid KitchenId { get; init; } = IdOf($"{name}/kitchen");
    public Guid DeviceId { get; init; } = IdOf($"{name}/device");
    public Guid Pilau { get; } = IdOf($"{name}/pilau");
    public Guid Chai { get; } = IdOf($"{name}/chai");
    public DateTimeOffset Now { get; set; } = Noon;

    public Caller Cashier => new(CallerKind.Staff, IdOf($"{name}/cashier"), KitchenId, DeviceId);

    public Guid NextId() => IdOf($"{name}/{Interlocked.Increment(ref lastId)}");

    public Operation NextOperation() => new(NextId(), NextId());

    /// <summary>A sale that is paid in cash at once.</summary>
    public GrainCommit Sale(params IEnumerable<(Guid MenuId, int Quantity)> items) =>
        Open(SessionType.Immediate, items, total => [new PaymentRequest(PaymentMethod.Cash, total)]);

    /// <summary>A sale that is paid from a customer's prepaid wallet at once.</summary>
    public GrainCommit WalletSale(Guid customer, params IEnumerable<(Guid MenuId, int Quantity)> items) => Open(
        SessionType.Immediate, items,
        total => [new PaymentRequest(PaymentMethod.KitchenWallet, total, KitchenCustomerId: customer)]);

    /// <summary>A sale of which a part is taken at once, and the rest is awaited by mobile money.</summary>
    public GrainCommit PendingSale(PaymentRequest first, params IEnumerable<(Guid MenuId, int Quantity)> items) =>
        Open(SessionType.Immediate, items, total =>
            [first, new PaymentRequest(PaymentMethod.MobileMoney, total - first.Amount)]);

    /// <summary>A slip, which reserves its items.</summary>
    public GrainCommit Slip(params IEnumerable<(Guid MenuId, int Quantity)> items) =>
        Open(SessionType.Slip, items, _ => null);

    public GrainCommit Open(
        SessionType type, IEnumerable<(Guid MenuId, int Quantity)> items,
        Func<Money, Sequence<PaymentRequest>?> pay, Operation? operation = null, Channel channel = Channel.Pos)
    {
        var lines = items.Select(item => new Line(
            item.MenuId, NameOf(item.MenuId), item.Quantity, PriceOf(item.MenuId), ItemInstructions: null));
        var quote = new Quote(lines.ToSequence());
        var payments = pay(quote.Total);
        var command = new OpenSession(
            Cashier, type, channel, FulfillmentType.Pickup, Items: null, payments, ClientReference: name,
            Operation: operation);
        var number = Interlocked.Increment(ref lastNumber);
        var id = NextId();
        var ids = new OpeningIds(
            id, NextId(), (payments ?? []).Select(_ => NextId()).ToSequence(), number, Today, $"{name}-{number}",
            new Pushes("simulator", (payments ?? []).Select(_ => NextPush()).ToSequence()));
        var kitchen = new Kitchen(KitchenId, name, LiveMode: false, KitchenSettings.Default);
        return Commit(id, 0, Session.Initial.Open(command, quote, kitchen, ids, Now), operation);
    }

    /// <summary>A guest orders at the table, and is to pay by phone.</summary>
    public GrainCommit TableOrder(params IEnumerable<(Guid MenuId, int Quantity)> items) => Open(
        SessionType.Immediate, items, total => [new PaymentRequest(PaymentMethod.MobileMoney, total)],
        channel: Channel.TableQr);

    /// <summary>A session of a web shop, at a register that settles into this wallet; a phone is ringing.</summary>
    /// <param name="commission">The platform's, in basis points.</param>
    public GrainCommit AtRegister(Guid wallet, long amount, int commission = 0)
    {
        var facts = new SessionFacts(
            Kitchen with { Commission = new CommissionRates(Hosted: commission) }, new Dictionary<Guid, MenuItem>(), new Dictionary<Guid, Money>(),
            new Dictionary<Guid, KitchenPaymentMethod>());
        var (id, key) = (NextId(), "QUJDREVGR0hJSktMTU5PUA");
        var ids = new HostedIds(
            id, NextId(), Interlocked.Increment(ref lastNumber), Today, $"CR{name}", key, "client");
        var command = new OpenHosted(
            new Caller(CallerKind.Merchant, NextId()), LiveMode: false, KitchenId, new Money(amount),
            CheckoutId: 1, DeferPayment: true);
        var opened = Assert.IsType<Decision<Session>.Commit>(Session.Initial.OpenHosted(
            command, facts, ids, Now, new KnownRegister(1, wallet, Active: true)));
        var ringing = Assert.IsType<Decision<Session>.Commit>(opened.Next.PayHosted(
            new PayHosted(HostedDecisions.PageOf(id), key, "mobile_money", "+255754000111"), Kitchen,
            new Pushes("simulator", [NextPush()]), Now));
        return Commit(id, 0, ringing with { Effects = [.. opened.Effects, .. ringing.Effects] }, null);
    }

    public GrainCommit Rejected(GrainCommit paid) =>
        Continue(paid, session => session.Reject(new RejectOrder(Cashier, "Crowded"), Now));

    /// <summary>A table orders a item, and its bill is opened.</summary>
    public GrainCommit Tab(Guid menuId)
    {
        Sequence<Line> lines = [new Line(menuId, NameOf(menuId), 1, PriceOf(menuId), null)];
        var command = new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, Items: null, Payments: null,
            TableNumber: "05");
        var number = Interlocked.Increment(ref lastNumber);
        var id = NextId();
        var ids = new OpeningIds(
            id, NextId(), [], number, Today, $"{name}-{number}", Bill: new BillIds(NextId(), [NextId()]));
        return Commit(id, 0, Session.Initial.Open(command, new Quote(lines), Kitchen, ids, Now), null);
    }

    /// <summary>The bill that a round has opened is paid in cash.</summary>
    public GrainCommit BillPaid(GrainCommit round)
    {
        var bill = round.Effects.OfType<Effect.KeepBill>().Single().Bill;
        var facts = new SessionFacts(
            Kitchen, new Dictionary<Guid, MenuItem>(), new Dictionary<Guid, Money>(),
            new Dictionary<Guid, KitchenPaymentMethod>());
        var operation = NextOperation();
        var command = new PayBill(Cashier, [new PaymentRequest(PaymentMethod.Cash, bill.Balance)], operation);
        var number = Interlocked.Increment(ref lastNumber);
        var ids = new OpeningIds(NextId(), NextId(), [NextId()], number, Today, SlipCode: "");
        var (next, effects) = Assert.IsType<Decision<Bill>.Commit>(bill.Pay(command, facts, ids, Now));
        return new GrainCommit(
            GrainKind.Bill, bill.Id, KitchenId, 1, StateJson.Write(next), null,
            [new Effect.KeepBill((Bill.Opened)next, 1), .. effects], operation, Now);
    }

    /// <summary>The only line of the bill that a round has opened is voided.</summary>
    /// <param name="last">The round's last commit; null where it is its first.</param>
    public GrainCommit Voided(GrainCommit round, GrainCommit? last = null)
    {
        var bill = round.Effects.OfType<Effect.KeepBill>().Single().Bill;
        last ??= round;
        var known = new KnownSale((Session.Confirmed)StateJson.Read<Session>(last.State), last.ExpectedVersion + 1);
        var command = new VoidBillLine(Cashier, bill.Lines[0].Id, "Cold", Operation: NextOperation());
        var (next, effects) = Assert.IsType<Decision<Bill>.Commit>(bill.VoidLine(command, known, [], NextId(), Now));
        return new GrainCommit(
            GrainKind.Bill, bill.Id, KitchenId, 1, StateJson.Write(next), null,
            [new Effect.KeepBill((Bill.Opened)next, 1), .. effects], command.Operation, Now);
    }

    /// <summary>The slip of a commit is paid in cash.</summary>
    public GrainCommit Paid(GrainCommit slip) => Paid(slip, total => [new PaymentRequest(PaymentMethod.Cash, total)]);

    public GrainCommit Paid(GrainCommit slip, Func<Money, Sequence<PaymentRequest>> pay)
    {
        var payments = pay(slip.Row!.Total);
        var command = new ConfirmSlip(Cashier, payments);
        var facts = new SessionFacts(
            new Kitchen(KitchenId, name, LiveMode: false, KitchenSettings.Default), new Dictionary<Guid, MenuItem>(),
            new Dictionary<Guid, Money>(), new Dictionary<Guid, KitchenPaymentMethod>());
        var ids = new PaymentIds(NextId(), payments.Select(_ => NextId()).ToSequence());
        return Continue(slip, session => session.ConfirmSlip(command, facts, ids, Now));
    }

    public GrainCommit Cancelled(GrainCommit before) =>
        Continue(before, session => session.Cancel(new CancelSession(Cashier), Now));

    /// <summary>The guest's phone pays, whatever has become of the session.</summary>
    public GrainCommit PaidByPhone(GrainCommit before, Money amount) => Continue(before, session =>
    {
        var attempt = ((Session.Opened)session).Payments.SelectMany(payment => payment.Attempts ?? []).First();
        var report = new PaymentReport(
            attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, amount, "TZS", $"SIM-{attempt.Reference}");
        return session.Report(report, NextId(), LateMoney.GoesBack, Now);
    });

    public GrainCommit MoneyReturned(GrainCommit before) =>
        Continue(before, session => session.ReturnMoney(new ReturnMoney(Cashier), Now));

    /// <summary>The next commit of a session, decided on the state that the one before left.</summary>
    public GrainCommit Continue(GrainCommit before, Func<Session, Decision<Session>> decide) =>
        Commit(before.Key, before.ExpectedVersion + 1, decide(StateJson.Read<Session>(before.State)), null);

    /// <summary>A commit of this kitchen's inventory.</summary>
    public GrainCommit Adjust(StockAdjustmentKind kind, Guid menuId, int quantity, long version) => new(
        GrainKind.Inventory, KitchenId, KitchenId, version, "{}", null,
        [
            new Effect.AdjustStock(
                KitchenId, new StockAdjustment(NextId(), menuId, kind, quantity, "test", Cashier.Id, Now)),
        ],
        null, Now);

    public GrainCommit Received(Guid menuId, int quantity, long version = 0) =>
        Adjust(StockAdjustmentKind.Receipt, menuId, quantity, version);

    /// <summary>A customer puts cash on a prepaid wallet.</summary>
    public GrainCommit TopUp(Guid customer, long shillings)
    {
        var transfer = new LedgerTransfer(
            NextId(), LedgerStep.TopUp, 0, KitchenId, PaymentMethod.Cash,
            new Account(AccountKind.Drawer, Cashier.DeviceId!.Value),
            new Account(AccountKind.KitchenWallet, customer), new Money(shillings), Cashier.DeviceId);
        return new GrainCommit(
            GrainKind.None, transfer.PaymentId, KitchenId, 0, "{}", null, [new Effect.Transfer(transfer)],
            NextOperation(),
            Now);
    }

    private GrainCommit Commit(Guid id, long version, Decision<Session> decision, Operation? operation)
    {
        var commit = Assert.IsType<Decision<Session>.Commit>(decision);
        var session = (Session.Opened)commit.Next;
        var opening = session.Opening;
        var row = new SessionRow(
            session.Status, opening.Channel, opening.SessionType, opening.TableNumber, opening.ClientReference,
            opening.OpenedAt, opening.BusinessDate, opening.Number, opening.SlipCode, opening.Total, opening.LiveMode,
            opening.OpenedBy.Id, session.Deadline);
        return new GrainCommit(
            GrainKind.Session, id, KitchenId, version, StateJson.Write<Session>(session), row, commit.Effects,
            operation,
            Now);
    }

    /// <summary>What a session of a cart is given.</summary>
    public OpeningIds NextOpening(int payments) => new(
        NextId(), NextId(), Enumerable.Range(0, payments).Select(_ => NextId()).ToSequence(),
        Interlocked.Increment(ref lastNumber), Today, SlipCode: "",
        new Pushes("simulator", Enumerable.Range(0, payments).Select(_ => NextPush()).ToSequence()));

    public PushId NextPush()
    {
        var id = NextId();
        var bits = BitConverter.ToUInt64(id.ToByteArray());
        return new PushId(id, PaymentReference.Of(bits, bits));
    }

    public Kitchen Kitchen => new(KitchenId, name, LiveMode: false, KitchenSettings.Default);

    private string NameOf(Guid menuId) => menuId == Pilau ? "Pilau" : "Chai";

    private Money PriceOf(Guid menuId) => new(menuId == Pilau ? 5_000 : 1_000);

    private static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
