using System.Globalization;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>
/// Writes stories by chance, from a seed alone: two kitchens with little on the shelves, and customers with little
/// money, where somebody always wants what somebody else has. They do not follow the rules of the business, only what
/// writers and grains promise of a batch: a grain is in it once, and only the commit that keeps a session touches its
/// items, its order and its payments.
/// </summary>
/// <param name="rows">As they are before the next step.</param>
/// <param name="shop">Whose subscriptions begin.</param>
/// <param name="kitchenOfShop">Where they do.</param>
internal sealed class Author(Dice dice, Names names, Func<MemoryDatabase> rows, Guid shop, Guid kitchenOfShop)
{
    private static readonly DateOnly Today = Till.Today;

    private readonly HashSet<Guid> taken = [];
    private DateTimeOffset now = Till.Noon;
    private int lastNumber = 20;
    private int lastEvent;

    private MemoryDatabase Rows => rows();

    /// <summary>A batch that a writer could send, or what somebody does for payments meanwhile.</summary>
    public Step Next()
    {
        Pass();
        if (dice.Chance(0.25) && Work() is { } work) return work;
        taken.Clear();
        var commits = Commits(dice.Pick(1, 1, 1, 1, 2, 2, 3, 4, 8)).Where(Admits).ToSequence();
        return commits.Count > 0 ? new Step.Batch(commits) : Next();
    }

    /// <summary>Of commits that come at once some have to wait for others.</summary>
    public Step Rush() => new Step.Rush(Commits(16));

    private Sequence<GrainCommit> Commits(int count) => Enumerable.Range(0, count).Select(_ => Commit()).ToSequence();

    private bool Admits(GrainCommit commit)
    {
        IReadOnlyList<Guid> wanted = [commit.Key, commit.Operation?.Id ?? commit.Key, .. KeptBy(commit)];
        if (wanted.Any(taken.Contains)) return false;
        taken.UnionWith(wanted);
        return true;
    }

    private static List<Guid> KeptBy(GrainCommit commit) =>
    [
        .. commit.Effects.SelectMany(effect => effect switch
        {
            Effect.KeepBill keep => [keep.Bill.Id],
            Effect.KeepSession keep => [keep.Session.Id],
            Effect.KeepCart keep => [keep.AccountId],
            _ => Array.Empty<Guid>(),
        }),
    ];

    /// <summary>No commit keeps anything twice: no writer would ever send it.</summary>
    private GrainCommit Commit()
    {
        Pass();
        var commit = Any();
        var kept = KeptBy(commit);
        return kept.Distinct().Count() == kept.Count ? commit : Commit();
    }

    private GrainCommit Any() => dice.Below(100) switch
    {
        < 24 => Opening(),
        < 48 when Rows.Sessions.Count > 0 => Change(Session()),
        < 60 => Counting(),
        < 70 => TopUp(),
        < 82 => Billing(),
        < 91 => CheckingOut(),
        < 97 when Rows.Sessions.Count > 1 => Company(),
        _ => Unknown(),
    };

    private GrainCommit Opening()
    {
        var kitchen = Kitchen();
        var id = dice.Chance(0.04) && Rows.Sessions.Count > 0 ? Some(Rows.Sessions).Id : names.Next("session");
        var type = dice.Pick(SessionType.Immediate, SessionType.Slip, SessionType.Tab);
        var order = Order();
        return Session(
            id, kitchen, 0,
            new SessionRow(
                dice.Pick(SessionStatus.PendingPayment, SessionStatus.Confirmed), Channel.Pos, type,
                TableNumber: type is SessionType.Tab ? "05" : null, ClientReference: null, now, Today, Number(),
                type is SessionType.Slip ? SlipCode() : null, Amount(), LiveMode: false, names["cashier"],
                Deadline: dice.Chance(0.5) ? now.AddMinutes(5) : null),
            [
                .. Maybe(0.75, () => Items(kitchen, id)),
                .. Maybe(0.4, () => [new Effect.PlaceOrder(OrderOf(order, id, kitchen))]),
                .. Maybe(0.5, () => [Payment(kitchen)]),
                .. Maybe(0.15, () => [Payment(kitchen)]),
                .. Maybe(0.25, () => [Spent()]),
                .. Maybe(0.3, () => [Started(kitchen, id)]),
                .. Maybe(0.35, () => [Linked(id, LinkSessionState.Open)]),
                .. Maybe(0.25, () => [Begun(id)]),
                .. Maybe(type is SessionType.Tab ? 0.7 : 0, () => [Kept(kitchen, order)]),
                .. Maybe(0.3, () => [Published(kitchen)]),
            ]);
    }

