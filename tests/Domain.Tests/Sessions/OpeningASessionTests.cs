using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Sessions;

public sealed class OpeningASessionTests
{
    [Fact]
    public void Paid_in_cash_a_session_is_confirmed_with_its_order_its_stock_its_money_and_its_news()
    {
        var (next, effects) = Open(PayNow(Cash(8_000)));

        var confirmed = Assert.IsType<Session.Confirmed>(next);
        Assert.Equal(SessionStatus.Confirmed, confirmed.Status);
        Assert.Equal((Noon, OrderId), (confirmed.At, confirmed.OrderId));
        Assert.Equal([PaymentStatus.Paid], next.PaymentStatuses);
        Assert.Equal([TimelineEntryKind.Opened, TimelineEntryKind.Confirmed], next.Story);
        var order = new Order(
            OrderId, SessionId, MamaNtilie.Id, 147, new DateOnly(2026, 3, 12), Noon, OrderStatus.Placed,
            OrderPaymentState.Paid, Channel.Pos, FulfillmentType.Pickup, null, null, "John", null,
            [new Line(Pilau.Id, "Pilau", 2, new Money(4_000), null)], Total);
        Assert.Equal(
            [
                new Effect.SellStock(MamaNtilie.Id, SessionId, [new(Pilau.Id, 2)]),
                Moved(Id(300), LedgerStep.Pay, PaymentMethod.Cash, new(Drawer, Till), new(Sales, MamaNtilie.Id), 8_000),
                new Effect.PlaceOrder(order),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.SessionConfirmed(SessionId, OrderId)),
            ],
            effects);
    }

    [Fact]
    public void Part_cash_part_mobile_money_waits_with_the_cash_taken_and_the_items_kept()
    {
        var (next, effects) = Open(PayNow(Cash(3_000), Mobile(5_000)));

        var pending = Assert.IsType<Session.Pending>(next);
        Assert.Equal(SessionStatus.PendingPayment, pending.Status);
        Assert.Equal(Noon + 5.Minutes, pending.ExpiresAt);
        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], next.PaymentStatuses);
        Assert.Equal([TimelineEntryKind.Opened], next.Story);
        Assert.Equal(
            [
                new Effect.ReserveStock(MamaNtilie.Id, SessionId, [new(Pilau.Id, 2)], Noon + 5.Minutes + 60.Seconds),
                Moved(
                    Id(300), LedgerStep.Hold, PaymentMethod.Cash,
                    new(Drawer, Till), new(Pending, MamaNtilie.Id), 3_000),
            ],
            effects);
    }

    [Fact]
    public void A_slip_keeps_the_items_for_15_minutes_and_moves_no_money()
    {
        var (next, effects) = Open(AskForSlip);

        var slip = Assert.IsType<Session.Pending>(next);
        Assert.Equal(Noon + 15.Minutes, slip.ExpiresAt);
        Assert.Null(slip.Attempt);
        Assert.Empty(slip.Payments);
        Assert.Equal("0123456789ABC", slip.Opening.SlipCode);
        Assert.Equal(
            [new Effect.ReserveStock(MamaNtilie.Id, SessionId, [new(Pilau.Id, 2)], Noon + 15.Minutes)], effects);
    }

    [Fact]
    public void What_was_agreed_is_kept_word_for_word()
    {
        var command = OnWhatsapp with
        {
            Items = [new(Pilau.Id, 1), new(Chai.Id, 2, "no sugar"), new(Pilau.Id, 1, "extra sauce")],
            Payments = [Mobile(11_000)],
            OrderInstructions = "Call first",
            ClientReference = "chat-7",
            ReissueOf = Id(99),
        };

        var opening = ((Session.Opened)Open(command).Next).Opening;

        Assert.Equal(
            new SessionOpening(
                MamaNtilie.Id, Bot, Noon, new DateOnly(2026, 3, 12), 147, SlipCode: null, LiveMode: true,
                SessionType.Immediate, Channel.Whatsapp, FulfillmentType.Delivery, null, null, null, "Call first",
                "+255700000000", GreenGate, "chat-7", Id(99),
                [
                    new(Pilau.Id, "Pilau", 1, new Money(4_000), null),
                    new(Chai.Id, "Chai", 2, new Money(1_500), "no sugar"),
                    new(Pilau.Id, "Pilau", 1, new Money(4_000), "extra sauce"),
                ]),
            opening);
        Assert.Equal(new Money(11_000), opening.Total);
    }

    [Fact]
    public void Lines_of_one_item_are_one_demand_for_items()
    {
        var command = AskForSlip with { Items = [new(Chai.Id, 2), new(Pilau.Id, 1), new(Chai.Id, 3, "no sugar")] };

        var reserve = Assert.IsType<Effect.ReserveStock>(Assert.Single(Open(command).Effects));

        Assert.Equal([new(Pilau.Id, 1), new(Chai.Id, 5)], reserve.Lines);
    }

    [Fact]
    public void The_six_way_split_of_the_reference_waits_for_its_phone_and_its_app_user()
    {
        var (next, effects) = Open(PayNow(
            Wallet(3_000), Lipa(1_500), Mobile(1_000), Cash(500), Card(500), AppWallet(1_500)));

        Assert.Equal(
            [PaymentStatus.Held, PaymentStatus.Held, PaymentStatus.Pending, PaymentStatus.Held, PaymentStatus.Held,
                PaymentStatus.Pending],
            next.PaymentStatuses);
        Assert.Equal(
            [
                Moved(
                    Id(300), LedgerStep.Hold, PaymentMethod.KitchenWallet,
                    new(KitchenWallet, Fatuma), new(KitchenWalletHold, Fatuma), 3_000),
                Moved(
                    Id(301), LedgerStep.Hold, PaymentMethod.KitchenChannel,
                    new(KitchenChannel, LipaVoda.Id), new(Pending, MamaNtilie.Id), 1_500),
                Moved(
                    Id(303), LedgerStep.Hold, PaymentMethod.Cash, new(Drawer, Till), new(Pending, MamaNtilie.Id), 500),
                Moved(
                    Id(304), LedgerStep.Hold, PaymentMethod.Card,
                    new(CardTerminal, MamaNtilie.Id), new(Pending, MamaNtilie.Id), 500),
            ],
            effects.Skip(1));
    }

    [Fact]
    public void An_app_user_s_own_wallet_pays_at_once_and_the_platform_owes_the_kitchen()
    {
        var (next, effects) = Open(OnTheApp(AppWallet(8_000)));

        Assert.IsType<Session.Confirmed>(next);
        Assert.Equal(
            [
                Moved(
                    Id(300), LedgerStep.Pay, PaymentMethod.PlatformWallet,
                    new(PlatformReceivable, MamaNtilie.Id), new(Sales, MamaNtilie.Id), 8_000),
                Moved(
                    Id(300), LedgerStep.Pay, PaymentMethod.PlatformWallet,
                    new(PlatformWallet, Neema.Id), new(KitchenPayable, MamaNtilie.Id), 8_000, part: 1),
            ],
            effects.OfType<Effect.Transfer>());
    }

    [Fact]
    public void An_app_user_s_wallet_is_held_while_the_phone_is_awaited()
    {
        var (next, effects) = Open(OnTheApp(AppWallet(3_000), Mobile(5_000)));

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], next.PaymentStatuses);
        Assert.Equal(
            Moved(
                Id(300), LedgerStep.Hold, PaymentMethod.PlatformWallet,
                new(PlatformWallet, Neema.Id), new(PlatformWalletHold, Neema.Id), 3_000),
            Assert.Single(effects.OfType<Effect.Transfer>()));
    }

    [Fact]
    public void Cash_without_a_till_lies_in_the_kitchen_s_drawer()
    {
        var (_, effects) = Open(PayNow(Cash(8_000)) with { By = Cashier with { DeviceId = null } });

        Assert.Equal(
            new Account(Drawer, MamaNtilie.Id), Assert.Single(effects.OfType<Effect.Transfer>()).Movement.Debit);
    }

    [Fact]
    public void A_kitchen_sets_how_long_it_waits()
    {
        var quick = MamaNtilie with
        {
            Settings = MamaNtilie.Settings with { SlipTimeout = 2.Minutes, PaymentTimeout = 3.Minutes },
        };

        Assert.Equal(Noon + 2.Minutes, OpenAt(AskForSlip).ExpiresAt);
        Assert.Equal(Noon + 3.Minutes, OpenAt(PayNow(Mobile(8_000))).ExpiresAt);

        Session.Pending OpenAt(OpenSession command)
        {
            var (quote, _) = SessionQuotes.Price(command, Facts);
            var ids = new OpeningIds(SessionId, OrderId, Ids(300), 1, new DateOnly(2026, 3, 12), "0123456789ABC");
            return Assert.IsType<Session.Pending>(Session.Initial.Open(command, quote, quick, ids, Noon).Next());
        }
    }

    [Fact]
    public void A_session_that_is_open_cannot_be_opened_by_another_request() =>
        Assert.Throws<InvalidOperationException>(() => Slip.Open(
            AskForSlip, new Quote([]), MamaNtilie, new OpeningIds(SessionId, OrderId, [], 1, default, ""), Noon));

    private static Decision<Session>.Commit Open(OpenSession command) => Fixtures.Open(command).Commit();
}
