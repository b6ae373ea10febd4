using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Bills;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Receipts that cashiers attest: each of them counts once.</summary>
public sealed class AttestationTests
{
    private static readonly Session Waiting = Tills.Opened(Tills.By(Tills.TillVoda, 8_000)).Next;

    [Theory]
    [InlineData("9a12 bc3-def", "9A12BC3DEF")]
    [InlineData("CI210101.1234.A12345", "CI2101011234A12345")]
    [InlineData("ABC", null)]
    [InlineData("ABCD", "ABCD")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    [InlineData("123456789012345678901234567890123", null)]
    [InlineData("9A12_BC3DEF", null)]
    [InlineData("9A12BC3DÉF", null)]
    public void However_a_code_is_typed_it_is_the_same(string typed, string? code) =>
        Assert.Equal(code, ReceiptCode.Of(typed));

    [Theory]
    [InlineData("VODACOM", "9A12BC3DEF", false)]
    [InlineData("VODACOM", "9A12BC3DE", true)]
    [InlineData("VODACOM", "1234567890", true)]
    [InlineData("VODACOM", "9A12BC3DEF12", false)]
    [InlineData("VODACOM", "9A12BC3DEF123", true)]
    [InlineData("AIRTEL", "CI2101011234A12345", false)]
    [InlineData("AIRTEL", "12345678901", true)]
    [InlineData("AIRTEL", "CI210101A", true)]
    [InlineData("AIRTEL", "CI210101A1", false)]
    [InlineData("AIRTEL", "CI2101011234A12345678901", false)]
    [InlineData("AIRTEL", "CI2101011234A123456789012", true)]
    [InlineData("TIGO", "12345678901", false)]
    [InlineData("TIGO", "1234567", true)]
    [InlineData("TIGO", "12345678", false)]
    [InlineData("TIGO", "12345678901234567890", false)]
    [InlineData("TIGO", "123456789012345678901", true)]
    [InlineData("HALOTEL", "9A12BC3DEF", true)]
    [InlineData("CRDB", "X123", false)]
    public void A_code_that_looks_otherwise_is_a_warning_only(string network, string receipt, bool unusual) =>
        Assert.Equal(unusual, ReceiptCode.IsUnusual(network, receipt));

    [Fact]
    public void With_a_receipt_the_sale_is_made_at_once_and_the_receipt_kept()
    {
        var open = Tills.Opened(Tills.By(LipaVoda, 8_000, "9a12 bc3 def"));

        var payment = Assert.Single(Assert.IsType<Session.Confirmed>(open.Next).Payments);
        var attestation = new Attestation(Tills.Receipt, TillNames.Receipts(MamaNtilie.Id, "VODACOM"), Cashier.Id);
        Assert.Equal((attestation, Till), (payment.Attested, payment.DeviceId));
        Assert.Equal(
            new Effect.AttestReceipt(Id(300), Till, new Money(8_000), attestation),
            Assert.Single(open.Effects.OfType<Effect.AttestReceipt>()));
        Assert.Equal(8_000, open.Effects.Balance(AccountKind.KitchenChannel));
    }

    [Fact]
    public void A_till_does_not_wait_where_the_cashier_has_the_receipt()
    {
        var open = Tills.Opened(Cash(3_000), Tills.By(Tills.TillVoda, 5_000, Tills.Receipt));

        Assert.IsType<Session.Confirmed>(open.Next);
        Assert.Empty(open.Effects.OfType<Effect.StartAttempt>());
        Assert.Equal(Tills.Till, Assert.Single(open.Effects.OfType<Effect.AttestReceipt>()).Attestation.Adapter);
    }

    [Fact]
    public void A_slip_and_a_bill_are_paid_with_receipts_too()
    {
        var slip = Slip.ConfirmSlip(
            PaySlip(Tills.By(LipaVoda, 8_000, Tills.Receipt)), Tills.Facts, new PaymentIds(Id(201), Ids(320)),
            Noon + 2.Minutes).Commit();
        Assert.Single(slip.Effects.OfType<Effect.AttestReceipt>());
        Assert.Equal(
            "receipt-used",
            Slip.ConfirmSlip(
                PaySlip(Tills.By(LipaVoda, 8_000, Tills.Receipt, new KnownReceipt(IsUsed: true))), Tills.Facts,
                new PaymentIds(Id(201), Ids(320)), Noon + 2.Minutes).Code());

        var bill = Rounds.Opened.Bill;
        var paid = bill.Paying(Tills.Facts, Tills.By(LipaVoda, bill.Balance.Shillings, Tills.Receipt)).Commit();
        Assert.Single(paid.Effects.OfType<Effect.AttestReceipt>());
        Assert.Equal(
            "receipt-used",
            bill.Paying(
                Tills.Facts,
                Tills.By(LipaVoda, bill.Balance.Shillings, Tills.Receipt, new KnownReceipt(IsUsed: true))).Code());
    }

    [Fact]
    public void What_is_wrong_with_a_receipt_is_said()
    {
        Assert.Equal(["receipt-not-allowed"], Codes(Cash(8_000) with { Receipt = Tills.Receipt }));
        Assert.Equal(["receipt-not-allowed"], Codes(Tills.By(Tills.OwnAccount, 8_000, Tills.Receipt)));
        Assert.Equal(["receipt-invalid"], Codes(Tills.By(LipaVoda, 8_000, "?")));
        Assert.Equal(["receipt-required"], Codes(Tills.By(Tills.Strict, 8_000)));
        Assert.Empty(Codes(Tills.By(Tills.Strict, 8_000, Tills.Receipt)));
        Assert.Equal(
            ["receipt-invalid"],
            Codes(Tills.By(LipaVoda, 4_000, Tills.Receipt), Tills.By(LipaVoda, 4_000, "9a12bc3def")));
        Assert.Equal(
            ["receipt-used"], Codes(Tills.By(LipaVoda, 8_000, Tills.Receipt, new KnownReceipt(true, Id(9)))));
        Assert.Equal(
            ["receipt-amount-mismatch"],
            Codes(Tills.By(LipaVoda, 8_000, Tills.Receipt, new KnownReceipt(false, Notified: new Money(7_999)))));
        Assert.Empty(Codes(Tills.By(LipaVoda, 8_000, Tills.Receipt, new KnownReceipt(false, Notified: new Money(8_000)))));
        Assert.Equal(["phone-not-allowed"], Codes(Tills.By(LipaVoda, 8_000, phone: "+255754000111")));

        static IEnumerable<string> Codes(params PaymentRequest[] payments) =>
            Tills.Refusals(payments).Select(refusal => refusal.Code);
    }

    [Fact]
    public void What_is_wrong_with_a_receipt_is_said_of_its_payment()
    {
        Assert.Equal(("receipt-not-allowed", "/payments/1/receipt"), Of(Tills.By(Tills.OwnAccount, 7_000, Tills.Receipt)));
        Assert.Equal(("receipt-invalid", "/payments/1/receipt"), Of(Tills.By(LipaVoda, 7_000, "?")));
        Assert.Equal(("receipt-required", "/payments/1/receipt"), Of(Tills.By(Tills.Strict, 7_000)));
        Assert.Equal(
            ("receipt-used", "/payments/1/receipt"),
            Of(Tills.By(LipaVoda, 7_000, Tills.Receipt, new KnownReceipt(true, Id(9)))));
        Assert.Equal(
            ("receipt-amount-mismatch", "/payments/1/receipt"),
            Of(Tills.By(LipaVoda, 7_000, Tills.Receipt, new KnownReceipt(false, Notified: new Money(6_999)))));
        Assert.Equal(
            ("phone-not-allowed", "/payments/1/phoneNumber"), Of(Tills.By(LipaVoda, 7_000, phone: "+255754000111")));
        Assert.Equal(
            ("receipt-invalid", "/payments/1/receipt"),
            Where(Tills.By(LipaVoda, 1_000, Tills.Receipt), Tills.By(LipaVoda, 7_000, "9a12bc3def")));

        static (string, string) Of(PaymentRequest payment) => Where(Cash(1_000), payment);

        static (string, string) Where(params PaymentRequest[] payments)
        {
            var refusal = Assert.Single(Tills.Refusals(payments));
            Assert.NotEmpty(refusal.Sentence);
            return (refusal.Code, refusal.Pointer);
        }
    }

    [Fact]
    public void What_is_wrong_with_an_attested_receipt_is_said_of_it()
    {
        Assert.Equal(
            [("receipt-invalid", "/receipt")],
            new AttestPayment(Cashier, Id(300), "?", null).Broken().Select(wrong => (wrong.Code, wrong.Pointer)));
        Assert.Empty(new AttestPayment(Cashier, Id(300), Tills.Receipt, null).Broken());
    }

    [Fact]
    public void A_broken_rule_is_told_before_a_receipt_that_is_used()
    {
        var refusals = Tills.Refusals(
            Tills.By(LipaVoda, 7_000, Tills.Receipt, new KnownReceipt(IsUsed: true)));

        Assert.Equal("payments-total-mismatch", Assert.Single(refusals).Code);
    }

    [Fact]
    public void A_cashier_attests_what_the_till_has_not_told()
    {
        var attested = Attest(Waiting).Commit();

        var payment = Assert.Single(Assert.IsType<Session.Confirmed>(attested.Next).Payments);
        Assert.Equal((PaymentStatus.Paid, Till, true), (payment.Status, payment.DeviceId, payment.IsAttested));
        Assert.Equal(8_000, attested.Effects.Balance(AccountKind.KitchenChannel));
        Assert.Contains(new Effect.CloseAttempt(Phones.First, AttemptStatus.Failed), attested.Effects);
        Assert.Contains(
            new Effect.AttestReceipt(
                Id(300), Till, new Money(8_000), new Attestation(Tills.Receipt, Tills.Till, Cashier.Id)),
            attested.Effects);
        Assert.Equal("session-not-pending", Attest(attested.Next).Code());
    }

    [Fact]
    public void Other_money_by_the_same_reference_goes_back_from_what_was_attested()
    {
        var attested = Attest(Waiting).Next();
        var late = attested.Hears(Tills.Told(8_000, "9A12BC3DEG")).Commit();

        Assert.Equal(-8_000, late.Effects.Balance(AccountKind.Suspense));
        Assert.Single(late.Effects.OfType<Effect.StartRefund>());
    }

    [Fact]
    public void What_cannot_be_attested_is_refused()
    {
        Assert.Equal("receipt-invalid", Attest(Waiting, "?").Code());
        Assert.Equal("receipt-used", Attest(Waiting, known: new KnownReceipt(IsUsed: true)).Code());
        Assert.Equal(
            "receipt-amount-mismatch",
            Attest(Waiting, known: new KnownReceipt(false, Notified: new Money(7_000))).Code());
        Assert.Equal("not-found", Attest(Waiting, payment: Id(999)).Code());
        Assert.Equal("not-found", Attest(Waiting, by: Stranger).Code());
        Assert.Equal("payment-not-pending", Attest(Phones.Ringing(Mobile(8_000))).Code());
        Assert.Equal(
            "payment-not-pending",
            Attest(Tills.Opened(Tills.By(Tills.OwnAccount, 8_000)).Next).Code());
    }

    [Fact]
    public void With_other_payments_pending_it_is_held_and_handed_back_by_staff()
    {
        var open = Tills.Opened(Tills.By(Tills.TillVoda, 3_000), Tills.By(Tills.OwnAccount, 5_000)).Next;
        var held = Attest(open).Next();
        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], held.PaymentStatuses);