    private GrainCommit Change(SessionInRows session)
    {
        var status = dice.Pick(Enum.GetValues<SessionStatus>());
        return Session(
            session.Id, session.KitchenId, Continued(session.Version),
            session.Row with { Status = status, Deadline = dice.Chance(0.3) ? now.AddMinutes(9) : null },
            [
                .. Changes(session),
                .. Maybe(0.2, () => [Payment(session.KitchenId)]),
                .. Maybe(0.35, () => [Linked(session.Id, dice.Pick(Enum.GetValues<LinkSessionState>()))]),
                .. Maybe(0.35, () => [new Effect.WakeSubscription(Subscription.IdOf(session.Id))]),
            ]);
    }

    /// <summary>What happens to a session, whoever commits it.</summary>
    private IEnumerable<Effect> Changes(SessionInRows session)
    {
        var (id, kitchen) = (session.Id, session.KitchenId);
        // What a commit adds, its own changes do not see.
        var (order, attempt) = (Order(), Started(kitchen, id));
        return dice.Below(12) switch
        {
            0 or 1 =>
            [
                new Effect.SellReserved(id),
                new Effect.PlaceOrder(OrderOf(order, id, kitchen)),
                .. Maybe(0.2, () => [Moved(order)]),
                .. Maybe(0.5, () => [Payment(kitchen)]),
                Published(kitchen),
            ],
            2 =>
            [
                new Effect.ReleaseReserved(id),
                .. Closed(id),
                .. Refunded(session),
                .. Maybe(0.3, () => [Payment(kitchen)]),
            ],
            3 =>
            [
                new Effect.ExtendReserved(id, now.AddMinutes(dice.Between(1, 30))),
                .. Maybe(0.2, () => [new Effect.ReleaseReserved(id)]),
            ],
            4 or 5 => Returned(id),
            6 => [.. Maybe(0.8, () => [MovedOf(id)]), .. Closed(id)],
            7 or 8 => Refunded(session),
            _ =>
            [
                attempt,
                .. Maybe(0.2, () => [new Effect.CloseAttempt(attempt.Attempt.Reference, AttemptStatus.Failed)]),
                .. Maybe(0.3, () => [Claimed(attempt.Attempt.Reference)]),
                .. Closed(id),
                .. Maybe(0.3, () => [Spent()]),
            ],
        };
    }

    /// <summary>Goods come, go bad or are counted.</summary>
    private GrainCommit Counting()
    {
        var kitchen = Kitchen();
        var kind = dice.Pick(StockAdjustmentKind.Receipt, StockAdjustmentKind.Receipt, StockAdjustmentKind.Waste,
            StockAdjustmentKind.Count);
        var adjustment = new StockAdjustment(
            dice.Chance(0.12) && Rows.Journal.Count > 0
                ? Some(Rows.Journal).Adjustment.Id
                : names.Next("adjustment"),
            Dish(kitchen, dice.Below(2)), kind, dice.Between(kind is StockAdjustmentKind.Count ? 0 : 1, 9),
            dice.Chance(0.5) ? "spilt" : null, names["cashier"], now);
        return new GrainCommit(
            GrainKind.Inventory, kitchen, kitchen, Version(Rows.Inventories.GetValueOrDefault(kitchen)?.Version ?? 0),
            State(), Row: null,
            [
                .. Maybe(0.95, () => [new Effect.AdjustStock(kitchen, adjustment)]),
                .. Maybe(0.3, () => [Published(kitchen)]),
            ],
            Operation(), now);
    }

    private GrainCommit TopUp()
    {
        var kitchen = Kitchen();
        var wallet = Wallet(kitchen);
        var transfer = Transfer(
            kitchen, LedgerStep.TopUp, new Account(AccountKind.Drawer, names["till"]), wallet.Free);
        return new GrainCommit(
            GrainKind.None, transfer.Movement.PaymentId, kitchen, 0, State(), Row: null,
            [transfer, .. Maybe(0.2, () => [Published(kitchen)])], Operation(), now)
        {
            Answer = dice.Chance(0.5) ? State() : null,
        };
    }

