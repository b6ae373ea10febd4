using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Carts;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// A user who fills a cart, checks it out and pays it, or does not, in any order: the sessions of a group are always in
/// one status, and every shilling that left a phone or a wallet is in a kitchen's sales or on its way back.
/// </summary>
public sealed class GroupProperties
{
    private const int Runs = 5_000;

    [Fact]
    public void A_group_is_never_half_confirmed_and_money_and_items_are_conserved()
    {
        var seen = new Dictionary<string, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            var evening = new Evening(seen);
            foreach (var step in steps)
            {
                evening.Do(step);
                evening.MustBeWhole();
            }
        });

        string[] everything =
        [
            "at once", "waits", "split", "refused", "Confirmed", "Expired", "Cancelled", "Failed", "late", "surplus",
            "underpaid", "refunded", "changed meanwhile",
        ];
        Assert.All(everything, what => Assert.InRange(seen.GetValueOrDefault(what), 10, int.MaxValue));
    }

    private enum What { Put = 1, CheckOut, Pays, SaysNo, Cancel, Pass, Refunds, CancelOne }

    private sealed record Step(What What, int Kitchen, int Number)
    {
        public static Gen<Step> Any { get; } =
            from what in Gen.Elements(Enum.GetValues<What>())
            from kitchen in Gen.Choose(0, 2)
            from number in Gen.Choose(0, 4)
            select new Step(what, kitchen, number);

        public IEnumerable<Step> Simpler()
        {
            if (Kitchen > 0) yield return this with { Kitchen = 0 };
            if (Number > 0) yield return this with { Number = 0 };
        }
    }

    private sealed class Evening
    {
        private static readonly Money Balance = new(20_000);

        private readonly Dictionary<string, int> seen;
        private readonly Party party = new();
        private readonly Books books = new();
        private readonly Dictionary<string, long> charged = [];
        private readonly List<Refund> owed = [];
        private DateTimeOffset now = Noon;
        private int applied;
        private Sequence<CartLine> asCheckedOut = [];

        public Evening(Dictionary<string, int> seen)
        {
            this.seen = seen;
            books.TopUp(new Account(AccountKind.PlatformWallet, Party.Shopper.Id), Balance.Shillings);
        }

        public void Do(Step step)
        {
            switch (step.What)
            {
                case What.Put: Put(step); break;
                case What.CheckOut: CheckOut(step); break;
                case What.Pass: Pass(step.Number.Minutes); break;
                default:
                    if (party.Sessions.Count > 0) Pay(step);
                    break;
            }

            Apply();
        }

        /// <summary>What must hold between any two steps.</summary>
        public void MustBeWhole()
        {
            Assert.Equal(Balance.Shillings, Wallets + Applied(AccountKind.KitchenPayable));
            Assert.Equal(0, books.Sum(AccountKind.Pending));
            // What phones paid is sales, or in suspense until it has gone back.
            var received = charged.Values.Sum();
            Assert.Equal(
                received, books.Sum(AccountKind.MobileMoney) + Returned);
            Assert.Equal(books.Sum(AccountKind.MobileMoney) + books.Sum(AccountKind.PlatformReceivable),
                Applied(AccountKind.Sales) + Applied(AccountKind.Suspense));
            if (party.Sessions.Count == 0) return;

            var status = Assert.Single(party.Sessions.Select(session => session.Status).Distinct());
            Assert.Equal(status is SessionStatus.PendingPayment ? party.Leading.Id : null, party.Cart.Pending?.GroupId);
            Assert.All(party.Sessions, session => Assert.Equal(
                status switch
                {
                    SessionStatus.PendingPayment => "reserved",
                    SessionStatus.Confirmed => "sold",
                    _ => "released",
                },
                books.Items[session.Id]));
            Assert.Equal(
                status is SessionStatus.Confirmed ? party.Sessions.Select(session => session.Id).Order() : [],
                books.Orders.Select(order => order.SessionId).Intersect(party.Sessions.Select(one => one.Id)).Order());
        }

        private long Wallets =>
            -books.Sum(AccountKind.PlatformWallet) - books.Sum(AccountKind.PlatformWalletHold);

        private long Returned { get; set; }

        private long Applied(AccountKind kind) => -books.Sum(kind);

        private void Put(Step step)
        {
            if (party.Cart.Pending is not null) Saw("changed meanwhile");
            party.Put(step.Kitchen, step.Number + 1);
        }

        private void CheckOut(Step step)
        {
            Pass(TimeSpan.Zero);
            var total = new Money(4_000) * party.Cart.Lines.Sum(line => line.Quantity);
            var fromWallet = step.Number switch
            {
                0 =>
                total,
                1 or 2 => new Money(total.Shillings / 3 + step.Kitchen),
                _ => Money.Zero
            };
            PaymentRequest[] payments =
            [
                .. fromWallet > Money.Zero ? [AppWallet(fromWallet.Shillings)] : Array.Empty<PaymentRequest>(),
                .. fromWallet < total ? [Mobile((total - fromWallet).Shillings)] : Array.Empty<PaymentRequest>(),
            ];
            if (fromWallet.Shillings > -books.Sum(AccountKind.PlatformWallet)) return;
            var before = party.Cart;
            if (party.CheckOut(now, payments) is not null)
            {
                Saw("refused");
                return;
            }

            asCheckedOut = before.Lines;
            // What earlier groups have to give back stays in suspense here.
            owed.Clear();
            Saw(party.Leading is Session.Pending ? "waits" : "at once");
            if (payments.Length > 1 && party.Sessions.Count > 1) Saw("split");
            if (party.Leading is Session.Confirmed) Assert.Empty(party.Cart.Lines);
            else Assert.Equal(before.Lines, party.Cart.Lines);
        }

        private void Pay(Step step)
        {
            var cart = party.Cart;
            var was = party.Leading.Status;
            var attempt = party.Leading.Payments.SelectMany(payment => payment.Attempts ?? []).LastOrDefault();
            switch (step.What)
            {
                case What.Pays when attempt is not null && !charged.ContainsKey(attempt.Reference):
                    var due = party.Leading.Payments.Single(payment =>
                        payment.Method is PaymentMethod.MobileMoney).Due.Shillings;
                    Hear(attempt, PaymentOutcome.Succeeded, due + step.Number switch { 3 => 100, 4 => -100, _ => 0 });
                    break;
                case What.SaysNo when attempt is not null && !charged.ContainsKey(attempt.Reference):
                    Hear(attempt, PaymentOutcome.Failed, 0);
                    break;
                case What.Cancel:
                    Decide(session => session.Cancel(new CancelSession(Party.Shopper, WholeGroup: true), now));
                    break;
                case What.CancelOne:
                    var one = party.Sessions[step.Number % party.Sessions.Count];
                    var answer = one.Status is SessionStatus.PendingPayment && one.Deadline > now
                        ? one.Cancel(new CancelSession(Party.Shopper), now).Code()
                        : "session-in-group";
                    Assert.Equal("session-in-group", answer);
                    break;
                case What.Refunds when owed is [var refund, ..]:
                    owed.RemoveAt(0);
                    Decide(session => session.Refunded(refund.Reference, now));
                    Returned += refund.Amount.Shillings;
                    Saw("refunded");
                    break;
            }

            if (was is not SessionStatus.PendingPayment || party.Leading.Status is SessionStatus.PendingPayment) return;
            Saw($"{party.Leading.Status}");
            if (party.Leading is Session.Ended) Assert.Equal(cart.Lines, party.Cart.Lines);
            else Assert.All(party.Cart.Lines, line => Assert.True(line.Quantity > 0
                && line.Quantity + Bought(line) == cart.Lines.Single(other => other.MenuId == line.MenuId).Quantity));
        }

        private int Bought(CartLine line) =>
            asCheckedOut.FirstOrDefault(other => other.MenuId == line.MenuId)?.Quantity ?? 0;

        private void Hear(PaymentAttempt attempt, PaymentOutcome outcome, long amount)
        {
            var isLate = party.Leading is not Session.Pending;
            var report = new PaymentReport(attempt.Reference, outcome, Proof.Queried, new Money(amount), "TZS");
            Decide(session => session.Report(report, party.Next(), LateMoney.GoesBack, now));
            if (outcome is not PaymentOutcome.Succeeded || amount <= 0) return;
            charged[attempt.Reference] = amount;
            if (isLate) Saw("late");
            else if (party.Leading.Payments.Any(payment => payment.Status is PaymentStatus.Underpaid)) Saw("underpaid");
            else if (party.Leading.Payments.SelectMany(payment =>
                payment.Attempts ?? []).Any(one => one.Refunds is not null))
                Saw("surplus");
        }

        private void Pass(TimeSpan time)
        {
            now += time;
            if (party.Sessions.Count == 0) return;
            var was = party.Leading.Status;
            Decide(session => session.Expire(now));
            if (was != party.Leading.Status) Saw($"{party.Leading.Status}");
        }

        private void Decide(Func<Session, Decision<Session>> decide)
        {
            party.Do(now, decide);
            Apply();
        }

        private void Apply()
        {
            for (; applied < party.Committed.Count; applied++)
            {
                foreach (var effect in party.Committed[applied])
                {
                    if (effect is Effect.StartRefund start) owed.Add(start.Refund);
                    if (effect is Effect.Transfer or Effect.ReserveStock or Effect.SellStock or Effect.SellReserved
                        or Effect.ReleaseReserved or Effect.PlaceOrder)
                        books.Apply(effect);
                }
            }
        }

        private void Saw(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
    }
}
