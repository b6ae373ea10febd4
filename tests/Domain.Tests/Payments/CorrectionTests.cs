using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A payment that was keyed with a wrong method.</summary>
public sealed class CorrectionTests
{
    private static readonly PaymentShift Open = new(Id(50), IsClosed: false, new Money(8_000));
    private static readonly PaymentShift Closed = new(Id(50), IsClosed: true, Money.Zero);

    [Theory]
    [InlineData(ChannelShape.Till, false)]
    [InlineData(ChannelShape.Account, false)]
    [InlineData(ChannelShape.Attested, true)]
    public void Nothing_is_corrected_to_a_method_that_needs_more_than_a_cashiers_word(
        ChannelShape shape, bool receiptRequired)
    {
        var method = LipaVoda with { Shape = shape, ReceiptRequired = receiptRequired };
        var facts = new CorrectionFacts(
            new Dictionary<Guid, KitchenPaymentMethod> { [method.Id] = method },
            new PaymentShift(Guid.NewGuid(), IsClosed: false, new Money(100_000)));

        Assert.Equal(
            "payment-method-not-allowed",
            Sales.InCash.CorrectPayment(ToLipa, Guid.NewGuid(), facts, Sales.InCash.Opening.OpenedAt).Code());
    }

    [Fact]
    public void Cash_that_was_a_card_leaves_the_drawer_and_the_sales_stay()
    {
        var (next, effects) = Corrected(Sales.InCash, ToCard);

        var payment = ((Session.Confirmed)next).Payments[0];
        Assert.Equal((PaymentMethod.Card, new Money(8_000), PaymentStatus.Paid), (payment.Method, payment.Amount, payment.Status));
        Assert.Equal(
            [
                Moved(payment.Id, LedgerStep.Correct, PaymentMethod.Cash, SalesOfIt, new(AccountKind.Drawer, Till), 8_000),
                Moved(payment.Id, LedgerStep.Correct, PaymentMethod.Card, new(AccountKind.CardTerminal, MamaNtilie.Id), SalesOfIt, 8_000, 1),
            ],
            effects.OfType<Effect.Transfer>());
        var record = Assert.Single(effects.OfType<Effect.RecordCorrection>());
        Assert.Equal((Open.ShiftId, false, 0, Till), (record.ShiftId, record.AfterClosing, record.Number, record.TillId));
        Assert.Equal(record.Correction, Assert.Single(payment.Corrections!));
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.PaymentCorrected(
                SessionId, payment.Id, PaymentMethod.Cash, PaymentMethod.Card, new Money(8_000))),
            effects);
        Assert.Equal(TimelineEntryKind.PaymentCorrected, next.Story.Last());
        Assert.DoesNotContain(effects, effect => effect is Effect.PlaceOrder or Effect.MoveOrder or Effect.StartRefund);
    }

    [Fact]
    public void After_the_closing_it_comes_out_of_what_was_over_or_short_and_no_till_answers_for_it()
    {
        var effects = Corrected(Sales.InCash, ToCard, Closed).Effects;

        Assert.Equal(-8_000, effects.Balance(AccountKind.OverShort));
        Assert.Equal(8_000, effects.Balance(AccountKind.CardTerminal));
        Assert.Equal(0, effects.Balance(AccountKind.Drawer));
        Assert.All(effects.OfType<Effect.Transfer>(), transfer => Assert.Null(transfer.Movement.TillId));
    }

    [Fact]
    public void Only_what_is_left_is_corrected()
    {
        var refunded = Sales.InCash.Give(Sales.Refund(3_000)).Next();

        var (next, effects) = Corrected(refunded, ToCard);

        Assert.Equal(5_000, effects.Balance(AccountKind.CardTerminal));
        var back = next.Give(Sales.Refund(5_000)).Commit().Effects;
        Assert.Equal(-5_000, back.Balance(AccountKind.CardTerminal));
        Assert.Equal("payment-given-back", Correct(
            next.Give(Sales.Refund(5_000)).Next(), ToCash with { Corrects = Id(600) }).Code());
    }

    [Fact]
    public void A_second_one_names_the_first()
    {
        var (next, _) = Corrected(Sales.InCash, ToCard);

        Assert.Equal("not-found", Correct(Sales.InCash, ToCard with { Corrects = Id(600) }).Code());
        Assert.Equal("payment-corrected", Correct(next, ToCash).Code());
        Assert.Equal("payment-corrected", Correct(next, ToCash with { Corrects = Id(601) }).Code());
        Assert.Equal("payment-method-unchanged", Correct(next, ToCard with { Corrects = Id(600) }).Code());
        var effects = Correct(next, ToCash with { Corrects = Id(600) }).Commit().Effects;
        Assert.Equal([2, 3], effects.OfType<Effect.Transfer>().Select(transfer => transfer.Movement.Part));
    }

    [Fact]
    public void There_is_an_end_to_it()
    {
        Session sale = Sales.InCash;
        for (var number = 0; number < PaymentCorrections.MostCorrections; number++)
        {
            var command = number % 2 == 0 ? ToCard : ToCash;
            sale = Correct(sale, command with { Corrects = number == 0 ? null : Id(599 + number) }, id: 600 + number).Next();
        }

        Assert.Equal("too-many-corrections", Correct(sale, ToCard with { Corrects = Id(609) }).Code());
    }

    [Theory]
    [InlineData(8_000, null)]
    [InlineData(7_999, "drawer-holds-less")]
    public void A_drawer_gives_no_more_than_it_holds(long cash, string? refusal)
    {
        var decision = Correct(Sales.InCash, ToCard, Open with { Cash = new Money(cash) });

        if (refusal is null) decision.Commit();
        else Assert.Equal(refusal, decision.Code());
        Corrected(Sales.InCash, ToCard, Closed);
    }

    [Theory]
    [InlineData(999_999_999_500, null)]
    [InlineData(999_999_999_501, "drawer-full")]
    public void A_drawer_holds_no_more_than_it_can(long cash, string? refusal)
    {
        var decision = Correct(Sales.SixWays, ToCash, Open with { Cash = new Money(cash) }, payment: 4);

        if (refusal is null) decision.Commit();
        else Assert.Equal(refusal, decision.Code());
    }

    [Fact]
    public void Only_what_staff_took_by_hand_is_corrected()
    {
        string?[] codes = [.. Enumerable.Range(0, 6).Select(payment =>
            Correct(Sales.SixWays, ToLipa, payment: payment) is Decision<Session>.Refuse refused ? refused.Refusals[0].Code : null)];

        // Wallet, mobile money, the kitchen's channel itself, the app's wallet, card and cash.
        Assert.Equal(
            [
                "payment-not-correctable", "payment-not-correctable", "payment-method-unchanged", "payment-not-correctable",
                null, null,
            ],
            codes);
        var waiting = (Session.Opened)SlipBeingPaid;
        Assert.Equal(
            "payment-not-correctable",
            waiting.CorrectPayment(
                ToCard with { PaymentId = waiting.Payments[0].Id }, Id(600),
                new CorrectionFacts(Facts.PaymentMethods, Open), Noon + 3.Minutes).Code());
        Assert.Equal("not-found", Correct(Sales.InCash, ToCard with { PaymentId = Id(999) }).Code());
        Assert.Equal("not-found", Correct(Sales.InCash, ToCard with { By = Stranger }).Code());
    }

    [Theory]
    [InlineData(PaymentMethod.Cash, false)]
    [InlineData(PaymentMethod.Card, false)]
    [InlineData(PaymentMethod.KitchenChannel, true)]
    [InlineData(PaymentMethod.KitchenChannel, false, "kitchen-payment-method-required")]
    [InlineData(PaymentMethod.Card, true, "kitchen-payment-method-not-allowed")]
    [InlineData(PaymentMethod.MobileMoney, false, "payment-method-not-allowed")]
    [InlineData(PaymentMethod.KitchenWallet, false, "payment-method-not-allowed")]
    [InlineData(PaymentMethod.PlatformWallet, false, "payment-method-not-allowed")]
    public void It_is_another_method_that_a_till_takes_by_hand(PaymentMethod method, bool named, params string[] codes) =>
        Assert.Equal(
            codes,
            (ToCard with { Method = method, KitchenPaymentMethodId = named ? LipaVoda.Id : null }).Broken()
                .Select(refusal => refusal.Code));

    [Fact]
    public void A_channel_that_is_switched_off_takes_nothing() => Assert.Equal(
        "kitchen-payment-method-not-found",
        Correct(Sales.InCash, ToLipa with { KitchenPaymentMethodId = OldLipa.Id }).Code());

    [Fact]
    public void A_refund_is_shown_by_the_method_that_it_came_by()
    {
        var payment = ((Session.Confirmed)Corrected(Sales.InCash, ToCard).Next).Payments[0];

        Assert.Equal(PaymentMethod.Cash, payment.MethodAt(Sales.Later - 1.Seconds));
        Assert.Equal(PaymentMethod.Card, payment.MethodAt(Sales.Later));
    }

    private static CorrectPayment ToCard { get; } =
        new(Sales.Manager, Sales.InCash.Payments[0].Id, PaymentMethod.Card, KitchenPaymentMethodId: null, "Keyed wrongly");

    private static CorrectPayment ToCash { get; } = ToCard with { Method = PaymentMethod.Cash };

    private static CorrectPayment ToLipa { get; } =
        ToCard with { Method = PaymentMethod.KitchenChannel, KitchenPaymentMethodId = LipaVoda.Id };

    private static Account SalesOfIt { get; } = new(AccountKind.Sales, MamaNtilie.Id);

    private static (Session Next, Sequence<Effect> Effects) Corrected(
        Session sale, CorrectPayment command, PaymentShift? shift = null)
    {
        var commit = Correct(sale, command, shift).Commit();
        return (commit.Next, commit.Effects);
    }

    private static Decision<Session> Correct(
        Session sale, CorrectPayment command, PaymentShift? shift = null, int id = 600, int? payment = null) =>
        sale.CorrectPayment(
            payment is { } place ? command with { PaymentId = ((Session.Opened)sale).Payments[place].Id } : command,
            Id(id), new CorrectionFacts(Facts.PaymentMethods, shift ?? Open), Sales.Later);
}