    /// <summary>A bill is paid, split or merged, or a dish of it is voided.</summary>
    private GrainCommit Billing()
    {
        var kitchen = Kitchen();
        var keep = Kept(kitchen, order: null);
        var round = Rows.Sessions.Count > 0 ? Some(Rows.Sessions) : null;
        return new GrainCommit(
            GrainKind.Bill, keep.Bill.Id, kitchen, keep.ExpectedVersion, State(), Row: null,
            [
                keep,
                .. Maybe(0.25, () => [Kept(kitchen, order: null, but: keep.Bill.Id)]),
                .. Maybe(0.4, () => [new Effect.KeepSession(Paying(kitchen, keep.Bill.Id)), Payment(kitchen)]),
                .. Maybe(round is null ? 0 : 0.4, () =>
                [
                    new Effect.KeepSession(Known(round!), Continued(round!.Version)),
                    .. Returned(round.Id),
                    MovedOf(round.Id),
                ]),
            ],
            Operation(), now);
    }

    /// <summary>A cart becomes sessions of one or two kitchens.</summary>
    private GrainCommit CheckingOut()
    {
        var account = names[$"account {dice.Below(2)}"];
        List<Session.Pending> opened =
            [.. Enumerable.Range(0, dice.Below(3)).Select(_ => Paying(Kitchen(), bill: null))];
        return new GrainCommit(
            GrainKind.Cart, account, Guid.Empty, 0, State(), Row: null,
            [
                KeptCart(account, opened is [var first, ..] ? first.Id : null),
                .. opened.SelectMany(IEnumerable<Effect> (session) =>
                [
                    new Effect.KeepSession(session),
                    .. Items(session.Opening.KitchenId, session.Id),
                    .. Maybe(0.5, () => [Started(session.Opening.KitchenId, session.Id)]),
                ]),
            ],
            Operation(), now);
    }

    /// <summary>Others follow the session that commits, and the cart hears of it.</summary>
    private GrainCommit Company()
    {
        var leading = Session();
        var follower = Some(Rows.Sessions.Where(session => session.Id != leading.Id));
        var commit = Change(leading);
        return commit with
        {
            Effects =
            [
                .. commit.Effects,
                KeptCart(names[$"account {dice.Below(2)}"], group: null),
                new Effect.KeepSession(Known(follower), Continued(follower.Version)),
                .. Changes(follower),
            ],
        };
    }

    /// <summary>A session that nobody has opened, and an operation without effects.</summary>
    private GrainCommit Unknown() => dice.Chance(0.5)
        ? Session(
            names.Next("session"), Kitchen(), 1,
            new SessionRow(
                SessionStatus.Confirmed, Channel.App, SessionType.Immediate, null, null, now, Today, Number(), null,
                Amount(), LiveMode: false, names["cashier"], Deadline: null),
            [Payment(Kitchen())])
        : new GrainCommit(GrainKind.None, names.Next("nothing"), Kitchen(), 0, State(), null, [], Operation(), now);

    /// <summary>Mostly one of which there is more to say.</summary>
    private SessionInRows Session()
    {
        Guid? busy = dice.Below(4) switch
        {
            0 or 1 when Rows.Items.Count > 0 => Some(Rows.Items).SessionId,
            2 when Rows.Attempts.Count > 0 => Some(Rows.Attempts).Work.SessionId,
            _ => null,
        };
        return (busy is { } id ? Rows.Session(id) : null) ?? Some(Rows.Sessions);
    }

    private GrainCommit Session(
        Guid id, Guid kitchen, long version, SessionRow row, Sequence<Effect> effects) =>
        new(GrainKind.Session, id, kitchen, version, State(), row, effects, Operation(), now);

    /// <summary>Sometimes a number that is another session's, or becomes so.</summary>
    private int Number() => dice.Chance(0.85) ? ++lastNumber
        : dice.Chance(0.6) && Rows.Sessions.Count > 0 ? Some(Rows.Sessions).Row.Number
        : dice.Between(1, 3);

