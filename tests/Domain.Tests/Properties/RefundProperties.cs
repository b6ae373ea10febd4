using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// A sale that was paid in six ways is refunded in any order, by items and by amounts, while the aggregator pays back
/// when it likes: never more than was paid goes back, and each shilling is somewhere.
/// </summary>
public sealed class RefundProperties
{
    private const int Runs = 3_000;
    private const long Paid = 8_000;

    [Fact]
    public void Refunds_in_any_order_conserve_each_shilling_and_never_exceed_what_was_paid()
    {
        var seen = new Dictionary<string, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            Session sale = Sales.SixWays;
            var effects = new List<Effect>();
            foreach (var step in steps)
            {
                var decision = step.Decide(sale, effects);
                seen[$"{step.What} {decision.GetType().Name}"] =
                    seen.GetValueOrDefault($"{step.What} {decision.GetType().Name}") + 1;
                if (decision is not Decision<Session>.Commit commit) continue;
                effects.AddRange(commit.Effects);
                sale = commit.Next;
                Balances((Session.Confirmed)sale, effects);
            }
        });

        string[] everything =
        [
            "Amount Commit", "Amount Refuse", "Items Commit", "Items Refuse", "PaidBack Commit", "PaidBack Unchanged",
        ];
        Assert.All(everything, what => Assert.InRange(seen.GetValueOrDefault(what), 10, int.MaxValue));
    }

    private static void Balances(Session.Confirmed sale, List<Effect> effects)
    {
        var refunded = sale.After.Refunds.Sum(refund => refund.Amount).Shillings;
        Assert.InRange(refunded, 1, Paid);
        Assert.Equal(Paid - refunded, sale.Refundable.Shillings);
        Assert.Equal(refunded, effects.Balance(AccountKind.Sales));
        Assert.All(sale.Payments, payment =>
            Assert.InRange((payment.Refunded ?? Money.Zero).Shillings, 0, payment.Amount.Shillings));
        Assert.InRange(sale.After.Refunded(Pilau.Id), 0, 2);

        long BackOf(PaymentMethod method) =>
            sale.Payments.Where(payment =>
                payment.Method == method).Sum(payment => payment.Refunded ?? Money.Zero).Shillings;
        Assert.Equal(-BackOf(PaymentMethod.Cash), effects.Balance(AccountKind.Drawer));
        Assert.Equal(-BackOf(PaymentMethod.KitchenWallet), effects.Balance(AccountKind.KitchenWallet));
        Assert.Equal(-BackOf(PaymentMethod.PlatformWallet), effects.Balance(AccountKind.PlatformWallet));
        Assert.Equal(
            -BackOf(PaymentMethod.MobileMoney),
            effects.Balance(AccountKind.Suspense) + effects.Balance(AccountKind.MobileMoney));
        var postings = effects.OfType<Effect.Transfer>().Select(effect => effect.Movement).ToList();
        Assert.Equal(
            postings.Count, postings.Select(posting =>
                (posting.PaymentId, posting.Step, posting.Part)).Distinct().Count());
    }

    private enum What { Amount = 1, Items, PaidBack }

    private sealed record Step(What What, int Size)
    {
        public static Gen<Step> Any { get; } =
            from what in Gen.Elements(Enum.GetValues<What>())
            from size in Gen.Choose(1, 3_000)
            select new Step(what, size);

        public IEnumerable<Step> Simpler()
        {
            if (Size > 1) yield return this with { Size = Size / 2 };
        }

        public Decision<Session> Decide(Session sale, List<Effect> effects) => What switch
        {
            What.Amount => sale.Give(Sales.Refund(Size)),
            What.Items => sale.Give(Sales.Refund(Pilau.Id, (Size % 3) + 1, restock: Size % 2 == 0)),
            _ => PaidBack(sale, [.. effects.OfType<Effect.StartRefund>()]),
        };

        private Decision<Session> PaidBack(Session sale, List<Effect.StartRefund> started) => started.Count == 0
            ? new Decision<Session>.Unchanged()
            : sale.Refunded(started[Size % started.Count].Refund.Reference, Sales.Later);
    }
}
