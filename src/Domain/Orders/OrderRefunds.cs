using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Orders.OrderRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Orders;

/// <summary>Money that goes back for an order: to the payments it came from, and never more than they were.</summary>
public static class OrderRefunds
{
    extension(Session session)
    {
        public Decision RefundOrder(RefundOrder command, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = OrderRules.Broken(command);
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (broken.Count > 0) return broken;
            if (opened.Remembering(command.Operation) is not Session.Confirmed sale) return NotFound;

            var unknown = sale.Unknown(command.Items ?? []);
            if (unknown.Count > 0) return unknown;
            if (sale.Opening.SessionType is SessionType.Tab) return OrderOnBill(sale.Opening.BillId);
            if (sale.After.Status is OrderStatus.NeedsApproval) return OrderNeedsApproval;
            var exceeding = sale.Exceeding(command.Items ?? []);
            if (exceeding.Count > 0) return exceeding;

            var plates = sale.PlatesOf(command.Items ?? []);
            var amount = command.Amount ?? plates.Sum(plate => sale.UnitPrice(plate.MenuId) * plate.Quantity);
            if (amount > sale.Refundable) return RefundExceedsPaid(sale.Refundable);
            return sale.After.Refunds.Count < OrderRules.MostRefunds
                ? sale.PayBack(amount, plates, command.Restock, command.Reason, command.By, now)
                : TooManyRefunds;
        }
    }

    extension(Session.Confirmed sale)
    {
        public AfterSale After => sale.AfterSale ?? AfterSale.AtBirth;

        /// <summary>What was paid and has not been given back.</summary>
        public Money Refundable => sale.Legs.Sum(leg => leg.Refundable);

        /// <summary>Gives an amount back, from the last payment to the first.</summary>
        internal Decision.Commit PayBack(
            Money amount, Sequence<StockLine> plates, bool restock, string? reason, Caller by, DateTimeOffset now)
        {
            var number = sale.After.Refunds.Count;
            var kitchen = sale.Opening.KitchenId;
            var shares = sale.SharesOf(amount);
            var legs = sale.Legs.Zip(shares, (leg, share) => leg.GivingBack(share, number, by)).ToSequence();
            var refund = new OrderRefund(
                now, by, reason, plates, restock,
                legs.Zip(shares)
                    .Where(leg => leg.Second > Money.Zero)
                    .Select(leg => new RefundedLeg(leg.First.Id, leg.Second, leg.First.ReferenceOf(number)))
                    .ToSequence());
            return new Decision.Commit(
                sale with
                {
                    Legs = legs,
                    AfterSale = sale.After with { Refunds = sale.After.Refunds.With(refund) },
                    Timeline = sale.Timeline.With(new Happening(HappeningKind.OrderRefunded, now, by)),
                },
                [
                    .. sale.Legs.Zip(shares)
                        .Where(leg => leg.Second > Money.Zero)
                        .SelectMany(leg => leg.First.Reverse(kitchen, by, number, leg.Second)),
                    .. legs.Zip(sale.Legs).SelectMany(leg => leg.First.StartRefunds(leg.Second, sale)),
                    .. restock ? [new Effect.ReturnStock(kitchen, sale.Id, plates)] : Array.Empty<Effect>(),
                    new Effect.Publish(
                        kitchen, new KitchenEvent.OrderRefunded(sale.Id, sale.OrderId, number + 1, amount)),
                ]);
        }

        private Sequence<Money> SharesOf(Money amount)
        {
            var shares = new Money[sale.Legs.Count];
            for (var leg = shares.Length - 1; leg >= 0; leg--)
            {
                var refundable = sale.Legs[leg].Refundable;
                shares[leg] = amount < refundable ? amount : refundable;
                amount -= shares[leg];
            }

            return Sequence.Of<Money>(shares);
        }

        private Sequence<Refusal> Unknown(Sequence<PlatesToRefund> items) => items.Index()
            .Where(item => sale.Opening.Lines.All(line => line.MenuId != item.Item.MenuId))
            .Select(item => OrderItemNotFound(item.Index))
            .ToSequence();

        private Sequence<Refusal> Exceeding(Sequence<PlatesToRefund> items) => items.Index()
            .Select(item => (item.Index, item.Item.Quantity, Left: sale.PlatesLeft(item.Item.MenuId)))
            .Where(item => item.Left < (item.Quantity ?? 1))
            .Select(item => RefundExceedsItems(item.Index, item.Left))
            .ToSequence();

        private Sequence<StockLine> PlatesOf(Sequence<PlatesToRefund> items) => items
            .Select(item => new StockLine(item.MenuId, item.Quantity ?? sale.PlatesLeft(item.MenuId)))
            .ToSequence();

        private int PlatesLeft(Guid menuId) =>
            sale.Opening.Lines.Where(line => line.MenuId == menuId).Sum(line => line.Quantity)
            - sale.After.Refunded(menuId);

        /// <summary>All lines of a session are priced at one moment, so that an item has one price.</summary>
        private Money UnitPrice(Guid menuId) => sale.Opening.Lines.First(line => line.MenuId == menuId).UnitPrice;
    }

    extension(Leg leg)
    {
        private Leg GivingBack(Money share, int refund, Caller by)
        {
            if (share == Money.Zero) return leg;
            var back = leg with { Refunded = (leg.Refunded ?? Money.Zero) + share };
            return leg switch
            {
                { Method: PaymentMethod.MobileMoney } => back.PayingBack(Refund.OfOrder + refund, share),
                { IsAttested: true } when by.Kind is not CallerKind.Staff => back with { Status = LegStatus.ToReturn },
                _ => back,
            };
        }

        private string? ReferenceOf(int refund) => (leg.Attempts ?? [])
            .SelectMany(attempt => attempt.Refunds ?? [])
            .FirstOrDefault(paid => paid.Part == Refund.OfOrder + refund)?.Reference;
    }
}
