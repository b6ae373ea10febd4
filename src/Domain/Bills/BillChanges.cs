using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Bills.Bill>;

namespace JikoXpress.Domain.Bills;

/// <summary>Changes to an open bill by staff: transfer, merge, void a line, write off.</summary>
public static class BillChanges
{
    extension(Bill bill)
    {
        /// <param name="rounds">The bill's rounds, whose tickets follow the guests.</param>
        public Decision Transfer(TransferBill command, Sequence<KnownSale> rounds, DateTimeOffset now) => bill.Change(
            command, command.Broken(),
            opened => new Decision.Commit(
                opened.Noting(BillTimelineEntryKind.Transferred, command.By, now, reason: opened.TableNumber) with
                {
                    TableNumber = command.TableNumber,
                },
                opened.Seated(rounds, command.TableNumber)));

        /// <param name="from">The other bill; null when the kitchen has no such bill.</param>
        /// <param name="rounds">The other bill's rounds, whose tickets are for this bill's table from now on.</param>
        public Decision Merge(MergeBill command, KnownBill? from, Sequence<KnownSale> rounds, DateTimeOffset now) =>
            bill.Change(
                command, bill is Bill.Opened into ? BillRules.Broken(command, into.Id) : [],
                opened => from is { } known ? opened.Merge(known, rounds, command.By, now) : BillRefusals.NotFound);

        /// <param name="round">The round of the line; null when the bill has no such line.</param>
        /// <param name="paid">The sessions that have paid the bill.</param>
        /// <param name="rest">The id of the voided line where it is only a part of the one that was named.</param>
        public Decision VoidLine(
            VoidBillLine command, KnownSale? round, Sequence<KnownSale> paid, Guid rest, DateTimeOffset now) =>
            bill.Change(command, command.Broken(), opened => opened.VoidLine(command, round, paid, rest, now));

        public Decision WriteOff(WriteOffBill command, DateTimeOffset now) => bill.Change(
            command, command.Broken(),
            opened => new Decision.Commit(
                opened.Noting(BillTimelineEntryKind.WrittenOff, command.By, now, reason: command.Reason) with
                {
                    Status = BillStatus.WrittenOff,
                },
                [
                    new Effect.RecordSaleChange(new SaleChange(
                        SaleChangeKind.WriteOff, opened.Id, 0, opened.Opening.KitchenId, SessionId: null, MenuId: null,
                        Name: null, Quantity: 0, opened.Balance)),
                    new Effect.Publish(
                        opened.Opening.KitchenId, new KitchenEvent.BillClosed(opened.Id, BillStatus.WrittenOff)),
                ]));

        /// <summary>The checks that all these changes share, in this order.</summary>
        internal Decision Change(IGrainCommand command, Sequence<Refusal> broken, Func<Bill.Opened, Decision> change)
        {
            if (bill is not Bill.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : BillRefusals.NotFound;
            if (opened.AnswerTo(command.Operation) is { } answer) return answer;
            if (broken.Count > 0) return broken;
            return opened.NotChangeable is { } refusal ? refusal : change(opened.Remembering(command.Operation));
        }
    }

    extension(Bill.Opened bill)
    {
        /// <summary>
        /// The rounds at another table. A round stays where it is when another bill has a part of it: nobody can say to
        /// which of the tables it goes.
        /// </summary>
        private Sequence<Effect> Seated(Sequence<KnownSale> rounds, string table) => rounds
            .Where(round => round.Session.Table != table && bill.HasAllOf(round.Session))
            .SelectMany(round => round.Session.Seat(table).InCompany(round.Version))
            .ToSequence();

        private bool HasAllOf(Session.Confirmed round) =>
            bill.Lines.Where(line => line.SessionId == round.Id).Sum(line => line.Dish.Quantity)
            == round.Opening.Lines.Sum(line => line.Quantity);

