using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;
using static JikoXpress.Domain.Tests.Bills.BillsAtTheTill;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>A bill of 9,500 shillings, and what its payments make of it.</summary>
public sealed class PayingTests
{
    private static readonly Guid Payment = Id(600);
    private static readonly Bill.Opened Owing = Rounds.Opened.Bill;
    private static readonly Decision<Bill> Asked = Owing.Paying(Mobile(9_500));
    private static readonly Bill.Opened Waiting = Asked.Bill;

    [Fact]
    public void Paid_in_full_a_bill_is_closed_by_a_session_that_sells_nothing()
    {
        var (next, effects) = Owing.Paying(Cash(9_500)).Commit();

        var paid = Assert.IsType<Bill.Opened>(next);
        Assert.Equal((BillStatus.Paid, Money.Zero, new Money(9_500)), (paid.Status, paid.Balance, paid.Paid));
        var session = Assert.IsType<Session.Confirmed>(Assert.IsType<Effect.KeepSession>(effects[0]).Session);
        Assert.Equal(
            new BillPayment(
                Payment, new Money(9_500), SessionStatus.Confirmed, session.Payments, Cashier, Sales.Later),
            Assert.Single(paid.Payments));
        Assert.Equal(
            new BillTimelineEntry(BillTimelineEntryKind.PaymentReceived, Sales.Later, Cashier, Payment),
            paid.Timeline[^1]);
        Assert.Equal(
            (Rounds.BillId, new Money(9_500), (Guid?)null, Owing.TableNumber),
            (session.Opening.BillId, session.Opening.Total, session.OrderId, session.Opening.TableNumber));
        Assert.Equal(
            [
                Moved(
                    Id(610), LedgerStep.Pay, PaymentMethod.Cash, new(AccountKind.Drawer, Till),
                    new(AccountKind.Sales, MamaNtilie.Id), 9_500),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.BillClosed(Rounds.BillId, BillStatus.Paid)),
            ],
            effects.Skip(1));
    }

    [Fact]
    public void While_a_phone_is_awaited_the_bill_waits_and_nobody_hears_that_it_is_closed()
    {
        var (next, effects) = Owing.Paying(Cash(500), Mobile(9_000)).Commit();

        var waiting = Assert.IsType<Bill.Opened>(next);
        Assert.Equal(
            (BillStatus.PaymentPending, new Money(9_500), Money.Zero),
            (waiting.Status, waiting.Balance, waiting.Paid));
        Assert.Equal(Payment, waiting.Pending?.SessionId);
        Assert.Equal(
            new BillTimelineEntry(BillTimelineEntryKind.PaymentStarted, Sales.Later, Cashier, Payment),
            waiting.Timeline[^1]);
        Assert.Equal(-500, effects.Balance(AccountKind.Pending));
        Assert.Equal(new Money(9_000), Assert.Single(effects.OfType<Effect.StartAttempt>()).Amount);
        Assert.Empty(effects.OfType<Effect.Publish>());
        Assert.Empty(effects.OfType<Effect.ReserveStock>());
    }

    // On both sides of the balance, where the kitchen takes parts and where it does not.
    [Theory]
    [InlineData(9_499, false, "payments-total-mismatch")]
    [InlineData(9_500, false, null)]
    [InlineData(9_501, false, "payments-total-mismatch")]
    [InlineData(1, true, null)]
    [InlineData(9_499, true, null)]
    [InlineData(9_500, true, null)]
    [InlineData(9_501, true, "payments-total-mismatch")]
    public void A_bill_is_paid_whole_or_in_parts_and_never_beyond(long amount, bool parts, string? code)
    {
        var decision = Owing.Paying(InParts(parts), Cash(amount));

        if (code is null)
        {
            var paid = decision.Bill;
            Assert.Equal(new Money(9_500 - amount), paid.Balance);
            Assert.Equal(amount == 9_500 ? BillStatus.Paid : BillStatus.Open, paid.Status);
            return;
        }

        var refusal = Assert.Single(decision.Refusals());
        Assert.Equal(code, refusal.Code);
        Assert.Equal(
            [
                RefusalDetail.Of("expectedTotal", new Money(9_500)),
                RefusalDetail.Of("receivedTotal", new Money(amount)),
            ],
            refusal.Details!);
    }

    [Fact]
    public void The_last_part_closes_the_bill()
    {
        var first = Owing.Paying(InParts(true), Cash(4_000)).Commit();
        Assert.Empty(first.Effects.OfType<Effect.Publish>());

        var last = first.Next.Paying(InParts(true), Cash(5_500)).Commit();

        Assert.Equal(BillStatus.Paid, ((Bill.Opened)last.Next).Status);
        Assert.Single(last.Effects.OfType<Effect.Publish>());
    }

    // Each row breaks its own rule and those after it, as far as they can be broken together.
    public static TheoryData<Row> Refused =>
    [
        new Row("payments-required", Waiting, new PayBill(Stranger, [])),
        new Row("payments-required", Waiting, new PayBill(Stranger, null)),
        new Row("payments-required", Owing, new PayBill(Cashier, null)),
        new Row("amount-out-of-range", Waiting, new PayBill(Stranger, [Cash(0)])),
        new Row("not-found", Waiting, new PayBill(Stranger, [Wallet(1, Id(998))])),
        new Row("not-found", Bill.Initial, new PayBill(Cashier, [Wallet(1, Id(998))])),
        new Row("idempotency-key-reused", Done, new PayBill(Cashier, [Wallet(1, Id(998))], OtherBody)),
        new Row("kitchen-customer-not-found", Owing, new PayBill(Cashier, [Wallet(1, Id(998))])),
        new Row("insufficient-wallet-balance", Owing, new PayBill(Cashier, [Wallet(3_001)])),
        new Row("payments-total-mismatch", Owing, new PayBill(Cashier, [Cash(1)])),
        new Row("bill-payment-in-progress", Waiting, new PayBill(Cashier, [Cash(1)])),
        new Row("bill-not-open", Done, new PayBill(Cashier, [Cash(1)])),
        new Row("bill-not-open", Owing with { Status = BillStatus.Void }, new PayBill(Cashier, [Cash(1)])),
        new Row("bill-not-open", Owing with { Status = BillStatus.Merged }, new PayBill(Cashier, [Cash(1)])),
        new Row("bill-not-open", Owing with { Status = BillStatus.WrittenOff }, new PayBill(Cashier, [Cash(1)])),
    ];

    [Theory, MemberData(nameof(Refused))]
    public void The_answer_is_no(Row row) =>
        Assert.Equal(row.Code, row.Bill.Pay(row.Command, Facts, Opening, Sales.Later).Code());

    [Fact]
    public void What_breaks_several_rules_hears_of_all_of_them()
    {
        var refusals = Owing.Paying(Wallet(3_001), Mobile(1) with { PhoneNumber = "0754" }).Refusals();

        Assert.Equal(
            ["phone-invalid", "insufficient-wallet-balance", "payments-total-mismatch"],
            refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public void An_amount_that_is_no_amount_is_not_held_against_the_balance() => Assert.Equal(
        ["amount-out-of-range"], Owing.Paying(Cash(-1)).Refusals().Select(refusal => refusal.Code));

    [Fact]
    public void The_same_payment_twice_is_one()
    {
        var command = new PayBill(Cashier, [Cash(9_500)], Op(1));

        Assert.Equal([Op(1)], Done.Operations);
        Assert.Equal(
            new Decision<Bill>.Replay(Op(1).Id), Done.Pay(command, Facts, Opening, Sales.Later + 1.Minutes));
    }

    [Fact]
    public void Without_a_key_nothing_is_remembered() =>
        Assert.Empty(Owing.Paying(Cash(9_500)).Bill.Operations);

    [Fact]
    public void When_the_phone_pays_the_bill_is_closed()
    {
        var (session, _) = Asked.Session.Hears(Phones.Says(Succeeded, 9_500), Sales.Later + 1.Minutes).Commit();

        var (next, effects) = Waiting.Hear((Session.Opened)session, Sales.Later + 1.Minutes).Commit();

        var paid = Assert.IsType<Bill.Opened>(next);
        Assert.Equal((BillStatus.Paid, new Money(9_500)), (paid.Status, paid.Paid));
        Assert.Null(paid.Pending);
        Assert.Equal(
            new BillTimelineEntry(
                BillTimelineEntryKind.PaymentReceived, Sales.Later + 1.Minutes, Caller.Aggregator, Payment),
            paid.Timeline[^1]);
        Assert.Equal(
            [new Effect.Publish(MamaNtilie.Id, new KitchenEvent.BillClosed(Rounds.BillId, BillStatus.Paid))], effects);
    }

    [Fact]
    public void When_the_phone_declines_the_bill_is_open_again_and_owes_the_same()
    {
        var (session, _) = Asked.Session
            .Hears(Phones.Says(PaymentOutcome.Failed), Sales.Later + 1.Minutes).Commit();

        var (next, effects) = Waiting.Hear((Session.Opened)session, Sales.Later + 1.Minutes).Commit();

        var open = Assert.IsType<Bill.Opened>(next);
        Assert.Equal(
            (BillStatus.Open, new Money(9_500), Money.Zero), (open.Status, open.Balance, open.Paid));
        Assert.Null(open.NotChangeable);
        Assert.Equal(
            new BillTimelineEntry(
                BillTimelineEntryKind.PaymentFailed, Sales.Later + 1.Minutes, Caller.Aggregator, Payment),
            open.Timeline[^1]);
        Assert.Empty(effects);
    }

    [Fact]
    public void What_does_not_change_the_payment_s_status_is_noted_without_a_line_on_the_timeline()
    {
        var session = Asked.Session.Hears(Phones.Says(Unknown), Sales.Later + 1.Minutes).Next();

        var (next, effects) = Waiting.Hear((Session.Opened)session, Sales.Later + 1.Minutes).Commit();

        var heard = Assert.IsType<Bill.Opened>(next);
        Assert.Equal(Waiting.Timeline, heard.Timeline);
        Assert.Equal(BillStatus.PaymentPending, heard.Status);
        Assert.Equal(((Session.Opened)session).Payments, heard.Pending?.Payments);
        Assert.Empty(effects);
        Assert.IsType<Decision<Bill>.Unchanged>(heard.Hear((Session.Opened)session, Sales.Later + 2.Minutes));
    }

    [Fact]
    public void Only_the_payment_that_is_told_of_changes()
    {
        var first = Owing.Paying(InParts(true), Cash(500)).Bill;
        var second = first.Pay(
            new PayBill(Cashier, [Mobile(9_000)]), Facts, Opening with { SessionId = Id(601) }, Sales.Later);
        var paid = second.Session.Hears(Phones.Says(Succeeded, 9_000), Sales.Later + 1.Minutes).Next();

        var next = (Bill.Opened)second.Bill.Hear((Session.Opened)paid, Sales.Later + 1.Minutes).Next();

        Assert.Equal(first.Payments[0], next.Payments[0]);
        Assert.Equal(
            [SessionStatus.Confirmed, SessionStatus.Confirmed], next.Payments.Select(payment => payment.Status));
        Assert.Equal(BillStatus.Paid, next.Status);
    }

    [Fact]
    public void A_bill_on_which_nothing_is_left_to_pay_is_void_and_one_that_was_paid_is_paid()
    {
        var (pilau, chai) = (Owing.Lines[0], Owing.Lines[1]);
        var gift = Owing with { Lines = [pilau with { Dish = pilau.Dish with { UnitPrice = Money.Zero } }, chai] };
        var alone = Owing with { Lines = [chai] };

        Assert.Equal(BillStatus.Paid, gift.Void(chai, Rounds.Opened.Session).Bill.Status);
        Assert.Equal(BillStatus.Void, alone.Void(chai, Rounds.Opened.Session).Bill.Status);
    }

    [Fact]
    public void A_part_that_has_no_line_of_its_own_is_paid_and_not_void()
    {
        var part = Owing.Split(new SplitBill(Cashier, Shares: 2), [Id(700)], Sales.Later).Commit()
            .Effects.OfType<Effect.KeepBill>().Single().Bill;

        Assert.Equal(BillStatus.Paid, part.Paying(Cash(4_750)).Bill.Status);
    }

    [Fact]
    public void A_bill_hears_of_no_payment_but_its_own() => Assert.Throws<InvalidOperationException>(
        () => Owing.Hear((Session.Opened)Open(PayNow(Cash(8_000))).Next(), Sales.Later));

    /// <summary>A bill, and a command that it refuses.</summary>
    public sealed record Row(string Code, Bill Bill, PayBill Command)
    {
        public override string ToString() => Code;
    }

    private static Bill.Opened Done => Owing.Pay(
        new PayBill(Cashier, [Cash(9_500)], Op(1)), Facts, Opening, Sales.Later).Bill;

    private static Operation OtherBody => Op(1) with { Fingerprint = Op(2).Fingerprint };
}
