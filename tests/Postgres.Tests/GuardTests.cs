using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>A commit that is refused changes nothing, whatever it brings and whoever comes with it.</summary>
public sealed class GuardTests(TestDatabase database) : StoreTests(database)
{
    private const string Tables = """
        SELECT array_agg(c.relname::text ORDER BY c.relname) FROM pg_class c
        WHERE c.relnamespace = 'jiko'::regnamespace AND c.relkind = 'r'
        """;

    private static int phones;

    /// <summary>Everything that a commit of a session can bring that was opened before.</summary>
    public static TheoryData<string> Kinds =>
    [
        .. typeof(Effect).GetNestedTypes()
            .Where(type => type.IsSubclassOf(typeof(Effect)))
            .Select(type => type.Name)
            .Except([nameof(Effect.ReserveStock), nameof(Effect.SellStock)]),
    ];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_a_session_that_has_changed_since_nothing_is_written(string kind)
    {
        foreach (var inCompany in new[] { false, true })
        {
            var till = new Till($"refused {kind} {inCompany}");
            var effect = Assert.Single(await EverythingFor(till), one => one.GetType().Name == kind);
            var slip = till.Slip((till.Chai, 1));
            await Store.Commit(slip, till.Paid(slip));

            var late = till.Cancelled(slip) with
            {
                Key = WhoseItemsChange(effect) ?? slip.Key,
                ExpectedVersion = 9,
                Effects = [effect],
            };
            await NothingIsWritten(late, inCompany);
        }
    }

    [Theory]
    [InlineData(StockAdjustmentKind.Receipt)]
    [InlineData(StockAdjustmentKind.Waste)]
    [InlineData(StockAdjustmentKind.Count)]
    public async Task Of_an_inventory_that_has_changed_since_nothing_is_written(StockAdjustmentKind kind)
    {
        foreach (var (version, inCompany) in new[] { (0, false), (0, true), (9, false), (9, true) })
        {
            var till = new Till($"refused {kind} {version} {inCompany}");
            await Store.Commit(till.Received(till.Pilau, 5), till.Received(till.Pilau, 5, version: 1));

            await NothingIsWritten(till.Adjust(kind, till.Pilau, 3, version), inCompany);
        }
    }

    [Fact]
    public async Task Of_an_operation_that_was_done_already_nothing_is_written()
    {
        foreach (var inCompany in new[] { false, true })
        {
            var till = new Till($"done already {inCompany}");
            var operation = till.NextOperation();
            await Store.Commit(till.Received(till.Pilau, 9), till.Sale((till.Pilau, 1)) with { Operation = operation });

            await NothingIsWritten(till.Sale((till.Pilau, 2)) with { Operation = operation }, inCompany);
            await NothingIsWritten(till.Slip((till.Pilau, 2)) with { Operation = operation }, inCompany);
        }
    }

    [Fact]
    public async Task In_company_too_nobody_spends_from_a_wallet_that_does_not_exist()
    {
        var till = new Till("no wallet, in company");
        await using var call = await CommitCall.Prepare(Store.Database.Source);

        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => call.Execute([till.WalletSale(till.NextId(), (till.Chai, 1)), till.Sale((till.Chai, 1))]));