    private string SlipCode() => dice.Chance(0.8) ? $"code {++lastNumber}"
        : dice.Chance(0.6) && Rows.Sessions.Count > 0 ? Some(Rows.Sessions).Row.SlipCode ?? "code of a slip"
        : "code of somebody's";

    private Operation? Operation() => dice.Below(10) switch
    {
        < 4 => null,
        < 9 => new Operation(names.Next("operation"), names["fingerprint"]),
        _ when Rows.Operations.Count > 0 => new Operation(Some(Rows.Operations).Id, names["fingerprint"]),
        _ => new Operation(names["operation of all"], names["fingerprint"]),
    };

    private long Version(long now, double right = 0.88) =>
        dice.Chance(right) ? now : Math.Max(0, now + dice.Pick(-1, 1));

    /// <summary>With version 0 it would be an opening.</summary>
    private long Continued(long now) => Math.Max(1, Version(now));

    private IEnumerable<Effect> Items(Guid kitchen, Guid session)
    {
        var lines = Enumerable.Range(0, 3)
            .Where(_ => dice.Chance(0.6))
            .Select(dish => new StockLine(Dish(kitchen, dish), dice.Between(1, 3)))
            .OrderBy(_ => dice.Bits())
            .ToSequence();
        return lines.Count == 0 ? []
            : dice.Chance(0.55) ? [new Effect.ReserveStock(kitchen, session, lines, now.AddMinutes(3))]
            : [new Effect.SellStock(kitchen, session, lines)];
    }

    private IEnumerable<Effect> Returned(Guid session)
    {
        var items = Rows.Items.Where(items => items.SessionId == session && dice.Chance(0.7)).ToList();
        return items.Select(row => new Effect.ReturnStock(
            row.KitchenId, session,
            [
                new StockLine(row.MenuId, dice.Between(1, row.Quantity + 2)),
                .. dice.Chance(0.2) ? [new StockLine(Dish(row.KitchenId, 2), 1)] : Array.Empty<StockLine>(),
            ]));
    }

    private Guid Order() => dice.Chance(0.08) && Rows.Orders.Count > 0
        ? Some(Rows.Orders).Order.Id
        : names.Next("order");

    private Order OrderOf(Guid id, Guid session, Guid kitchen) => new(
        id, session, kitchen, 1, Today, now, dice.Pick(OrderStatus.Placed, OrderStatus.NeedsApproval),
        dice.Pick(OrderPaymentState.Paid, OrderPaymentState.OnBill), Channel.Pos, FulfillmentType.Pickup, null, null,
        null, null, [], Money.Zero);

    private Effect.MoveOrder Moved(Guid order) => new(
        order, dice.Pick(Enum.GetValues<OrderStatus>()),
        dice.Chance(0.7) ? dice.Pick(Enum.GetValues<TicketStatus>()) : null);

    /// <summary>Its order, or one that is not there.</summary>
    private Effect.MoveOrder MovedOf(Guid session) => Moved(
        Rows.Orders.FirstOrDefault(row => row.Order.SessionId == session)?.Order.Id
        ?? names[$"order of {names.Tell(session.ToString())}"]);

    private Effect.Transfer Payment(Guid kitchen)
    {
        var (method, free, held) = Wallet(kitchen);
        var sales = new Account(AccountKind.Sales, kitchen);
        return dice.Below(9) switch
        {
            < 4 => Transfer(kitchen, LedgerStep.Pay, new Account(AccountKind.Drawer, names["till"]), sales),
            4 or 5 => Transfer(kitchen, LedgerStep.Pay, free, sales, method),
            6 => Transfer(kitchen, LedgerStep.Hold, free, held, method),
            7 => Transfer(kitchen, LedgerStep.Settle, held, sales, method),
            _ => Transfer(kitchen, LedgerStep.Release, held, free, method),
        };
    }

