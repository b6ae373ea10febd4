using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A refund that the aggregator refused, and the ways that people choose instead.</summary>
public sealed class RefundDecisionTests
{
    private const string OtherPhone = "+255700000009";

    private static readonly Guid Shift = Id(91);
    private static readonly Guid Customer = Id(77);
    private static readonly DateTimeOffset Later = Noon + 30.Minutes;

    /// <summary>The money came when the session was over, and goes back.</summary>
    private static readonly Session Late =
        Phones.Ringing(Mobile(8_000)).AsOf(Noon + 6.Minutes).Hears(Phones.Says(Succeeded, 8_000), Noon + 7.Minutes).Next();

    private static readonly string Refused = Late.Attempt().Refunds![0].Reference;

    private static readonly RefundFacts Known = new(
        IsRefused: true, "clickpesa", new OpenDrawer(Shift, Id(21), new Money(8_000)), Customer);

    [Fact]
    public void Cash_comes_out_of_the_drawer_and_the_aggregator_keeps_the_money()
    {
        var given = Decide(Late, RefundWay.Cash).Commit();

        Assert.Equal(-8_000, given.Effects.Balance(AccountKind.Drawer));
        Assert.Equal(8_000, given.Effects.Balance(AccountKind.Suspense));
        Assert.Equal(0, given.Effects.Balance(AccountKind.MobileMoney));
        var transfer = Assert.Single(given.Effects.OfType<Effect.Transfer>()).Movement;
        Assert.Equal((PaymentMethod.Cash, Id(21)), (transfer.Method, transfer.TillId));
        Assert.Contains(new Effect.SettleRefund(Refused, RefundWay.Cash, MamaNtilie.Id, Shift, Id(21)), given.Effects);
        Assert.Contains(
            new Effect.Publish(
                MamaNtilie.Id,
                new KitchenEvent.PaymentRefunded(SessionId, Phones.First, new Money(8_000), RefundWay.Cash)),
            given.Effects);
        var refund = Assert.Single(given.Next.Attempt().Refunds!);
        Assert.True(refund.Done);
        Assert.Equal(RefundWay.Cash, refund.Decided?.Way);
    }

    [Theory]
    [InlineData(7_999, "drawer-holds-less")]
    [InlineData(8_000, null)]
    public void A_drawer_gives_no_more_than_it_holds(long cash, string? code) => AssertRefused(
        code, Decide(Late, RefundWay.Cash, Known with { Drawer = new OpenDrawer(Shift, Id(21), new Money(cash)) }));

    [Fact]
    public void Cash_needs_an_open_shift_and_staff()
    {
        AssertRefused("shift-not-open", Decide(Late, RefundWay.Cash, Known with { Drawer = null }));
        AssertRefused("field-required", Late.SettleRefund(new SettleRefund(Cashier, Refused, RefundWay.Cash), Known, Later));
        AssertRefused("manager-required", Late.SettleRefund(
            new SettleRefund(Operator, Refused, RefundWay.Cash, ShiftId: Shift), Known, Later));
    }

    [Fact]
    public void Another_phone_gets_it_by_another_reference_and_the_old_one_is_not_tried_again()
    {
        var sent = Decide(Late, RefundWay.AnotherPhone).Commit();

        Assert.Empty(sent.Effects.OfType<Effect.Transfer>());
        var target = Assert.Single(sent.Effects.OfType<Effect.StartRefund>()).To!;
        Assert.Equal(($"T0{Refused[2..]}", "clickpesa", OtherPhone), (target.Reference, target.Adapter, target.PhoneNumber));
        Assert.Contains(new Effect.SettleRefund(Refused, RefundWay.AnotherPhone, MamaNtilie.Id), sent.Effects);
        Assert.False(sent.Next.Attempt().Refunds![0].Done);

        Assert.IsType<Decision<Session>.Unchanged>(sent.Next.Refunded(Refused, Later));
        var arrived = sent.Next.Refunded(target.Reference, Later).Commit();
        Assert.Equal(-8_000, arrived.Effects.Balance(AccountKind.MobileMoney));
        Assert.True(arrived.Next.Attempt().Refunds![0].Done);
        Assert.IsType<Decision<Session>.Unchanged>(arrived.Next.Refunded(target.Reference, Later));
    }