        Assert.Equal((PostgresErrorCodes.CheckViolation, "wallet"), (refusal.SqlState, refusal.TableName));
        Assert.Equal(0, await RowsOf("checkout_session", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task Items_that_were_not_tracked_when_they_were_sold_do_not_come_back()
    {
        var till = new Till("tracked later");
        var round = till.Tab(till.Pilau);
        await Store.Commit(round, till.Received(till.Pilau, 5), till.Voided(round));

        Assert.Equal((5, 0, 0), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Items_that_are_sold_or_given_back_are_not_kept_until_later()
    {
        var till = new Till("kept no longer");
        await Store.Commit(till.Received(till.Pilau, 9));
        var (sold, over) = (till.Slip((till.Pilau, 1)), till.Slip((till.Pilau, 1)));
        var (paid, cancelled) = (till.Paid(sold), till.Cancelled(over));
        await Store.Commit(sold, paid, over, cancelled);
        var later = Till.Noon.AddYears(1);

        await Store.Commit(
            paid with { ExpectedVersion = 2, Effects = [new Effect.ExtendReserved(sold.Key, later)] },
            cancelled with { ExpectedVersion = 2, Effects = [new Effect.ExtendReserved(over.Key, later)] });

        Assert.Equal(0, await RowsOf("session_plates", $"kitchen_id = '{till.KitchenId}' AND lapses_at >= '{later:O}'"));
    }

    [Fact]
    public async Task Items_that_were_sold_or_given_back_stay_so()
    {
        var till = new Till("sold or given back");
        await Store.Commit(till.Received(till.Pilau, 9));
        var (sold, over) = (till.Slip((till.Pilau, 1)), till.Slip((till.Pilau, 1)));
        var (paid, cancelled) = (till.Paid(sold), till.Cancelled(over));
        await Store.Commit(sold, paid, over, cancelled);

        await Store.Commit(
            paid with { ExpectedVersion = 2, Effects = [new Effect.ReleaseReserved(sold.Key)] },
            cancelled with { ExpectedVersion = 2, Effects = [new Effect.SellReserved(over.Key)] });

        Assert.Equal(1, await RowsOf("session_plates", $"session_id = '{sold.Key}' AND state = 'SOLD'"));
        Assert.Equal(1, await RowsOf("session_plates", $"session_id = '{over.Key}' AND state = 'RELEASED'"));
    }

    [Fact]
    public async Task Beside_a_winner_that_takes_the_same_items_a_loser_takes_none()
    {
        var till = new Till("the same items");
        var operation = till.NextOperation();
        await Store.Commit(till.Received(till.Pilau, 9), till.Sale((till.Pilau, 1)) with { Operation = operation });
        GrainCommit[] losers =
        [
            till.Sale((till.Pilau, 2)) with { Operation = operation },
            till.Slip((till.Pilau, 2)) with { Operation = operation },
        ];
        foreach (var loser in losers)
        {
            await using var call = await CommitCall.Prepare(Store.Database.Source);

            var answers = await call.Execute([loser, till.Sale((till.Pilau, 1))]);

            Assert.IsType<CommitAnswer.VersionConflict>(answers[0]);
            Assert.IsType<CommitAnswer.Committed>(answers[1]);
            Assert.Equal(0, await RowsOf("session_plates", $"session_id = '{loser.Key}'"));
        }

        Assert.Equal((6, 0, 3), await Level(till, till.Pilau));
    }

    private async Task NothingIsWritten(GrainCommit refused, bool inCompany)
    {
        var neighbour = new Till($"beside {refused.Key} {refused.ExpectedVersion}");
        var before = await Everything(neighbour);
        await using var call = await CommitCall.Prepare(Store.Database.Source);

        var answers = await call.Execute(inCompany ? [refused, neighbour.Sale((neighbour.Chai, 1))] : [refused]);

        Assert.IsType<CommitAnswer.VersionConflict>(answers[0]);
        Assert.All(answers.Skip(1), answer => Assert.IsType<CommitAnswer.Committed>(answer));
        Assert.Equal(before, await Everything(neighbour));
    }

    /// <summary>All rows of all tables, as text, but for the neighbour's.</summary>
    private async Task<IReadOnlyList<string>> Everything(Till neighbour)
    {
        var rows = new List<string>();
        foreach (var table in await Database.Ask<string[]>(Tables))
        {
            rows.AddRange(await Database.Ask<string[]>($"""
                SELECT coalesce(array_agg('{table} ' || t::text ORDER BY t::text), ARRAY[]::text[]) FROM jiko.{table} t
                WHERE t::text NOT LIKE '%{neighbour.KitchenId}%'
                """));
        }

        return rows;
    }

    /// <summary>One that does not ring for another test.</summary>
    private static string NextPhone() => $"+25575{Interlocked.Increment(ref phones):D7}";

    private static Guid? WhoseItemsChange(Effect effect) => effect switch
    {
        Effect.SellReserved sell => sell.SessionId,
        Effect.ReleaseReserved release => release.SessionId,
        Effect.ExtendReserved extend => extend.SessionId,
        Effect.ReturnStock back => back.SessionId,
        _ => null,
    };

    /// <summary>One effect of each kind, each of which would change something.</summary>
    private async Task<Sequence<Effect>> EverythingFor(Till till)
    {
        var customer = till.NextId();
        var (toSell, toRelease, toExtend) = (
            till.Slip((till.Pilau, 1)), till.Slip((till.Pilau, 1)), till.Slip((till.Pilau, 1)));
        var sold = till.Sale((till.Pilau, 2));
        var phone = new PaymentRequest(PaymentMethod.MobileMoney, new Money(1_000), PhoneNumber: NextPhone());
        var waiting = till.PendingSale(phone, (till.Pilau, 1));
        var ended = till.PendingSale(phone with { PhoneNumber = NextPhone() }, (till.Pilau, 1));
        var over = till.Cancelled(ended);
        var late = till.PaidByPhone(over, phone.Amount);
        await Store.Commit(
            till.Received(till.Pilau, 50), till.TopUp(customer, 5_000), toSell, toRelease, toExtend, sold, waiting, ended,
            over, late);

        var (merchant, link, subscription) = await MerchantsOf(till);
        var order = sold.Effects.OfType<Effect.PlaceOrder>().Single().Order;
        var refund = late.Effects.OfType<Effect.StartRefund>().Single();
        var started = waiting.Effects.OfType<Effect.StartAttempt>().First();
        var round = till.Tab(till.Chai);
        var bill = round.Effects.OfType<Effect.KeepBill>().Single().Bill;
        return
        [
            new Effect.SellReserved(toSell.Key),
            new Effect.ReleaseReserved(toRelease.Key),
            new Effect.ExtendReserved(toExtend.Key, till.Now.AddYears(1)),
            new Effect.ReturnStock(till.KitchenId, sold.Key, [new StockLine(till.Pilau, 1)]),
            new Effect.AdjustStock(
                till.KitchenId,
                new StockAdjustment(
                    till.NextId(), till.Pilau, StockAdjustmentKind.Receipt, 1, "test", till.Cashier.Id, till.Now)),
            new Effect.PlaceOrder(order with { Id = till.NextId(), SessionId = till.NextId() }),
            new Effect.MoveOrder(order.Id, OrderStatus.Placed, TicketStatus.Ready),
            till.TopUp(customer, 1_000).Effects.OfType<Effect.Transfer>().Single(),
            new Effect.SpendAuthorization(till.NextId(), till.NextId()),
            new Effect.AttestReceipt(
                till.NextId(), till.NextId(), new Money(1_000),
                new Attestation($"R{till.NextPush().Reference}", TillNames.Receipts(till.KitchenId, "VODACOM"), till.Cashier.Id)),
            started with
            {
                Attempt = started.Attempt with
                {
                    Id = till.NextId(), Reference = till.NextPush().Reference, PhoneNumber = NextPhone(),
                },
            },
            new Effect.CloseAttempt(started.Attempt.Reference, AttemptStatus.Failed),
            new Effect.ClaimReceipts("simulator", started.Attempt.Reference, [$"{till.NextId():N}"]),
            refund with { Refund = refund.Refund with { Reference = till.NextPush().Reference } },
            new Effect.CloseRefund(refund.Refund.Reference),
            new Effect.SettleRefund(refund.Refund.Reference, RefundWay.Dashboard, till.KitchenId),
            new Effect.KeepBill(bill with { Id = till.NextId() }, 0),
            till.BillPaid(round).Effects.OfType<Effect.KeepSession>().Single(), // it pays a bill, and is noted as such
            new Effect.KeepCart(till.NextId(), Cart.Initial, 0),
            new Effect.RecordSaleChange(new SaleChange(
                SaleChangeKind.Refund, till.NextId(), 0, till.KitchenId, sold.Key, null, null, 0, new Money(1_000))),
            new Effect.RecordCorrection(
                till.KitchenId, sold.Key, till.NextId(), till.NextId(), ShiftId: null, AfterClosing: false, 0,
                new PaymentCorrection(
                    till.NextId(), till.Now, till.Cashier, PaymentMethod.Cash, PaymentMethod.Card, new Money(1_000),
                    "test")),
            new Effect.CountLinkSession(link, till.NextId(), LinkSessionState.Open),
            new Effect.BeginSubscription(SubscriptionOf(till, merchant)),
            new Effect.WakeSubscription(subscription),
            new Effect.Publish(till.KitchenId, new KitchenEvent.BillClosed(till.NextId(), BillStatus.Void)),
        ];
    }

    /// <summary>A merchant whose store is the till's kitchen, with a payment link and a subscription.</summary>
    private async Task<(Guid Merchant, Guid Link, Guid Subscription)> MerchantsOf(Till till)
    {
        var (merchant, link, subscription) = (till.NextId(), till.NextId(), SubscriptionOf(till, till.NextId()));
        await Database.Run($"""
            INSERT INTO jiko.kitchen (
                id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
                low_stock_threshold, created_at)
            VALUES ('{till.KitchenId}', 'Duka', false, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, now());
            INSERT INTO jiko.merchant VALUES ('{merchant}', 'Duka', false, now());
            INSERT INTO jiko.payment_link VALUES (
                '{link}', '{merchant}', '{till.KitchenId}', false, 'TZS', 'QUJDREVGR0hJSktMTU5PUA', '', true, now());
            INSERT INTO jiko.payment_link_use VALUES ('{link}', 2);
            INSERT INTO jiko.subscription VALUES (
                '{subscription.Id}', '{merchant}', '{till.KitchenId}', false, 'ACTIVE', '', 1, NULL, NULL, now(), NULL);
            """);
        return (merchant, link, subscription.Id);
    }

    private static Subscription SubscriptionOf(Till till, Guid merchant) => new(
        till.NextId(), merchant, till.KitchenId, LiveMode: false, "TZS", new Money(1_000), new SubscriptionPlan("month"),
        till.NextId(), till.Now);
}
