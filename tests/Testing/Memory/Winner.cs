using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>What a commit that won writes, save items and wallets, which are moved for the batch as a whole.</summary>
internal static class Winner
{
    public static void Apply(MemoryDatabase database, IReadOnlyList<GrainCommit> winners, MovingItems items)
    {
        foreach (var winner in winners) Keep(database, winner);
        var effects =
            from commit in winners
            from effect in commit.Effects
            orderby TurnOf(effect)
            select (commit, effect);
        foreach (var (commit, effect) in effects.ToList()) Apply(database, commit, effect, items);
        LinkPlaces.Apply(database, winners);
        // When all bills of the batch are as they are now, whichever came first.
        foreach (var keep in winners.SelectMany(winner => winner.Effects).OfType<Effect.KeepBill>())
            Settle(database, keep.Bill);
    }

    /// <summary>
    /// Rows that were there before the batch change first, so that none of those changes sees what the batch adds.
    /// Items come back last, to rows that may be the batch's own.
    /// </summary>
    private static int TurnOf(Effect effect) => effect switch
    {
        Effect.SellReserved or Effect.ReleaseReserved or Effect.MoveOrder or Effect.CloseAttempt
            or Effect.CloseRefund or Effect.SettleRefund or Effect.WakeSubscription => 1,
        Effect.ExtendReserved => 2,
        Effect.ReturnStock => 4,
        _ => 3,
    };

    private static void Keep(MemoryDatabase database, GrainCommit commit)
    {
        switch (commit)
        {
            case { Kind: GrainKind.Session, Row: { } row, ExpectedVersion: 0 }:
                Open(database, new SessionInRows(commit.Key, 1, commit.State, commit.KitchenId, row));
                break;
            case { Kind: GrainKind.Session, Row: { } row }:
                database.SessionRows[commit.Key] = database.SessionRows[commit.Key].Continued(commit.State, row);
                break;
            case { Kind: GrainKind.Inventory }:
                var version = database.InventoryRows.GetValueOrDefault(commit.Key)?.Version ?? 0;
                database.InventoryRows[commit.Key] = new StoredState(commit.State, version + 1);
                break;
        }

        if (commit.Operation is { } operation)
        {
            database.OperationRows[operation.Id] = new OperationInRows(
                operation.Id, operation.Fingerprint, commit.Kind, commit.Key, commit.ExpectedVersion + 1,
                commit.Answer ?? commit.State);
        }
    }

    private static void Open(MemoryDatabase database, SessionInRows session)
    {
        database.SessionRows[session.Id] = session;
        database.Numbers.Add((session.KitchenId, session.Row.BusinessDate, session.Row.Number));
        if (session.Row.SlipCode is { } code) database.SlipCodes.Add(code);
    }

    private static void Apply(MemoryDatabase database, GrainCommit commit, Effect effect, MovingItems items)
    {
        switch (effect)
        {
            case Effect.ReserveStock reserve:
                foreach (var line in reserve.Lines)
                    Keep(reserve.SessionId, reserve.KitchenId, line, ItemsState.Reserved, reserve.ExpiresAt);
                break;
            case Effect.SellStock sell:
                foreach (var line in sell.Lines)
                    Keep(sell.SessionId, sell.KitchenId, line, ItemsState.Sold, expiresAt: null);
                break;
            case Effect.SellReserved sell:
                Change(sell.SessionId, kept => kept with { State = ItemsState.Sold });
                break;
            case Effect.ReleaseReserved release:
                Change(release.SessionId, kept => kept with { State = ItemsState.Released });
                break;
            case Effect.ExtendReserved extend:
                Change(extend.SessionId, kept => kept with { ExpiresAt = extend.ExpiresAt });
                break;
            case Effect.ReturnStock back:
                foreach (var line in back.Lines)
                {
                    if (database.ItemsRows.TryGetValue((back.SessionId, line.MenuId), out var sold))
                        database.ItemsRows[(back.SessionId, line.MenuId)] =
                            sold with { Returned = sold.Returned + line.Quantity };
                }

                break;
            case Effect.AdjustStock adjust:
                database.JournalRows[adjust.Adjustment.Id] =
                    new JournalInRows(adjust.KitchenId, adjust.Adjustment, items.DifferenceOf(adjust));
                break;
            case Effect.PlaceOrder(var order):
                database.OrderRows[order.Id] = new OrderInRows(
                    order, order.Status is OrderStatus.Placed ? TicketStatus.New : null);
                database.OrderedSessions.Add(order.SessionId);
                break;
            case Effect.MoveOrder move:
                if (database.OrderRows.TryGetValue(move.OrderId, out var known))
                    database.OrderRows[move.OrderId] = new OrderInRows(
                        known.Order with { Status = move.Status }, move.Ticket ?? known.Ticket);
                break;
            case Effect.Transfer(var transfer):
                database.PostingRows.Add(new PostingInRows(
                    transfer, transfer.SessionId ?? commit.SessionId, commit.Operation?.Id, commit.At));
                database.Posted.Add(new PostingKey(transfer.PaymentId, transfer.Step, transfer.Part));
                break;
            case Effect.KeepBill keep:
                var bill = database.Bill(keep.Bill.Id)?.Version ?? keep.ExpectedVersion;
                database.BillRows[keep.Bill.Id] =
                    new BillInRows(bill + 1, StateJson.Write<Bill>(keep.Bill), keep.Bill);
                break;
            case Effect.KeepSession { Session: var session, ExpectedVersion: > 0 }:
                database.SessionRows[session.Id] = database.SessionRows[session.Id].Continued(
                    StateJson.Write<Session>(session), SessionRows.Of(session));
                break;
            case Effect.KeepCart keep:
                var cart = database.Cart(keep.AccountId)?.Version ?? keep.ExpectedVersion;
                database.CartRows[keep.AccountId] =
                    new CartInRows(keep.AccountId, cart + 1, StateJson.Write<Cart>(keep.Cart), keep.Cart);
                break;
            case Effect.KeepSession { Session: var session }:
                Open(database, new SessionInRows(
                    session.Id, 1, StateJson.Write<Session>(session), session.Opening.KitchenId,
                    SessionRows.Of(session)));
                break;
            case Effect.Publish publish:
                database.EventRows.Add(new EventInRows(publish.KitchenId, publish.Event, commit.At));
                break;
            default:
                Pay(database, commit, effect);
                break;
        }

        void Keep(Guid session, Guid kitchen, StockLine line, ItemsState state, DateTimeOffset? expiresAt)
        {
            if (!items.IsTracked(new Shelf(kitchen, line.MenuId))) return;
            database.ItemsRows[(session, line.MenuId)] =
                new ItemsInRows(session, line.MenuId, kitchen, line.Quantity, state, expiresAt);
        }

        void Change(Guid session, Func<ItemsInRows, ItemsInRows> change)
        {
            foreach (var (key, kept) in database.ItemsRows.Where(row => row.Key.SessionId == session).ToList())
            {
                if (kept.State == ItemsState.Reserved) database.ItemsRows[key] = change(kept);
            }
        }
    }