    [Fact]
    public void When_the_other_phone_refuses_it_too_it_goes_another_way_still()
    {
        var sent = Decide(Late, RefundWay.AnotherPhone).Next();
        var second = sent.Attempt().Refunds![0].KnownAs;

        AssertRefused("payment-exception-resolved", Decide(sent, RefundWay.Cash));
        var given = sent.SettleRefund(
            new SettleRefund(Cashier, second, RefundWay.Cash, ShiftId: Shift), Known, Later).Commit();
        Assert.Equal(-8_000, given.Effects.Balance(AccountKind.Drawer));
    }

    [Fact]
    public void Five_phones_are_named_at_most()
    {
        var (session, references) = (Late, new HashSet<string> { Refused });
        for (var phone = 1; phone <= RefundDecisions.MostPhones; phone++)
        {
            session = To(session).Next();
            Assert.True(references.Add(session.Attempt().Refunds![0].KnownAs));
        }

        AssertRefused("too-many-phones", To(session));

        static Decision<Session> To(Session session) => session.SettleRefund(
            new SettleRefund(
                Cashier, session.Attempt().Refunds![0].KnownAs, RefundWay.AnotherPhone, OtherPhone), Known, Later);
    }

    [Fact]
    public void Another_phone_needs_a_number_and_an_account_that_pays_out()
    {
        AssertRefused("payout-unavailable", Decide(Late, RefundWay.AnotherPhone, Known with { PayoutAdapter = null }));
        AssertRefused("phone-invalid", Late.SettleRefund(
            new SettleRefund(Cashier, Refused, RefundWay.AnotherPhone, "+254712345678"), Known, Later));
        AssertRefused("field-required", Late.SettleRefund(
            new SettleRefund(Cashier, Refused, RefundWay.AnotherPhone), Known, Later));
    }

    [Fact]
    public void A_balance_gets_it_where_there_is_one()
    {
        var given = Decide(Late, RefundWay.Balance).Commit();

        Assert.Equal(-8_000, given.Effects.Balance(AccountKind.KitchenWallet));
        Assert.Equal(8_000, given.Effects.Balance(AccountKind.Suspense));
        Assert.Equal(Customer, given.Next.Attempt().Refunds![0].Decided?.KitchenCustomerId);
        AssertRefused(
            "kitchen-customer-not-found", Decide(Late, RefundWay.Balance, Known with { KitchenCustomerId = null }));
    }

    [Fact]
    public void The_same_balance_again_is_the_same_decision_and_another_one_is_not()
    {
        var given = Decide(Late, RefundWay.Balance).Next();

        foreach (var customer in new Guid?[] { null, Customer })
            Assert.IsType<Decision<Session>.Unchanged>(Onto(customer));
        Assert.Equal("payment-exception-resolved", Onto(Id(78)).Code());

        Decision<Session> Onto(Guid? customer) => given.SettleRefund(
            new SettleRefund(Cashier, Refused, RefundWay.Balance, KitchenCustomerId: customer), Known, Later);
    }

    [Fact]
    public void A_wrong_phone_is_said_of_it()
    {
        Assert.Equal(
            ["/phoneNumber"],
            new SettleRefund(Cashier, Refused, RefundWay.AnotherPhone, "0754").Broken()
                .Select(wrong => wrong.Pointer).Distinct());
        var abroad = Late.SettleRefund(
            new SettleRefund(Cashier, Refused, RefundWay.AnotherPhone, "+254712000009"), Known, Later);
        Assert.Equal("/phoneNumber", Assert.IsType<Decision<Session>.Refuse>(abroad).Refusals[0].Pointer);
    }