    /// <summary>Sometimes one that was posted before, with another amount.</summary>
    private Effect.Transfer Transfer(
        Guid kitchen, LedgerStep step, Account debit, Account credit, PaymentMethod method = PaymentMethod.Cash)
    {
        var transfer = new LedgerTransfer(
            names.Next("leg"), step, dice.Below(2), kitchen, method, debit, credit, Amount(),
            dice.Chance(0.5) ? names["till"] : null, dice.Chance(0.2) ? names["somebody's session"] : null);
        if (!dice.Chance(0.08) || Rows.Postings.Count == 0) return new Effect.Transfer(transfer);
        var posted = Some(Rows.Postings).Transfer;
        return new Effect.Transfer(
            transfer with { PaymentId = posted.PaymentId, Step = posted.Step, Part = posted.Part });
    }

    /// <summary>A customer's of the kitchen, or an app user's.</summary>
    private (PaymentMethod Method, Account Free, Account Held) Wallet(Guid kitchen)
    {
        var owner = names[$"customer {dice.Below(2)} of {names.Tell(kitchen.ToString())}"];
        var user = names[$"account {dice.Below(2)}"];
        return dice.Chance(0.7)
            ? (PaymentMethod.KitchenWallet, new Account(AccountKind.KitchenWallet, owner),
                new Account(AccountKind.KitchenWalletHold, owner))
            : (PaymentMethod.PlatformWallet, new Account(AccountKind.PlatformWallet, user),
                new Account(AccountKind.PlatformWalletHold, user));
    }

    private Money Amount() => dice.Chance(0.015) ? Money.Zero : new Money(dice.Between(1, 12) * 250);

    private Effect.SpendAuthorization Spent() =>
        new(dice.Chance(0.6) ? names[$"code of {dice.Below(2)}"] : names.Next("code"), names.Next("leg"));

    private Effect.StartAttempt Started(Guid kitchen, Guid session)
    {
        var old = Rows.Attempts.Count > 0 && dice.Chance(0.1);
        var reference = old ? Some(Rows.Attempts).Work.Reference : PaymentReference.Of(dice.Bits(), dice.Bits());
        var status = dice.Pick(AttemptStatus.Sent, AttemptStatus.Offered, AttemptStatus.Succeeded);
        var phone = status is AttemptStatus.Offered ? null : $"+25575400022{dice.Below(2)}";
        var by = new Asker(names[$"asker {dice.Below(3)}"], IsGuest: dice.Chance(0.5));
        return new Effect.StartAttempt(
            kitchen, session, names.Next("leg"), dice.Chance(0.06) ? Money.Zero : Amount(), now.AddMinutes(3),
            new PaymentAttempt(names.Next("attempt"), reference, "simulator", phone, status, now),
            AskedBy: dice.Chance(0.9) ? by : null);
    }

    private IEnumerable<Effect> Closed(Guid session) =>
    [
        .. Rows.Attempts
            .Where(row => row.Work.SessionId == session && dice.Chance(0.6))
            .Select(row => new Effect.CloseAttempt(
                row.Work.Reference, dice.Pick(AttemptStatus.Succeeded, AttemptStatus.Failed),
                dice.Chance(0.3)
                    ? new SuspendedMoney(SuspenseReason.Late, Amount(), dice.Chance(0.5) ? "+255754000333" : null, now)
                    : null)),
    ];

    /// <summary>Of few receipts, some of which are another attempt's by then.</summary>
    private Effect.ClaimReceipts Claimed(string reference) => new(
        "simulator", reference,
        dice.Pick<Sequence<string>>(
            [$"R{dice.Below(30)}"], [$"R{dice.Below(30)}", $"id {reference}"], [$"id {reference}"]));

    private IEnumerable<Effect> Refunded(SessionInRows session) =>
    [
        .. Rows.Attempts
            .Where(row => row.Work.SessionId == session.Id && dice.Chance(0.6))
            .Select(row =>
            {
                var part = dice.Chance(0.7) ? Refund.OfPayment : Refund.OfSurplus;
                var attempt = new PaymentAttempt(
                    row.Id, row.Work.Reference, row.Work.Adapter, row.Work.PhoneNumber, AttemptStatus.Succeeded, now);
                return new Effect.StartRefund(
                    session.KitchenId, session.Id, attempt,
                    new Refund(PaymentReference.OfRefund(attempt.Reference, part), part, Amount(), Done: false));
            }),
        .. Rows.Refunds
            .Where(row => row.Work.SessionId == session.Id && dice.Chance(0.5))
            .Select(row => new Effect.CloseRefund(row.Work.Reference)),
    ];

