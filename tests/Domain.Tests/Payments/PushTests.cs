using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A number given later, and a wallet that its owner opens.</summary>
public sealed class PushTests
{
    private static readonly Session Silent = Open(PayNow(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)))).Next();
    private static readonly Session Shown = Open(PayNow(AppWallet(8_000))).Next();

    private static readonly InitiatePayment Ring = new(Cashier, Id(300), "+255754000111", "VODACOM");
    private static readonly AuthorizePayment Approve = new(Neema, LiveMode: true, Id(300));

    [Fact]
    public void A_payment_without_a_number_waits_for_one_and_then_rings()
    {
        Assert.Equal(Noon + 5.Minutes, Silent.Deadline);
        var decision = Silent.Initiate(Ring, Phones.Pushes, Noon + 1.Minutes).Commit();

        Assert.Equal("+255754000111", decision.Next.Attempt().PhoneNumber);
        Assert.Equal(Phones.First, Assert.Single(decision.Effects.OfType<Effect.StartAttempt>()).Attempt.Reference);
        Assert.Equal(Noon + 6.Minutes, decision.Next.Deadline);
    }

    [Fact]
    public void Without_a_number_the_guest_has_a_reference_to_pay_and_may_still_give_a_number()
    {
        var offered = Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)));
        var attempt = offered.Attempt();

        Assert.Equal((AttemptStatus.Offered, Phones.First, null), (attempt.Status, attempt.Reference, attempt.PhoneNumber));
        Assert.Equal(Noon + 6.Minutes, offered.Deadline);
        var ringing = offered.Initiate(Ring, Phones.Later, Noon + 1.Minutes).Next();
        Assert.Equal((AttemptStatus.Sent, "+255754000111"), (ringing.Attempt().Status, ringing.Attempt().PhoneNumber));
    }

    [Fact]
    public void A_sale_waits_for_a_phone_until_the_phone_has_answered_or_something_else_has_paid()
    {
        var ringing = (Session.Pending)Silent.Initiate(Ring, Phones.Pushes, Noon).Next();
        var offered = (Session.Pending)Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)));

        Assert.True(ringing.Awaits(Phones.First));
        Assert.False(ringing.Awaits("JX000000000000000000"));
        Assert.False(offered.Awaits(Phones.First));
        Assert.True(With(PaymentStatus.Underpaid).Awaits(Phones.First));
        Assert.False(With(PaymentStatus.Paid).Awaits(Phones.First));
        Assert.False(With(PaymentStatus.Released).Awaits(Phones.First));

        Session.Pending With(PaymentStatus status) => ringing with
        {
            Payments = [ringing.Payments[0] with { Status = status }],
        };
    }

    [Fact]
    public void A_phone_that_two_parts_name_rings_for_the_first_and_the_second_has_a_reference()
    {
        var two = Phones.Ringing(Mobile(3_000), Mobile(5_000));

        Assert.Equal(AttemptStatus.Sent, two.Attempt().Status);
        Assert.Equal((AttemptStatus.Offered, null), (two.Attempt(1).Status, two.Attempt(1).PhoneNumber));
    }

    [Fact]
    public void Who_has_a_phone_rung_is_the_table_or_the_account_and_both_are_guests()
    {
        var opened = Orders.TableOrders.Opened(Orders.TableOrders.AtTheTable(Mobile(8_000)), MamaNtilie);

        Assert.Equal(new Asker(Id(61), IsGuest: true), Asker.Of(Orders.TableOrders.Guest));
        Assert.Equal(new Asker(Neema.Id, IsGuest: true), Asker.Of(Neema));
        Assert.False(Asker.Of(Cashier).IsGuest);
        Assert.IsType<Session.Pending>(opened);
    }

    [Theory]
    [InlineData(null, "VODACOM", "VODACOM")]
    [InlineData("VODACOM", null, "VODACOM")]
    [InlineData("VODACOM", "AIRTEL", "AIRTEL")]
    [InlineData(null, null, null)]
    public void The_provider_is_the_one_that_was_named_last(string? first, string? last, string? then)
    {
        var silent = Open(PayNow(
            new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000), Provider: first))).Next();

        var ringing = silent.Initiate(Ring with { Provider = last }, Phones.Pushes, Noon + 1.Minutes).Next();

        Assert.Equal(then, Assert.IsType<Session.Pending>(ringing).Payments[0].Provider);
    }

    [Theory]
    [InlineData("+255754000111", "+255754000111")]
    [InlineData(null, "+255700000000")]
    public void The_customer_s_phone_rings_where_the_payment_names_none(string? named, string rings)
    {
        var payment = new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000), PhoneNumber: named);

        var opened = Orders.TableOrders.Opened(OnWhatsapp with { Payments = [payment] }, MamaNtilie);

        Assert.Equal((AttemptStatus.Sent, rings), (opened.Attempt().Status, opened.Attempt().PhoneNumber));
    }

    [Fact]
    public void One_phone_rings_at_a_time() => Assert.Equal(
        "payment-in-progress",
        Phones.Ringing(Mobile(8_000)).Initiate(Ring, Phones.Pushes, Noon + 1.Minutes).Code());

    [Fact]
    public void Who_may_not_or_cannot_is_told_why()
    {
        Assert.Equal("phone-invalid", Silent.Initiate(Ring with { PhoneNumber = "0754" }, Phones.Pushes, Noon).Code());
        Assert.Equal("invalid-text", Silent.Initiate(Ring with { Provider = "" }, Phones.Pushes, Noon).Code());
        Assert.Equal("not-found", Silent.Initiate(Ring with { By = Stranger }, Phones.Pushes, Noon).Code());
        Assert.Equal(
            "phone-invalid",
            Silent.Initiate(Ring with { By = Stranger, PhoneNumber = "0754" }, Phones.Pushes, Noon).Code());
        Assert.Equal("not-found", Silent.Initiate(Ring with { PaymentId = Id(999) }, Phones.Pushes, Noon).Code());
        Assert.Equal("mobile-money-unavailable", Silent.Initiate(Ring, pushes: null, Noon).Code());
        Assert.Equal("payment-not-pending", Shown.Initiate(Ring, Phones.Pushes, Noon).Code());
        Assert.Equal(
            "session-not-pending",
            Silent.Cancel(new CancelSession(Cashier), Noon).Next().Initiate(Ring, Phones.Pushes, Noon).Code());
    }

    [Fact]
    public void A_user_of_the_app_pays_from_the_own_wallet()
    {
        var confirmed = Assert.IsType<Session.Confirmed>(Shown.Authorize(Approve, OrderId, Noon + 1.Minutes).Next());

        Assert.Equal(Neema.Id, confirmed.Payments[0].AccountId);
        Assert.Equal([PaymentStatus.Paid], confirmed.PaymentStatuses);
    }

    [Fact]
    public void With_another_part_missing_the_wallet_is_held()
    {
        var split = Open(PayNow(AppWallet(5_000), Mobile(3_000))).Next();
        var approved = split.Authorize(Approve, OrderId, Noon + 1.Minutes).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], approved.Next.PaymentStatuses);
        Assert.Equal(-5_000, approved.Effects.Balance(Ledger.AccountKind.PlatformWalletHold));
    }

    [Fact]
    public void An_approval_is_good_for_a_wallet_that_is_waited_for_and_nothing_else()
    {
        Assert.Equal("not-found", Shown.Authorize(Approve with { LiveMode = false }, OrderId, Noon).Code());
        Assert.Equal("not-found", Shown.Authorize(Approve with { PaymentId = Id(999) }, OrderId, Noon).Code());
        Assert.Equal("payment-not-pending", Silent.Authorize(Approve, OrderId, Noon).Code());
        Assert.Equal(
            "session-not-pending",
            Shown.Authorize(Approve, OrderId, Noon).Next().Authorize(Approve, OrderId, Noon).Code());
    }
}