    [Fact]
    public void A_refund_goes_another_way_once_people_decided_so()
    {
        var late = (Session.Opened)Late;
        Assert.False(late.GoesAnotherWay(Refused));
        Assert.False(late.GoesAnotherWay("JR000000000000000000"));
        foreach (var way in new[] { RefundWay.Cash, RefundWay.Balance, RefundWay.Dashboard })
            Assert.True(((Session.Opened)Decide(Late, way).Next()).GoesAnotherWay(Refused));

        var rung = (Session.Opened)Decide(Late, RefundWay.AnotherPhone).Next();
        Assert.True(rung.GoesAnotherWay(Refused));
        Assert.False(rung.GoesAnotherWay(rung.Attempt().Refunds![0].KnownAs));
    }

    [Theory]
    [InlineData(RefundWay.AnotherPhone)]
    [InlineData(RefundWay.Cash)]
    [InlineData(RefundWay.Balance)]
    public void Nothing_goes_another_way_while_the_aggregator_may_still_pay(RefundWay way) =>
        AssertRefused("refund-under-way", Decide(Late, way, Known with { IsRefused = false }));

    [Fact]
    public void What_people_paid_in_the_dashboard_is_noted_whatever_the_aggregator_says()
    {
        var noted = Decide(Late, RefundWay.Dashboard, new RefundFacts(IsRefused: false)).Commit();

        Assert.Equal(-8_000, noted.Effects.Balance(AccountKind.MobileMoney));
        Assert.Equal(RefundWay.Dashboard, noted.Next.Attempt().Refunds![0].Decided?.Way);
        Assert.IsType<Decision<Session>.Unchanged>(noted.Next.Refunded(Refused, Later));
    }

    [Fact]
    public void It_is_decided_once_and_who_comes_second_sees_who_was_first()
    {
        var given = Decide(Late, RefundWay.Cash).Next();

        Assert.IsType<Decision<Session>.Unchanged>(Decide(given, RefundWay.Cash));
        foreach (var way in new[] { RefundWay.AnotherPhone, RefundWay.Balance, RefundWay.Dashboard })
            AssertRefused("payment-exception-resolved", Decide(given, way));
        var second = given.SettleRefund(
            new SettleRefund(SecondCashier, Refused, RefundWay.Cash, ShiftId: Shift), Known, Later);
        var refusal = Assert.IsType<Decision<Session>.Refuse>(second).Refusals[0];
        Assert.Equal(
            [("decision", "CASH"), ("decidedById", $"{Cashier.Id}"), ("decidedAt", "2026-03-12T09:30:00Z")],
            refusal.Details!.Select(detail => (detail.Name, detail.Text)));
    }

    [Fact]
    public void What_the_aggregator_has_paid_is_paid()
    {
        var paid = Late.Refunded(Refused, Later).Next();

        AssertRefused("payment-exception-resolved", Decide(paid, RefundWay.Cash));
        AssertRefused("payment-exception-resolved", Decide(paid, RefundWay.Dashboard));
    }

    [Fact]
    public void Staff_of_another_kitchen_find_nothing() => AssertRefused("not-found", Late.SettleRefund(
        new SettleRefund(Stranger, Refused, RefundWay.Balance), Known, Later));

    [Fact]
    public void A_decision_survives_storage()
    {
        var sent = Decide(Late, RefundWay.AnotherPhone).Next();

        Assert.Equal(sent, StateJson.Read<Session>(StateJson.Write(sent)));
    }

    private static Caller Operator { get; } = new(CallerKind.Operator, Id(98));

    private static Decision<Session> Decide(Session session, RefundWay way, RefundFacts? facts = null) =>
        session.SettleRefund(
            new SettleRefund(
                Cashier, Refused, way, way is RefundWay.AnotherPhone ? OtherPhone : null,
                way is RefundWay.Cash ? Shift : null),
            facts ?? Known, Later);

    private static void AssertRefused(string? code, Decision<Session> decision)
    {
        if (code is null) Assert.IsType<Decision<Session>.Commit>(decision);
        else Assert.Equal(code, Assert.IsType<Decision<Session>.Refuse>(decision).Refusals[0].Code);
    }
}
