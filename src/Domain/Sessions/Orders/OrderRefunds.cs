using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Orders.OrderRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>Refunds of an order. Money goes back by the payments it came from, and never more than they were.</summary>
public static class OrderRefunds
{
    extension(Session session)
    {
        public Decision RefundOrder(RefundOrder command, DateTimeOffset now)
        {
            if (session.Precluded(command, NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            if (opened.Remembering(command.Operation) is not Session.Confirmed sale) return NotFound;

            var unknown = sale.Unknown(command.Items ?? []);
            if (unknown.Count > 0) return unknown;
            if (sale.Opening.SessionType is SessionType.Tab) return OrderOnBill(sale.Opening.BillId);
            if (sale.After.Status is OrderStatus.NeedsApproval) return OrderNeedsApproval;
            var exceeding = sale.Exceeding(command.Items ?? []);
            if (exceeding.Count > 0) return exceeding;

            var items = sale.ItemsOf(command.Items ?? []);
            var amount = command.Amount ?? items.Sum(item => sale.UnitPrice(item.MenuId) * item.Quantity);
            if (amount > sale.Refundable) return RefundExceedsPaid(sale.Refundable);
            return sale.After.Refunds.Count < OrderRules.MostRefunds
                ? sale.TakeBack(amount, items, command.Restock, command.Reason, command.By, now)
                : TooManyRefunds;
        }
    }

    extension(Session.Confirmed sale)
    {
        public OrderState After => sale.OrderState ?? OrderState.AtBirth;

        /// <summary>The amount that was paid and not refunded yet.</summary>
        public Money Refundable => sale.Payments.Sum(payment => payment.Refundable);

        /// <summary>What one more refund can give back: nothing when there were as many as there can be.</summary>
        internal Money CanGiveBack =>
            sale.After.Refunds.Count < OrderRules.MostRefunds ? sale.Refundable : Money.Zero;

        /// <summary>Refunds some of what was sold.</summary>
        internal Decision.Commit TakeBack(
            Money amount, Sequence<StockLine> items, bool restock, string? reason, Caller by, DateTimeOffset now)
        {
            var back = sale.PayBack(amount, items, restock, reason, by, now);
            return back with { Effects = [.. back.Effects, .. sale.Recorded(amount, items)] };
        }

        /// <summary>Gives back an amount, taking from the last payment first.</summary>
        internal Decision.Commit PayBack(
            Money amount, Sequence<StockLine> items, bool restock, string? reason, Caller by, DateTimeOffset now)
        {
            var number = sale.After.Refunds.Count;
            var kitchen = sale.Opening.KitchenId;
            var shares = sale.SharesOf(amount);
            var payments = sale.Payments.Zip(shares, (payment, share) =>
                payment.GivingBack(share, number, by)).ToSequence();
            var refund = new OrderRefund(
                now, by, reason, items, restock,
                payments.Zip(shares)
                    .Where(payment => payment.Second > Money.Zero)
                    .Select(payment =>
                        new RefundedPayment(payment.First.Id, payment.Second, payment.First.ReferenceOf(number)))
                    .ToSequence());
            return new Decision.Commit(
                sale with
                {
                    Payments = payments,
                    OrderState = sale.After with { Refunds = sale.After.Refunds.With(refund) },
                    Timeline = sale.Timeline.With(new TimelineEntry(TimelineEntryKind.OrderRefunded, now, by)),
                },
                [
                    .. sale.Payments.Zip(shares)
                        .Where(payment => payment.Second > Money.Zero)
                        .SelectMany(payment => payment.First.Reverse(kitchen, by, number, payment.Second)),
                    .. sale.RefundedFromWallet(number, amount),
                    .. sale.GiveBackCommission(number, amount),
                    .. payments.Zip(sale.Payments).SelectMany(payment =>
                        payment.First.StartRefunds(payment.Second, sale)),
                    .. restock ? [new Effect.ReturnStock(kitchen, sale.Id, items)] : Array.Empty<Effect>(),
                    new Effect.Publish(
                        kitchen, new KitchenEvent.OrderRefunded(sale.Id, sale.OrderId, number + 1, amount)),
                ]);
        }

        /// <summary>The refund for the list of the day: item by item, or its amount when it names none.</summary>
        private IEnumerable<Effect> Recorded(Money amount, Sequence<StockLine> items)
        {
            var first = sale.After.Refunds.Count * OrderRules.MostItems;
            return items.Count == 0
                ? [Recorded(first, menuId: null, name: null, quantity: 0, amount)]
                : items.Index().Select(item => Recorded(
                    first + item.Index, item.Item.MenuId, sale.LineOf(item.Item.MenuId).Name, item.Item.Quantity,
                    sale.UnitPrice(item.Item.MenuId) * item.Item.Quantity));

            Effect Recorded(int part, Guid? menuId, string? name, int quantity, Money share) =>
                new Effect.RecordSaleChange(new SaleChange(
                    SaleChangeKind.Refund, sale.Id, part, sale.Opening.KitchenId, sale.Id, menuId, name, quantity,
                    share));
        }

        private Sequence<Money> SharesOf(Money amount)
        {
            var shares = new Money[sale.Payments.Count];
            for (var payment = shares.Length - 1; payment >= 0; payment--)
            {
                var refundable = sale.Payments[payment].Refundable;
                shares[payment] = amount < refundable ? amount : refundable;
                amount -= shares[payment];
            }

            return Sequence.Of<Money>(shares);
        }

        private Sequence<Refusal> Unknown(Sequence<ItemsToRefund> items) => items.Index()
            .Where(item => sale.Opening.Lines.All(line => line.MenuId != item.Item.MenuId))
            .Select(item => OrderItemNotFound(item.Index))
            .ToSequence();

        private Sequence<Refusal> Exceeding(Sequence<ItemsToRefund> items) => items.Index()
            .Select(item => (item.Index, item.Item.Quantity, Left: sale.ItemsLeft(item.Item.MenuId)))
            .Where(item => item.Left < (item.Quantity ?? 1))
            .Select(item => RefundExceedsItems(item.Index, item.Left))
            .ToSequence();

        private Sequence<StockLine> ItemsOf(Sequence<ItemsToRefund> items) => items
            .Select(item => new StockLine(item.MenuId, item.Quantity ?? sale.ItemsLeft(item.MenuId)))
            .ToSequence();

        private int ItemsLeft(Guid menuId) =>
            sale.Opening.Lines.Where(line => line.MenuId == menuId).Sum(line => line.Quantity)
            - sale.After.Refunded(menuId);

        /// <summary>All lines of a session are priced at the same moment, so each item has one price.</summary>
        private Money UnitPrice(Guid menuId) => sale.LineOf(menuId).UnitPrice;

        private Line LineOf(Guid menuId) => sale.Opening.Lines.First(line => line.MenuId == menuId);
    }

    extension(Payment payment)
    {
        private Payment GivingBack(Money share, int refund, Caller by)
        {
            if (share == Money.Zero) return payment;
            var back = payment with { Refunded = (payment.Refunded ?? Money.Zero) + share };
            return payment switch
            {
                { IsByPhone: true } => back.PayingBack(Refund.OfOrder + refund, share),
                { IsAttested: true } when by.Kind is not CallerKind.Staff =>
                    back with { Status = PaymentStatus.ToReturn },
                _ => back,
            };
        }

        private string? ReferenceOf(int refund) => (payment.Attempts ?? [])
            .SelectMany(attempt => attempt.Refunds ?? [])
            .FirstOrDefault(paid => paid.Part == Refund.OfOrder + refund)?.Reference;
    }
}