        private Decision Merge(KnownBill from, Sequence<KnownSale> rounds, Caller by, DateTimeOffset now)
        {
            var other = from.Bill;
            if (bill.Lines.Count + other.Lines.Count > BillRules.MostLines) return BillRefusals.TooManyItems;
            if (other.NotChangeable is { } refusal) return refusal;
            if (other.Paid > Money.Zero) return BillRefusals.BillPartPaid;

            var gone = other.Noting(BillTimelineEntryKind.MergedAway, by, now, bill.Id) with
            {
                Status = BillStatus.Merged,
                Lines = [],
                Shares = [],
                MergedInto = bill.Id,
            };
            return new Decision.Commit(
                bill.Noting(BillTimelineEntryKind.MergedIn, by, now, other.Id) with
                {
                    Lines = [.. bill.Lines, .. other.Lines],
                    Shares = [.. bill.Shares, .. other.Shares],
                },
                [new Effect.KeepBill(gone, from.Version), .. other.Seated(rounds, bill.TableNumber)]);
        }

        private Decision VoidLine(
            VoidBillLine command, KnownSale? round, Sequence<KnownSale> paid, Guid rest, DateTimeOffset now)
        {
            if (bill.Line(command.LineId) is not { } named || round is null) return BillRefusals.LineNotFound;
            if (named.Voided is not null) return BillRefusals.BillLineVoided;
            var left = named.Dish.Quantity - (command.Quantity ?? named.Dish.Quantity);
            if (left < 0) return BillRefusals.VoidOutOfRange(named.Dish.Quantity);

            var line = left == 0 ? named : named.Of(named.Dish.Quantity - left) with { Id = rest };
            var paidTooMuch = line.Dish.Total > bill.Balance ? line.Dish.Total - bill.Balance : Money.Zero;
            if (paidTooMuch > paid.Sum(sale => sale.Session.CanGiveBack))
                return BillRefusals.VoidExceedsBalance(bill.Balance);

            var told = round.Session.Void(line, command.By, now);
            var voided = line with
            {
                Voided = new VoidedLine(
                    command.Reason, command.By, now, round.Session.IsUntouched,
                    paidTooMuch > Money.Zero ? paidTooMuch : null),
            };
            var (next, given) = bill.GiveBack(paidTooMuch, paid, command, now);
            return next
                .Noting(BillTimelineEntryKind.LineVoided, command.By, now, line.Id, command.Reason)
                .Replacing(named, left == 0 ? [voided] : [named.Of(left), voided])
                .Settled(
                [
                    new Effect.KeepSession((Session.Opened)told.Next, round.Version), .. told.Effects, .. given,
                    new Effect.RecordSaleChange(new SaleChange(
                        SaleChangeKind.Void, line.Id, 0, bill.Opening.KitchenId, round.Session.Id, line.Dish.MenuId,
                        line.Dish.Name, line.Dish.Quantity, line.Dish.Total, paidTooMuch)),
                ]);
        }

        private Bill.Opened Replacing(BillLine line, Sequence<BillLine> by) =>
            bill with { Lines = bill.Lines.SelectMany(known => known.Id == line.Id ? by : [known]).ToSequence() };

        /// <summary>Gives an amount back, from the last payment first, by the sessions that took it.</summary>
        private (Bill.Opened Next, Sequence<Effect> Effects) GiveBack(
            Money amount, Sequence<KnownSale> paid, VoidBillLine command, DateTimeOffset now)
        {
            var (next, effects) = (bill, new List<Effect>());
            foreach (var sale in paid.Reverse())
            {
                var share = amount < sale.Session.CanGiveBack ? amount : sale.Session.CanGiveBack;
                if (share == Money.Zero) continue;
                amount -= share;
                var back = sale.Session.PayBack(share, items: [], restock: false, command.Reason, command.By, now);
                next = next.HavingGivenBack(share, (Session.Confirmed)back.Next);
                effects.AddRange(back.InCompany(sale.Version));
            }

            return (next, effects.ToSequence());
        }

        private Bill.Opened HavingGivenBack(Money share, Session.Confirmed session) => bill with
        {
            Payments = bill.Payments
                .Select(payment => payment.SessionId == session.Id
                    ? payment with
                    {
                        Payments = session.Payments,
                        GivenBack = (payment.GivenBack ?? Money.Zero) + share,
                    }
                    : payment)
                .ToSequence(),
        };
    }
}