    /// <summary>An order is paid when every bill that something of it is on is paid, or void.</summary>
    private static void Settle(MemoryDatabase database, Bill.Opened settled)
    {
        if (settled.Status is not (BillStatus.Paid or BillStatus.Void)) return;
        foreach (var order in settled.Orders.Where(database.OrderRows.ContainsKey))
        {
            var statuses = database.Bills
                .Where(row => row.Bill.Orders.Contains(order))
                .Select(row => row.Bill.Status)
                .ToList();
            if (!statuses.Contains(BillStatus.Paid)
                || statuses.Exists(status => status is not (BillStatus.Paid or BillStatus.Void)))
                continue;
            var placed = database.OrderRows[order];
            database.OrderRows[order] = placed with
            {
                Order = placed.Order with { PaymentState = OrderPaymentState.Paid },
            };
        }
    }

    /// <summary>What is to be said to aggregators.</summary>
    private static void Pay(MemoryDatabase database, GrainCommit commit, Effect effect)
    {
        switch (effect)
        {
            case Effect.StartAttempt start:
                var attempt = start.Attempt;
                var paid = attempt.Status is AttemptStatus.Succeeded;
                var work = AttemptWork.Of(start);
                database.AttemptRows[attempt.Reference] = new AttemptInRows(
                    attempt.Id, start.PaymentId, start.KitchenId, paid ? AttemptStatus.Succeeded : AttemptStatus.Sent,
                    work, work.LookAt, start.Suspense, RingsUntil: work.RingsUntil, AskedBy: start.AskedBy);
                break;
            case Effect.CloseAttempt close when database.Attempt(close.Reference) is { } open:
                database.AttemptRows[close.Reference] = open with
                {
                    State = close.Status,
                    NextLookAt = null,
                    Suspense = close.Suspense,
                };
                break;
            case Effect.ClaimReceipts claim:
                foreach (var receipt in claim.Receipts)
                    database.ReceiptRows[(claim.Adapter, receipt)] = claim.Reference;
                break;
            case Effect.SpendAuthorization spend:
                database.SpentCodes[spend.AuthorizationId] =
                    database.SpentCodes.GetValueOrDefault(spend.AuthorizationId) + 1;
                break;
            case Effect.StartRefund start:
                var reference = start.To?.Reference ?? start.Refund.Reference;
                database.RefundRows[reference] = new RefundInRows(
                    start.KitchenId,
                    new RefundWork(
                        reference, start.Attempt.KnownAs, start.SessionId, start.To?.Adapter ?? start.Attempt.Adapter,
                        start.To?.PhoneNumber ?? start.Attempt.PhoneNumber, start.Refund.Amount, Tries: 0,
                        IsPayout: start.To is not null),
                    start.Refund.Part, Done: false, commit.At);
                break;
            case Effect.SettleRefund settle:
                database.RefundRows[settle.Reference] = database.RefundRows[settle.Reference] with
                {
                    Done = settle.Way is not RefundWay.AnotherPhone,
                    Settled = settle.Way,
                    NextTryAt = null,
                };
                break;
            case Effect.CloseRefund close when database.RefundRows.GetValueOrDefault(close.Reference) is { } owed:
                database.RefundRows[close.Reference] = owed with { Done = true, NextTryAt = null };
                break;
            case Effect.CloseAttempt or Effect.CloseRefund:
                break;
            case Effect.AttestReceipt attest:
                database.Attested.Add((TillNames.ReceiptsOf(attest.Attestation.Adapter), attest.Attestation.Receipt));
                break;
            case Effect.BeginSubscription(var begun):
                database.SubscriptionRows[begun.Id] = new SubscriptionInRows(begun, Version: 1, begun.TrialEndsAt);
                break;
            case Effect.WakeSubscription(var id) when database.Subscription(id) is { } woken:
                database.SubscriptionRows[id] = woken with { DueAt = commit.At };
                break;
            case Effect.CountLinkSession or Effect.WakeSubscription:
                break; // The places of links are counted for the batch as a whole.
            case Effect.RecordSaleChange or Effect.RecordCorrection:
                break; // Only reports read them, and they are SQL.
            default:
                throw new UnreachableException($"The database does not know {effect}.");
        }
    }
}
