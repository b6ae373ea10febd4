using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Sessions;

public sealed class EndingASessionTests
{
    private static readonly Session Waiting =
        Open(PayNow(Cash(1_000), Card(2_000), Wallet(3_000), Mobile(2_000))).Next();

    [Fact]
    public void Cancelled_a_session_frees_its_items_and_wallets_and_owes_what_staff_took()
    {
        var (next, effects) = Waiting.Cancel(new CancelSession(SecondCashier), Noon + 1.Minutes).Commit();

        var ended = Assert.IsType<Session.Ended>(next);
        Assert.Equal(
            (Noon + 1.Minutes, SessionStatus.Cancelled, EndReason.CancelledByCaller),
            (ended.At, ended.Status, ended.Reason));
        Assert.Equal(
            [PaymentStatus.ToReturn, PaymentStatus.ToReturn, PaymentStatus.Released, PaymentStatus.Released],
                next.PaymentStatuses);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.Cancelled, Noon + 1.Minutes, SecondCashier), ended.Timeline[^1]);
        Assert.Equal((new Money(3_000), new Money(1_000)), (ended.MoneyToReturn, ended.CashToReturn));
        Assert.Equal(
            [
                new Effect.ReleaseReserved(SessionId),
                Released(Id(300), PaymentMethod.Cash, new(Pending, MamaNtilie.Id), new(ToReturn, MamaNtilie.Id), 1_000),
                Released(Id(301), PaymentMethod.Card, new(Pending, MamaNtilie.Id), new(ToReturn, MamaNtilie.Id), 2_000),
                Released(
                    Id(302), PaymentMethod.KitchenWallet, new(KitchenWalletHold, Fatuma), new(KitchenWallet, Fatuma),
                    3_000),
                new Effect.Publish(
                    MamaNtilie.Id,
                    new KitchenEvent.SessionEnded(SessionId, SessionStatus.Cancelled, "CANCELLED_BY_CALLER")),
            ],
            effects);
    }

    [Fact]
    public void Ended_early_a_session_is_expired_by_its_caller()
    {
        var (next, effects) = Slip.ExpireEarly(new ExpireSession(Cashier), Noon + 1.Minutes).Commit();

        var ended = Assert.IsType<Session.Ended>(next);
        Assert.Equal((SessionStatus.Expired, EndReason.EndedEarly), (ended.Status, ended.Reason));
        Assert.Equal(new TimelineEntry(TimelineEntryKind.Expired, Noon + 1.Minutes, Cashier), ended.Timeline[^1]);
        Assert.Equal(
            [
                new Effect.ReleaseReserved(SessionId),
                new Effect.Publish(
                    MamaNtilie.Id, new KitchenEvent.SessionEnded(SessionId, SessionStatus.Expired, "ENDED_EARLY")),
            ],
            effects);
    }

    [Fact]
    public void A_slip_can_be_cancelled_while_it_is_being_paid()
    {
        var (next, effects) = SlipBeingPaid.Cancel(new CancelSession(Cashier), Noon + 3.Minutes).Commit();

        Assert.Equal([PaymentStatus.ToReturn, PaymentStatus.Released], next.PaymentStatuses);
        Assert.Contains(
            Released(Id(320), PaymentMethod.Cash, new(Pending, MamaNtilie.Id), new(ToReturn, MamaNtilie.Id), 3_000),
            effects);
    }

    [Fact]
    public void What_is_to_return_is_handed_back_once_from_the_drawer_where_staff_stand()
    {
        var cancelled = Waiting.Cancel(new CancelSession(Cashier), Noon + 1.Minutes).Next();

        var (next, effects) = cancelled.ReturnMoney(new ReturnMoney(SecondCashier), Noon + 2.Minutes).Commit();

        var returned = Assert.IsType<Session.Ended>(next);
        Assert.Equal(
            [PaymentStatus.Returned, PaymentStatus.Returned, PaymentStatus.Released, PaymentStatus.Released],
                next.PaymentStatuses);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.MoneyReturned, Noon + 2.Minutes, SecondCashier), returned.Timeline[^1]);
        Assert.Equal((Money.Zero, Money.Zero), (returned.MoneyToReturn, returned.CashToReturn));
        Assert.Equal(
            [
                Moved(
                    Id(300), LedgerStep.Return, PaymentMethod.Cash,
                    new(ToReturn, MamaNtilie.Id), new(Drawer, OtherTill), 1_000, till: OtherTill),
                Moved(
                    Id(301), LedgerStep.Return, PaymentMethod.Card,
                    new(ToReturn, MamaNtilie.Id), new(CardTerminal, MamaNtilie.Id), 2_000, till: OtherTill),
            ],
            effects);
        Assert.Equal(
            "nothing-to-return", next.ReturnMoney(new ReturnMoney(Cashier), Noon + 3.Minutes).Code());
    }

    [Fact]
    public void The_money_of_a_expired_attempt_can_be_handed_back_before_and_after_the_slip_is_paid()
    {
        var payable = SlipBeingPaid.AsOf(Noon + 7.Minutes);
        var paid = Pay(payable, PaySlip(Cash(8_000)), Noon + 8.Minutes, attempt: 2).Next();

        Assert.IsType<Session.Pending>(payable.ReturnMoney(new ReturnMoney(Cashier), Noon + 8.Minutes).Next());
        var (next, effects) = paid.ReturnMoney(new ReturnMoney(Cashier), Noon + 9.Minutes).Commit();

        Assert.IsType<Session.Confirmed>(next);
        Assert.Equal([PaymentStatus.Returned, PaymentStatus.Released, PaymentStatus.Paid], next.PaymentStatuses);
        Assert.Equal(
            [
                Moved(
                    Id(320), LedgerStep.Return, PaymentMethod.Cash,
                    new(ToReturn, MamaNtilie.Id), new(Drawer, Till), 3_000),
            ],
            effects);
    }

    [Fact]
    public void Money_from_the_kitchen_s_own_channel_goes_back_through_it()
    {
        var ended = Open(PayNow(Lipa(4_000), Mobile(4_000))).Next().Cancel(new CancelSession(Cashier), Noon).Next();

        var (_, effects) = ended.ReturnMoney(new ReturnMoney(Cashier), Noon).Commit();

        Assert.Equal(
            [
                Moved(
                    Id(300), LedgerStep.Return, PaymentMethod.KitchenChannel,
                    new(ToReturn, MamaNtilie.Id), new(KitchenChannel, LipaVoda.Id), 4_000),
            ],
            effects);
    }

    private static Effect.Transfer Released(
        Guid payment, PaymentMethod method, Account debit, Account credit, long amount) =>
        Moved(payment, LedgerStep.Release, method, debit, credit, amount);
}