        var over = held.Cancel(new CancelSession(Cashier), Noon + 2.Minutes).Commit();
        Assert.Equal([PaymentStatus.ToReturn, PaymentStatus.Released], over.Next.PaymentStatuses);
        Assert.Equal(new Money(3_000), ((Session.Opened)over.Next).MoneyToReturn);
    }

    [Theory]
    [InlineData("VODACOM", "VODACOM")]
    [InlineData("M-Pesa", "VODACOM")]
    [InlineData("mixx by yas", "TIGO")]
    [InlineData("CRDB Bank", "CRDBBANK")]
    [InlineData("--", "OTHER")]
    public void A_networks_money_is_the_networks(string provider, string network) =>
        Assert.Equal(network, TillNames.NetworkOf(provider));

    [Fact]
    public void All_tills_of_a_network_in_a_kitchen_have_the_same_receipts()
    {
        Assert.Equal(TillNames.Receipts(Id(1), "M-Pesa"), TillNames.ReceiptsOf(TillNames.Of(Id(1), "VODACOM", "123")));
        Assert.NotEqual(TillNames.Receipts(Id(2), "M-Pesa"), TillNames.Receipts(Id(1), "M-Pesa"));
        Assert.Equal("clickpesa", TillNames.ReceiptsOf("clickpesa"));
        Assert.Equal((true, false), (TillNames.IsTill(Tills.Till), TillNames.IsTill("till")));
        Assert.Equal(("VODACOM", "clickpesa"), (TillNames.NetworkIn(Tills.Till), TillNames.NetworkIn("clickpesa")));
    }

    private static Decision<Session> Attest(
        Session session, string receipt = "9a12 bc3 def", KnownReceipt? known = null, Guid? payment = null,
        Caller? by = null) =>
        session.Attest(
            new AttestPayment(by ?? Cashier, payment ?? Id(300), receipt), known, OrderId, Noon + 1.Minutes);
}