    /// <summary>A session stays one of its link, if it is one already.</summary>
    private Effect.CountLinkSession Linked(Guid session, LinkSessionState state) => new(
        Rows.LinkSessions.GetValueOrDefault(session)?.LinkId ?? dice.Pick([.. Rows.Links.Keys]), session, state);

    /// <summary>Sometimes one that has begun already.</summary>
    private Effect.BeginSubscription Begun(Guid session) => new(new Subscription(
        dice.Chance(0.3) && Rows.Subscriptions.Count > 0
            ? Some(Rows.Subscriptions).Subscription.Id
            : Subscription.IdOf(session),
        shop, kitchenOfShop, LiveMode: false, "TZS", Amount(), new SubscriptionPlan(SubscriptionRules.Day), session, now,
        Phone: dice.Chance(0.5) ? "+255754000111" : null, TrialEndsAt: dice.Chance(0.4) ? now.AddSeconds(5) : null));

    private Effect.KeepCart KeptCart(Guid account, Guid? group)
    {
        var cart = new Cart([new CartLine(names["kitchen 0"], names["dish 0"], dice.Between(1, 9))]);
        return new Effect.KeepCart(
            account, group is { } id ? cart with { Pending = new CartCheckout(id, cart.Lines) } : cart,
            Version(Rows.Cart(account)?.Version ?? 0, right: 0.7));
    }

    /// <summary>One that is there already, changed, or a new one.</summary>
    private Effect.KeepBill Kept(Guid kitchen, Guid? order, Guid? but = null)
    {
        var others = Rows.Bills.Where(row => row.Bill.Id != but).ToList();
        var known = dice.Chance(0.6) && others.Count > 0 ? Some(others) : null;
        var by = new Caller(CallerKind.Staff, names["cashier"]);
        var chai = new Line(names["dish 0"], "Chai", 1, new Money(1_000), ItemInstructions: null);
        IReadOnlyList<Guid> orders =
        [
            .. order is { } own ? [own] : Array.Empty<Guid>(),
            .. Rows.Orders.Where(_ => dice.Chance(0.4)).Take(3).Select(row => row.Order.Id),
        ];
        var bill = new Bill.Opened(
            known?.Bill.Id ?? names.Next("bill"),
            known?.Bill.Opening ?? new BillOpening(kitchen, by, now, Today, 1, LiveMode: false, Tag: null),
            $"{dice.Below(9)}", dice.Pick(Enum.GetValues<BillStatus>()),
            orders.Select((each, at) => new BillLine(names.Next("line"), names["round"], each, at, chai)).ToSequence(),
            [], [], [], []);
        var isSettled = bill.Status is BillStatus.Paid or BillStatus.Void or BillStatus.Merged;
        var paid = dice.Chance(0.03) ? bill.Total + new Money(250)
            : isSettled && dice.Chance(0.7) ? bill.Total
            : Money.Zero;
        return new Effect.KeepBill(
            bill with
            {
                Payments = [new BillPayment(names["payer"], paid, SessionStatus.Confirmed, [], by, now)],
            },
            Version(known?.Version ?? 0, right: 0.8));
    }

    /// <summary>A session that another grain's commit opens.</summary>
    private Session.Pending Paying(Guid kitchen, Guid? bill)
    {
        var type = dice.Pick(SessionType.Immediate, SessionType.Slip);
        return new Session.Pending(
            dice.Chance(0.04) && Rows.Sessions.Count > 0 ? Some(Rows.Sessions).Id : names.Next("session"),
            OpeningOf(kitchen, Number(), type, type is SessionType.Slip ? SlipCode() : null) with { BillId = bill },
            [], [], [], now.AddMinutes(dice.Between(1, 9)), Attempt: null);
    }

    /// <summary>A session that was there before, as it is to be.</summary>
    private Session.Opened Known(SessionInRows session)
    {
        var opening = OpeningOf(
            session.KitchenId, session.Row.Number, session.Row.SessionType, session.Row.SlipCode);
        return dice.Chance(0.5)
            ? new Session.Confirmed(session.Id, opening, [], [], [], now, OrderId: null)
            : new Session.Ended(session.Id, opening, [], [], [], now, SessionStatus.Expired, EndReason.PaymentTimeout);
    }

