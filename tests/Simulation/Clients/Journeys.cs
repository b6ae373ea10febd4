using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Payments;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What people do in a restaurant, from coming in to leaving.</summary>
internal static class Journeys
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Func<Guest, CityKitchen, Task>> All { get; } =
    [
        PayAtTheTill, PayAtTheTill, TakeASlip, TakeASlip, TakeASlip, PayByPhone, PayByPhone, PayByPhone, PayInTheApp,
        ShowACodeTwice, CartJourneys.BuyAtSeveralKitchens, CartJourneys.BuyAtSeveralKitchens,
        BillJourneys.EatAtATable, BillJourneys.EatAtATable, TableJourneys.OrderByTheTablesCode,
        TableJourneys.OrderByTheTablesCode, ShopJourneys.BuyAtAWebShop, ShopJourneys.VisitALink,
        ShopJourneys.VisitALink,
    ];

    /// <summary>Those that come by a point at which hosts are to die.</summary>
    public static IReadOnlyList<Func<Guest, CityKitchen, Task>> LeadingTo(Act act) => act switch
    {
        Act.CommitCart or Act.CommitCheckout or Act.CommitGroup => [CartJourneys.BuyAtSeveralKitchens],
        Act.CommitRound or Act.CommitBill or Act.CommitBillPayment => [BillJourneys.EatAtATable],
        Act.CommitLinkPlace or Act.FindLink or Act.ChangeLink => [ShopJourneys.VisitALink],
        Act.CommitOrder => [TableJourneys.OrderByTheTablesCode],
        Act.CommitRefund => [PayAtTheTill, CartJourneys.BuyAtSeveralKitchens],
        Act.FindCustomer or Act.FindAttempt or Act.LookSoon or Act.PayBack or Act.PostponeRefund or Act.PushPhone
            or Act.LookAgain => [PayByPhone],
        _ => All,
    };

    /// <summary>Goods come in, are wasted or are counted.</summary>
    public static async Task Count(Guest manager)
    {
        var kitchen = manager.Dice.Pick([.. manager.World.City.Kitchens]);
        var operation = manager.NewOperation();
        var adjustment = new StockAdjustment(
            manager.World.Ids.Next(), manager.Dice.Pick(kitchen.Scarce).Id,
            manager.Dice.Pick(StockAdjustmentKind.Receipt, StockAdjustmentKind.Waste, StockAdjustmentKind.Count),
            manager.Dice.Between(1, 8), "shelf", kitchen.Cashier.Id, manager.Place.Clock.GetUtcNow());
        for (var tries = 0; tries < 20; tries++)
        {
            var reply = await manager.Ask(host => host.Grains.Inventory(kitchen.Id).Adjust(adjustment, operation));
            manager.World.Say(manager.Place, $"{adjustment.Kind} {adjustment.Quantity} -> {reply?.GetType().Name}");
            if (reply is not null) return;
            await manager.Wait(Moment, TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Cash, cards and wallets are final at once; a phone or an app user may have to come in.</summary>
    private static async Task PayAtTheTill(Guest guest, CityKitchen kitchen)
    {
        var order = new Basket(guest.Dice, kitchen);
        var payments = Purse.AtTheTill(guest, kitchen, order.Total);
        var operation = guest.Dice.Chance(0.75) ? guest.NewOperation() : null;
        var id = operation?.Id ?? guest.World.Ids.Next();
        var open = new OpenSession(
            kitchen.Cashier, SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup, order.Lines, payments,
            Operation: operation);
        switch (await guest.Insist("open", id, operation, (session, patience) => session.Open(open, patience)))
        {
            case Reply<Session>.Accepted(Session.Pending pending, _, _):
                await SeeItThrough(guest, pending.Id);
                break;
            case Reply<Session>.Accepted(Session.Confirmed sale, _, _):
                await Complaints.MakeOf(guest, sale.Id, likely: 0.3);
                break;
        }
    }

    /// <summary>An app user's code is shown at two tills at the same moment: it pays at one of them.</summary>
    private static Task ShowACodeTwice(Guest guest, CityKitchen kitchen)
    {
        var code = guest.Dice.Pick([.. guest.World.City.ShownCodes]);
        return Task.WhenAll(PayWith(guest, kitchen, code), PayWith(guest, kitchen, code));
    }

    private static async Task PayWith(Guest guest, CityKitchen kitchen, string code)
    {
        var dish = kitchen.Dishes[^1];
        var operation = guest.NewOperation();
        var open = new OpenSession(
            kitchen.Cashier, SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup,
            [new LineRequest(dish.Id, 1)],
            [new PaymentRequest(PaymentMethod.PlatformWallet, dish.Price, WalletAuthorization: code)],
            Operation: operation);
        await guest.Insist("open", operation.Id, operation, (session, patience) => session.Open(open, patience));
    }

    private static async Task PayByPhone(Guest guest, CityKitchen kitchen)
    {
        var order = new Basket(guest.Dice, kitchen);
        var operation = guest.Dice.Chance(0.9) ? guest.NewOperation() : null;
        var id = operation?.Id ?? guest.World.Ids.Next();
        var knowsPhone = guest.Dice.Chance(0.8);
        var byBot = guest.Dice.Chance(0.4);
        var phone = Purse.Phone(guest.Dice);
        Sequence<PaymentRequest> payments =
            [new PaymentRequest(PaymentMethod.MobileMoney, order.Total, PhoneNumber: knowsPhone ? phone : null)];
        var open = byBot
            ? new OpenSession(
                kitchen.Bot, SessionType.Immediate, Channel.Whatsapp, FulfillmentType.Pickup, order.Lines, payments,
                CustomerPhone: phone, KitchenId: kitchen.Id, Operation: operation)
            : new OpenSession(
                kitchen.Kiosk, SessionType.Immediate, Channel.Kiosk, FulfillmentType.Pickup, order.Lines, payments,
                Operation: operation);
        if (await guest.Insist("open", id, operation, (session, patience) => session.Open(open, patience))
            is Reply<Session>.Accepted(Session.Pending pending, _, _))
            await SeeItThrough(guest, pending.Id, open.By);
    }

    private static async Task PayInTheApp(Guest guest, CityKitchen kitchen)
    {
        var order = new Basket(guest.Dice, kitchen);
        var user = new Caller(CallerKind.AppUser, guest.Dice.Pick(guest.World.City.AppUsers));
        var operation = guest.NewOperation();
        var open = new OpenSession(
            user, SessionType.Immediate, Channel.App, FulfillmentType.Pickup, order.Lines,
            Purse.InTheApp(guest, order.Total), KitchenId: kitchen.Id, Operation: operation);
        if (await guest.Insist("open", operation.Id, operation, (session, patience) => session.Open(open, patience))
            is Reply<Session>.Accepted(Session.Pending pending, _, _))
            await SeeItThrough(guest, pending.Id, user);
    }

    private static async Task TakeASlip(Guest guest, CityKitchen kitchen)
    {
        var order = new Basket(guest.Dice, kitchen);
        var operation = guest.NewOperation();
        var open = new OpenSession(
            kitchen.Cashier, SessionType.Slip, Channel.Pos, FulfillmentType.Pickup, order.Lines, Payments: null,
            Operation: operation);
        if (await guest.Insist("open", operation.Id, operation, (session, patience) => session.Open(open, patience))
            is not Reply<Session>.Accepted(Session.Pending pending, _, _))
            return;

        // Half of them come in time, and some at the very moment when the slip's time is over.
        var left = pending.ExpiresAt - guest.Place.Clock.GetUtcNow();
        var arrives = guest.Dice.Below(10) switch
        {
            < 6 => guest.Dice.Between(TimeSpan.Zero, left / 2),
            < 8 => left - TimeSpan.FromMilliseconds(guest.Dice.Below(3000)),
            _ => left + TimeSpan.FromMilliseconds(guest.Dice.Below(3000)),
        };
        await guest.Place.Delay(arrives);
        if (guest.Dice.Chance(0.15)) await Leave(guest, kitchen.Cashier, pending.Id);
        for (var cashiers = guest.Dice.Between(1, 2); cashiers > 0; cashiers--)
        {
            var payment = guest.NewOperation();
            var confirm = new ConfirmSlip(
                kitchen.Cashier, Purse.AtTheTill(guest, kitchen, order.Total), payment);
            await guest.Insist(
                "pay", pending.Id, payment, (session, patience) => session.ConfirmSlip(confirm, patience));
            await guest.Wait(TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }

        await SeeItThrough(guest, pending.Id);
        await Reissue(guest, kitchen, pending.Id);
    }

    /// <summary>An expired slip is issued anew and paid in cash.</summary>
    private static async Task Reissue(Guest guest, CityKitchen kitchen, Guid old)
    {
        if (await guest.Look(old) is not { Status: SessionStatus.Expired } slip || guest.Dice.Chance(0.4)) return;
        if (slip.Opening.SessionType is not SessionType.Slip) return;
        var operation = guest.NewOperation();
        var again = new ReissueSlip(kitchen.Cashier, operation.Id, operation);
        if (await guest.Insist("reissue", slip.Id, operation, (session, patience) => session.Reissue(again, patience))
            is not Reply<Session>.Accepted(Session.Pending pending, _, _))
            return;
        var payment = guest.NewOperation();
        var confirm = new ConfirmSlip(
            kitchen.Cashier, [new PaymentRequest(PaymentMethod.Cash, pending.Opening.Total)], payment);
        await guest.Insist("pay", pending.Id, payment, (session, patience) => session.ConfirmSlip(confirm, patience));
    }

    /// <summary>Waits, rings phones that have to be rung, approves in the app, or gives up.</summary>
    public static async Task SeeItThrough(Guest guest, Guid id, Caller? by = null)
    {
        for (var looks = 0; looks < 8; looks++)
        {
            await guest.Wait(Moment, TimeSpan.FromSeconds(60));
            if (await guest.Look(id) is not { } session) return;
            var cashier = guest.World.City.Of(session.Opening.KitchenId).Cashier;
            switch (session)
            {
                case Session.Pending when guest.Dice.Chance(0.08):
                    await Leave(guest, by ?? cashier, id);
                    break;
                case Session.Opened parked when guest.Dice.Chance(0.5) && Undecided(parked) is { } attempt:
                    await Decide(guest, parked, attempt);
                    break;
                case Session.Pending pending:
                    await Help(guest, by ?? cashier, pending);
                    break;
                case Session.Ended ended when ended.MoneyToReturn > Money.Zero:
                    var operation = guest.NewOperation();
                    await guest.Insist(
                        "return money", id, operation,
                        (session, patience) => session.ReturnMoney(new ReturnMoney(cashier, operation), patience));
                    return;
                case Session.Confirmed:
                    await Complaints.MakeOf(guest, id, likely: 0.15);
                    return;
                case Session.Ended:
                    return;
            }
        }
    }

    private static async Task Help(Guest guest, Caller by, Session.Pending pending)
    {
        foreach (var payment in pending.Payments.Where(payment => payment.Status == PaymentStatus.Pending))
        {
            var operation = guest.NewOperation();
            if (payment.Method == PaymentMethod.PlatformWallet)
            {
                var user = new Caller(CallerKind.AppUser, guest.Dice.Pick(guest.World.City.AppUsers));
                await guest.Insist(
                    "approve", pending.Id, operation,
                    (session, patience) => session.Authorize(
                        new AuthorizePayment(user, LiveMode: false, payment.Id, operation), patience));
            }
            else if (payment.Method == PaymentMethod.MobileMoney && !(payment.Attempts ?? []).Any(attempt =>
                attempt.IsRinging))
            {
                var offer = payment.Attempts?.FirstOrDefault(attempt => attempt.Status is AttemptStatus.Offered);
                if (offer is not null && guest.Dice.Chance(0.5))
                    guest.World.Phones.Type(new PushRequest(offer.Reference, Purse.Phone(guest.Dice), payment.Amount));
                if (offer is not null && guest.Dice.Chance(0.7)) continue;
                var ring = new InitiatePayment(by, payment.Id, Purse.Phone(guest.Dice), Operation: operation);
                await guest.Insist(
                    "ring", pending.Id, operation, (session, patience) => session.Initiate(ring, patience));
            }
        }
    }

    private static PaymentAttempt? Undecided(Session.Opened session) => session.Payments
        .SelectMany(payment => payment.Attempts ?? [])
        .FirstOrDefault(attempt => attempt.InSuspense is not null);

    /// <summary>A manager says what becomes of money that came too late or too little.</summary>
    private static async Task Decide(Guest guest, Session.Opened session, PaymentAttempt attempt)
    {
        var kitchen = guest.World.City.Of(session.Opening.KitchenId);
        var payment = session.Payments.First(candidate => (candidate.Attempts ?? []).Contains(attempt));
        var rest = payment.Amount - (attempt.Received ?? Money.Zero);
        var operation = guest.NewOperation();
        var decision = guest.Dice.Pick(
            SuspenseDecision.Refund, SuspenseDecision.CreditKitchenWallet, SuspenseDecision.TakeRest);
        var decide = new ResolveSuspense(
            kitchen.Cashier, attempt.Reference, decision,
            decision is SuspenseDecision.CreditKitchenWallet ? guest.Dice.Pick(kitchen.Customers) : null,
            decision is SuspenseDecision.TakeRest ? [new PaymentRequest(PaymentMethod.Cash, rest)] : null, operation);
        await guest.Insist("decide", session.Id, operation, (grain, patience) =>
            grain.ResolveSuspense(decide, patience));
    }

    private static async Task Leave(Guest guest, Caller by, Guid id)
    {
        var operation = guest.Dice.Chance(0.8) ? guest.NewOperation() : null;
        var all = new CancelSession(by, operation, WholeGroup: true);
        if (guest.Dice.Chance(0.7))
            await guest.Insist("cancel", id, operation, (session, patience) => session.Cancel(all, patience));
        else
            await guest.Insist(
                "expire", id, operation,
                (session, patience) => session.ExpireEarly(new ExpireSession(by, operation), patience));
    }
}
