using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Sessions;

public sealed class PayingASlipTests
{
    [Fact]
    public void Paid_whole_a_slip_is_confirmed_and_what_was_kept_is_sold()
    {
        var (next, effects) = Pay(Slip, PaySlip(Cash(8_000)), Noon + 2.Minutes).Commit();

        var confirmed = Assert.IsType<Session.Confirmed>(next);
        Assert.Equal((Noon + 2.Minutes, Id(201)), (confirmed.At, confirmed.OrderId));
        Assert.Equal([PaymentStatus.Paid], next.PaymentStatuses);
        Assert.Equal(new TimelineEntry(TimelineEntryKind.Confirmed, Noon + 2.Minutes, Cashier), confirmed.Timeline[^1]);
        Assert.Equal(new Effect.SellReserved(SessionId), effects[0]);
        Assert.Equal(
            Moved(Id(320), LedgerStep.Pay, PaymentMethod.Cash, new(Drawer, Till), new(Sales, MamaNtilie.Id), 8_000),
            effects[1]);
        var order = Assert.IsType<Effect.PlaceOrder>(effects[2]).Order;
        Assert.Equal(
            (Id(201), SessionId, 147, Noon + 2.Minutes), (order.Id, order.SessionId, order.Number, order.PlacedAt));
        Assert.Equal(
            [
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.SessionConfirmed(SessionId, Id(201))),
            ],
            effects.Skip(3));
    }

    [Fact]
    public void Paid_by_several_final_ways_a_slip_is_confirmed_at_once()
    {
        var (next, effects) = Pay(
            Slip, PaySlip(Cash(1_000), Card(2_000), Wallet(3_000), Lipa(2_000)), Noon + 2.Minutes).Commit();

        Assert.IsType<Session.Confirmed>(next);
        Assert.Equal(
            [
                Moved(Id(320), LedgerStep.Pay, PaymentMethod.Cash, new(Drawer, Till), new(Sales, MamaNtilie.Id), 1_000),
                Moved(
                    Id(321), LedgerStep.Pay, PaymentMethod.Card,
                    new(CardTerminal, MamaNtilie.Id), new(Sales, MamaNtilie.Id), 2_000),
                Moved(
                    Id(322), LedgerStep.Pay, PaymentMethod.KitchenWallet,
                    new(KitchenWallet, Fatuma), new(Sales, MamaNtilie.Id), 3_000),
                Moved(
                    Id(323), LedgerStep.Pay, PaymentMethod.KitchenChannel,
                    new(KitchenChannel, LipaVoda.Id), new(Sales, MamaNtilie.Id), 2_000),
            ],
            effects.OfType<Effect.Transfer>());
    }

    [Fact]
    public void With_a_payment_pending_the_slip_is_locked_to_the_attempt_and_waits()
    {
        var (next, effects) = Pay(Slip, PaySlip(Cash(3_000), Mobile(5_000)), Noon + 2.Minutes).Commit();

        var locked = Assert.IsType<Session.Pending>(next);
        Assert.Equal(new SlipAttempt(Id(201), Cashier, Noon + 7.Minutes), locked.Attempt);
        Assert.Equal(Noon + 15.Minutes, locked.ExpiresAt);
        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], next.PaymentStatuses);
        Assert.Equal([TimelineEntryKind.Opened, TimelineEntryKind.PaymentStarted], next.Story);
        Assert.Equal(
            [
                new Effect.ExtendReserved(SessionId, Noon + 15.Minutes + 60.Seconds),
                Moved(Id(320), LedgerStep.Hold, PaymentMethod.Cash, new(Drawer, Till), new(Pending, MamaNtilie.Id),
                    3_000),
            ],
            effects);
    }

    [Fact]
    public void An_attempt_near_the_end_makes_the_slip_wait_for_it()
    {
        var (next, effects) = Pay(Slip, PaySlip(Mobile(8_000)), Noon + 14.Minutes).Commit();

        Assert.Equal(Noon + 19.Minutes, Assert.IsType<Session.Pending>(next).ExpiresAt);
        Assert.Equal([new Effect.ExtendReserved(SessionId, Noon + 20.Minutes)], effects);
    }

    [Fact]
    public void An_app_wallet_without_its_owner_waits_and_keeps_the_items_no_longer_than_the_slip()
    {
        var (next, effects) = Pay(Slip, PaySlip(AppWallet(8_000)), Noon + 2.Minutes).Commit();

        Assert.Equal([PaymentStatus.Pending], next.PaymentStatuses);
        Assert.Equal([new Effect.ExtendReserved(SessionId, Noon + 15.Minutes)], effects);
    }

    [Fact]
    public void An_attempt_that_runs_out_of_time_makes_the_slip_payable_again_and_its_cash_is_to_return()
    {
        var expire = SlipBeingPaid.Expire(Noon + 7.Minutes).Commit();

        var payable = Assert.IsType<Session.Pending>(expire.Next);
        Assert.Null(payable.Attempt);
        Assert.Equal(Noon + 15.Minutes, payable.ExpiresAt);
        Assert.Equal([PaymentStatus.ToReturn, PaymentStatus.Released], payable.PaymentStatuses);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.PaymentLapsed, Noon + 7.Minutes, Caller.Clock), payable.Timeline[^1]);
        Assert.Equal(
            [
                Moved(
                    Id(320), LedgerStep.Release, PaymentMethod.Cash,
                    new(Pending, MamaNtilie.Id), new(ToReturn, MamaNtilie.Id), 3_000),
            ],
            expire.Effects);
        Assert.Equal((new Money(3_000), new Money(3_000)), (payable.MoneyToReturn, payable.CashToReturn));

        var (paid, effects) = Pay(payable, PaySlip(Cash(8_000)), Noon + 8.Minutes, attempt: 2).Commit();

        Assert.IsType<Session.Confirmed>(paid);
        Assert.Equal([PaymentStatus.ToReturn, PaymentStatus.Released, PaymentStatus.Paid], paid.PaymentStatuses);
        Assert.Equal(
            [Moved(Id(340), LedgerStep.Pay, PaymentMethod.Cash, new(Drawer, Till), new(Sales, MamaNtilie.Id), 8_000)],
            effects.OfType<Effect.Transfer>());
    }

    [Fact]
    public void A_second_cashier_takes_over_once_the_first_attempt_has_expired()
    {
        var command = PaySlip(Cash(8_000)) with { By = SecondCashier };
        var justBefore = Noon + 7.Minutes - 1.Seconds;

        Assert.Equal("slip-payment-in-progress", Pay(SlipBeingPaid.AsOf(justBefore), command, justBefore, 2).Code());
        var paid = Pay(SlipBeingPaid.AsOf(Noon + 7.Minutes), command, Noon + 7.Minutes, 2).Commit();
        Assert.Equal(
            new Account(Drawer, OtherTill), Assert.Single(paid.Effects.OfType<Effect.Transfer>()).Movement.Debit);
    }

    [Fact]
    public void A_wallet_held_by_an_attempt_is_free_again_when_it_expires()
    {
        var held = Pay(Slip, PaySlip(Wallet(3_000), Mobile(5_000)), Noon).Next();

        var (next, effects) = held.Expire(Noon + 5.Minutes).Commit();

        Assert.Equal([PaymentStatus.Released, PaymentStatus.Released], next.PaymentStatuses);
        Assert.Equal(
            [
                Moved(
                    Id(320), LedgerStep.Release, PaymentMethod.KitchenWallet,
                    new(KitchenWalletHold, Fatuma), new(KitchenWallet, Fatuma), 3_000),
            ],
            effects);
    }

    [Fact]
    public void A_slip_from_a_kiosk_or_a_table_is_paid_at_the_same_cashier()
    {
        foreach (var (channel, by) in new[] { (Channel.Kiosk, KioskOne), (Channel.TableQr, KioskOne) })
        {
            var slip = Open(AskForSlip with
            {
                By = by,
                Channel = channel,
                FulfillmentType = FulfillmentType.DineIn,
                TableNumber = "03",
            }).Next();

            Assert.IsType<Session.Confirmed>(Pay(slip, PaySlip(Cash(8_000)), Noon).Next());
        }
    }
}
