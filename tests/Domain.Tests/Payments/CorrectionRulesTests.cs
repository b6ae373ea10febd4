using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Which payments can be corrected to what, and what a correction takes along.</summary>
public sealed class CorrectionRulesTests
{
    private static readonly KitchenPaymentMethod LipaAirtel = new(Id(53), "Lipa Airtel", "AIRTEL", Active: true);

    private static readonly CorrectionFacts AtTheTill = new(
        new[] { LipaVoda, OldLipa, LipaAirtel }.ToDictionary(method => method.Id),
        new PaymentShift(Id(50), IsClosed: false, new Money(8_000)));

    private static readonly CorrectPayment ToCard =
        new(Sales.Manager, Id(300), PaymentMethod.Card, KitchenPaymentMethodId: null, "Keyed wrongly");

    [Fact]
    public void A_channel_that_was_mistaken_for_another_one_is_corrected()
    {
        var sale = Open(PayNow(Lipa(8_000))).Next();
        var command = ToCard with { Method = PaymentMethod.KitchenChannel, KitchenPaymentMethodId = LipaAirtel.Id };

        var (next, effects) = sale.CorrectPayment(command, Id(600), AtTheTill, Sales.Later).Commit();

        Assert.Equal(LipaAirtel.Id, ((Session.Confirmed)next).Payments[0].KitchenPaymentMethodId);
        Assert.Equal(
            new PaymentCorrection(
                Id(600), Sales.Later, Sales.Manager, PaymentMethod.KitchenChannel, PaymentMethod.KitchenChannel,
                new Money(8_000), "Keyed wrongly", LipaVoda.Id, LipaAirtel.Id),
            Assert.Single(effects.OfType<Effect.RecordCorrection>()).Correction);
        Assert.Equal(
            [LipaVoda.Id, LipaAirtel.Id],
            effects.OfType<Effect.Transfer>()
                .SelectMany(transfer => new[] { transfer.Movement.Debit, transfer.Movement.Credit })
                .Where(account => account.Kind is Ledger.AccountKind.KitchenChannel).Select(account => account.Owner));
    }

    [Fact]
    public void A_channel_that_the_kitchen_does_not_have_is_not_found() => Assert.Equal(
        "kitchen-payment-method-not-found",
        Sales.InCash.CorrectPayment(
            ToCard with { Method = PaymentMethod.KitchenChannel, KitchenPaymentMethodId = Id(999) }, Id(600), AtTheTill,
            Sales.Later).Code());

    [Fact]
    public void What_no_till_took_or_no_shift_answers_for_is_not_corrected()
    {
        var withoutTill = Open(PayNow(Cash(8_000)) with { By = Cashier with { DeviceId = null } }).Next();

        Assert.Equal(
            "payment-not-correctable", withoutTill.CorrectPayment(ToCard, Id(600), AtTheTill, Sales.Later).Code());
        Assert.Equal(
            "payment-not-correctable",
            Sales.InCash.CorrectPayment(ToCard, Id(600), AtTheTill with { Shift = null }, Sales.Later).Code());
    }

    [Fact]
    public void What_the_guest_put_down_says_nothing_about_another_method()
    {
        var sale = Open(PayNow(Cash(8_000) with { Tendered = new Money(10_000) })).Next();

        var next = (Session.Confirmed)sale.CorrectPayment(ToCard, Id(600), AtTheTill, Sales.Later).Next();

        Assert.Equal((null, null), (next.Payments[0].Tendered, next.Payments[0].Change));
    }

    [Fact]
    public void Of_several_payments_only_the_one_that_is_named_changes()
    {
        var sale = (Session.Confirmed)Open(PayNow(Cash(3_000), Cash(5_000))).Next();

        var next = (Session.Confirmed)sale
            .CorrectPayment(ToCard with { PaymentId = Id(301) }, Id(600), AtTheTill, Sales.Later).Next();

        Assert.Equal([PaymentMethod.Cash, PaymentMethod.Card], next.Payments.Select(payment => payment.Method));
        Assert.Equal(sale.Payments[0], next.Payments[0]);
    }

    [Fact]
    public void At_each_moment_a_payment_has_the_method_that_it_was_booked_by()
    {
        var once = Sales.InCash.CorrectPayment(ToCard, Id(600), AtTheTill, Sales.Later).Next();
        var twice = (Session.Confirmed)once.CorrectPayment(
            ToCard with
            {
                Method = PaymentMethod.KitchenChannel,
                KitchenPaymentMethodId = LipaVoda.Id,
                Corrects = Id(600),
            },
            Id(601), AtTheTill, Sales.Later + 5.Minutes).Next();

        var payment = twice.Payments[0];

        Assert.Equal(
            [PaymentMethod.Cash, PaymentMethod.Card, PaymentMethod.Card, PaymentMethod.KitchenChannel],
            new[] { -1, 0, 4, 5 }.Select(minute => payment.MethodAt(Sales.Later + minute.Minutes)));
        Assert.Equal(PaymentMethod.Cash, Sales.InCash.Payments[0].MethodAt(Noon));
    }

    [Fact]
    public void The_same_correction_twice_is_one()
    {
        var command = ToCard with { Operation = Op(4) };
        var corrected = Sales.InCash.CorrectPayment(command, Id(600), AtTheTill, Sales.Later).Next();

        Assert.Equal(
            new Decision<Session>.Replay(Op(4).Id), corrected.CorrectPayment(command, Id(601), AtTheTill, Sales.Later));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_reason_has_at_most_200_characters(int length, bool accepted) =>
        Assert.Equal(accepted, (ToCard with { Reason = new string('a', length) }).Broken().Count == 0);
}