    private SessionOpening OpeningOf(Guid kitchen, int number, SessionType type, string? slipCode) => new(
        kitchen, new Caller(CallerKind.Staff, names["cashier"]), now, Today, number, slipCode, LiveMode: false, type,
        Channel.App, FulfillmentType.Pickup, null, null, null, null, null, null, "reference", null, []);

    private Effect.Publish Published(Guid kitchen) =>
        new(kitchen, new KitchenEvent.StockSoldOut(Dish(kitchen, dice.Below(2))));

    /// <summary>What hosts do about payments between commits.</summary>
    private Step? Work()
    {
        var attempt = Rows.Attempts.Count > 0 ? Some(Rows.Attempts) : null;
        var refund = Rows.Refunds.Count > 0 ? Some(Rows.Refunds) : null;
        var known = $"event {dice.Below(lastEvent + 1)}";
        var soon = now.AddSeconds(dice.Between(0, 20));
        var lease = TimeSpan.FromSeconds(15);
        if (dice.Chance(0.35)) return OfMerchants(soon);
        return dice.Below(10) switch
        {
            0 => new Step.ClaimAttempts(soon, lease, 100),
            1 when attempt is not null => new Step.LookAgain(
                attempt.Work with { LookAt = dice.Chance(0.7) ? attempt.NextLookAt : soon },
                dice.Chance(0.7) ? soon : null),
            2 when attempt is not null => new Step.LookSoon(attempt.Work.Reference, soon),
            3 => new Step.ClaimRefunds(soon, lease, 100),
            4 when refund is not null => new Step.TryRefundAgain(
                dice.Chance(0.8) ? refund.Work : refund.Work with { Tries = refund.Work.Tries + 1 }, soon,
                dice.Chance(0.5) ? soon : null),
            5 or 6 => new Step.KeepEvent(new NewEvent(
                "simulator", dice.Chance(0.7) ? $"event {++lastEvent}" : known,
                Encoding.UTF8.GetBytes(lastEvent.ToString(CultureInfo.InvariantCulture)), now,
                now.AddSeconds(dice.Between(0, 9)))),
            7 => new Step.ClaimEvents(soon, lease, dice.Between(1, 2)),
            8 => new Step.FinishEvent(known),
            9 => new Step.ParkEvent(known, soon),
            10 when attempt is not null => new Step.BeginPush(attempt.Work),
            11 when attempt is not null => new Step.PushNotSent(attempt.Work),
            _ => null,
        };
    }

    /// <summary>Rounds look at subscriptions, sometimes too late; and links are switched on and off.</summary>
    private Step OfMerchants(DateTimeOffset soon)
    {
        if (dice.Chance(0.3))
            return new Step.SwitchLink(dice.Pick([.. Rows.Links.Keys]), dice.Chance(0.7));
        if (dice.Chance(0.4) || Rows.Subscriptions.Count == 0)
            return new Step.ClaimSubscriptions(soon, TimeSpan.FromSeconds(15), 100);
        var (subscription, version, dueAt) = Some(Rows.Subscriptions);
        return new Step.StoreSubscription(
            new ClaimedSubscription(
                subscription, dice.Chance(0.8) ? version : version + 1,
                dice.Chance(0.8) ? dueAt ?? now : soon),
            subscription with
            {
                Status = dice.Pick(Enum.GetValues<SubscriptionStatus>()),
                Phone = dice.Chance(0.5) ? "+255754000222" : null,
                EndedAt = dice.Chance(0.3) ? now : null,
            },
            dice.Chance(0.6) ? soon : null, now);
    }

    private void Pass() => now += TimeSpan.FromSeconds(1);

    private string State() => names.Tell(names.Next("state").ToString());

    private Guid Kitchen() => names[dice.Chance(0.75) ? "kitchen 0" : "kitchen 1"];

    /// <summary>The third of each kitchen's dishes nobody counts.</summary>
    private Guid Dish(Guid kitchen, int number) => names[$"dish {number} of {names.Tell(kitchen.ToString())}"];

    private T Some<T>(IEnumerable<T> things) => dice.Pick(things.ToList());

    private IEnumerable<Effect> Maybe(double chance, Func<IEnumerable<Effect>> effects) =>
        dice.Chance(chance) ? effects() : [];
}
