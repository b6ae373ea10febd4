using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Books;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>A law that cannot be broken proves nothing: each of them is broken here, and finds it.</summary>
public sealed class ConservationTests(TestDatabase database) : StoreTests(database)
{
    /// <summary>What is done to the rows, and the file of the law that has to notice.</summary>
    public static TheoryData<string, string> Breakages => new()
    {
        { "01_orders", "DELETE FROM customer_order WHERE session_id = '{paid}'" },
        { "01_orders", "UPDATE customer_order SET ticket = NULL WHERE id = '{order}'" },
        { "01_orders", "UPDATE customer_order SET session_id = '{waiting}' WHERE session_id = '{paid}'" },
        { "01_orders", "DELETE FROM bill_payment WHERE bill_id = '{settled}'" },
        { "02_captured", "UPDATE ledger_transfer SET amount = amount - 1 WHERE session_id = '{paid}'" },
        { "02_captured", "UPDATE checkout_session SET status = 'PENDING_PAYMENT' WHERE id = '{paid}'" },
        { "03_sales", "UPDATE ledger_transfer SET credit_kind = 'TO_RETURN' WHERE session_id = '{paid}'" },
        { "04_money", "UPDATE ledger_transfer SET step = 'RETURN' WHERE session_id = '{paid}'" },
        { "04_money", "UPDATE ledger_transfer SET credit_kind = 'NOWHERE' WHERE session_id = '{cancelled}'" },
        { "05_held", "DELETE FROM ledger_transfer WHERE session_id = '{waiting}'" },
        { "05_held", "UPDATE ledger_transfer SET amount = amount + 1 WHERE session_id = '{waiting}'" },
        { "05_held", "DELETE FROM ledger_transfer WHERE session_id = '{cancelled}' AND step = 'RELEASE'" },
        { "06_postings", "UPDATE ledger_transfer SET session_id = '{nobody}' WHERE session_id = '{paid}'" },
        { "06_postings", "UPDATE ledger_transfer SET kitchen_id = '{nobody}' WHERE session_id = '{paid}'" },
        { "06_postings", "DELETE FROM ledger_transfer WHERE session_id = '{cancelled}' AND step = 'RELEASE'" },
        { "07_wallets", "UPDATE wallet SET available = available + 1 WHERE owner = '{customer}'" },
        { "07_wallets", "UPDATE wallet SET held = 1 WHERE owner = '{customer}'" },
        { "07_wallets", "DELETE FROM wallet WHERE owner = '{customer}'" },
        { "07_wallets", "INSERT INTO wallet (owner, kind, available) VALUES ('{nobody}', 'PLATFORM', 1)" },
        { "08_stock", "UPDATE stock_item SET wasted = wasted + 1" },
        { "08_stock", "UPDATE stock_item SET reserved = on_hand + 1" },
        { "09_reservations", "UPDATE stock_item SET reserved = reserved + 1" },
        { "09_reservations", "UPDATE stock_item SET sold = sold + 1, on_hand = on_hand - 1" },
        {
            "09_reservations", """
            UPDATE checkout_session SET plates = NULL, plate_menu_ids = NULL, plate_quantities = NULL
            WHERE id = '{paid}'
            """
        },
        { "09_reservations", "UPDATE checkout_session SET plate_menu_ids[1] = '{nobody}' WHERE id = '{paid}'" },
        { "09_reservations", "UPDATE checkout_session SET plates_returned = plate_quantities WHERE id = '{paid}'" },
        { "10_session_stock", "UPDATE checkout_session SET plates_returned = plate_quantities WHERE id = '{waiting}'" },
        { "10_session_stock", "UPDATE checkout_session SET plates = 'RELEASED' WHERE id = '{waiting}'" },
        { "10_session_stock", "UPDATE checkout_session SET plates = 'RESERVED' WHERE id = '{paid}'" },
        { "10_session_stock", "UPDATE checkout_session SET plates = 'RESERVED' WHERE id = '{cancelled}'" },
        { "11_journal", "UPDATE stock_journal SET difference = difference + 1" },
        { "11_journal", "DELETE FROM stock_journal" },
        { "12_operations", "UPDATE operation SET version = 9 WHERE grain_kind = 'SESSION'" },
        { "12_operations", "UPDATE operation SET grain_key = '{nobody}' WHERE grain_kind = 'SESSION'" },
        { "12_operations", "UPDATE operation SET version = 9 WHERE grain_kind = 'BILL'" },
        { "12_operations", "UPDATE operation SET version = 9 WHERE grain_kind = 'CART'" },
        { "13_suspense", "DELETE FROM ledger_transfer WHERE session_id = '{late}'" },
        { "13_suspense", "UPDATE ledger_transfer SET amount = amount + 1 WHERE session_id = '{late}'" },
        { "13_suspense", "UPDATE ledger_transfer SET credit_kind = 'SALES' WHERE session_id = '{late}'" },
        { "14_refunds", "UPDATE payment_refund SET done = true, next_try_at = NULL WHERE session_id = '{late}'" },
        { "14_refunds", "UPDATE payment_refund SET next_try_at = NULL WHERE session_id = '{late}'" },
        {
            "15_parked",
            "UPDATE payment_attempt SET parked = 'LATE', parked_amount = 1000, parked_at = now() WHERE session_id = '{late}'"
        },
        { "16_bill_rounds", "DELETE FROM bill WHERE id = '{bill}'" },
        { "16_bill_rounds", "UPDATE bill SET state = replace(state, '\"quantity\":1', '\"quantity\":2') WHERE id = '{bill}'" },
        { "16_bill_rounds", "DELETE FROM checkout_session WHERE id = '{round}'" },
        { "17_bill_balances", "UPDATE bill SET total = total + 1, balance = balance + 1 WHERE id = '{bill}'" },
        { "17_bill_balances", "UPDATE bill SET balance = balance - 1 WHERE id = '{bill}'" },
        { "17_bill_balances", "UPDATE bill SET status = 'PAYMENT_PENDING' WHERE id = '{bill}'" },
        { "17_bill_balances", "UPDATE bill SET status = 'PAID' WHERE id = '{bill}'" },
        {
            "17_bill_balances",
            "UPDATE bill SET state = replace(state, '\"shares\":[]', '\"shares\":[{\"amount\":1}]') WHERE id = '{bill}'"
        },
        {
            "17_bill_balances",
            "DELETE FROM ledger_transfer WHERE session_id = (SELECT session_id FROM bill_payment WHERE bill_id = '{settled}')"
        },
        { "18_billed_orders", "UPDATE customer_order SET payment_state = 'ON_BILL' WHERE session_id = '{round}'" },
        { "18_billed_orders", "UPDATE customer_order SET payment_state = 'ON_BILL' WHERE session_id = '{paid}'" },
        { "18_billed_orders", "UPDATE bill SET status = 'OPEN' WHERE id = '{settled}'" },
        {
            "19_order_refunds",
            """
            INSERT INTO ledger_transfer SELECT leg_id, 'REVERSE', 0, session_id, kitchen_id, method, credit_kind,
                credit_owner, debit_kind, debit_owner, amount, NULL, till_id, at
            FROM ledger_transfer WHERE session_id = '{paid}'
            """
        },
        {
            "19_order_refunds",
            """
            UPDATE checkout_session SET state = jsonb_set(state::jsonb, '{legs,0,refunded}', '1')::text
            WHERE id = '{paid}'
            """
        },
        { "20_order_lives", "UPDATE customer_order SET ticket = 'READY' WHERE id = '{order}'" },
        { "20_order_lives", "UPDATE customer_order SET status = 'REJECTED' WHERE id = '{order}'" },
        { "21_rejected_orders", "DELETE FROM ledger_transfer WHERE session_id = '{rejected}' AND step = 'REVERSE'" },
        { "21_rejected_orders", "UPDATE checkout_session SET plates_returned = NULL WHERE id = '{rejected}'" },
        { "21_rejected_orders", "UPDATE customer_order SET status = 'NEEDS_APPROVAL' WHERE session_id = '{rejected}'" },
        { "22_groups", "UPDATE checkout_session SET status = 'CONFIRMED' WHERE id = '{follower}'" },
        { "22_groups", "UPDATE checkout_session SET status = 'EXPIRED' WHERE id = '{leading}'" },
        { "22_groups", "DELETE FROM checkout_session WHERE id = '{follower}'" },
        { "22_groups", "UPDATE cart SET version = 2, group_id = NULL WHERE id = '{shopper}'" },
        { "22_groups", "UPDATE cart SET version = 2, group_id = '{paid}' WHERE id = '{shopper}'" },
        { "22_groups", "INSERT INTO cart VALUES ('{nobody}', 1, '', '{leading}')" },
        {
            "31_currencies",
            """
            INSERT INTO kitchen (id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds,
                slip_timeout_seconds, low_stock_threshold, created_at, currency, country)
            VALUES ('{nobody}', 'Hotel', false, 'UTC', '04:00', 300, 900, 5, now(), 'USD', 'CD');
            UPDATE ledger_transfer SET kitchen_id = '{nobody}' WHERE session_id = '{paid}'
            """
        },
        {
            "31_currencies",
            """
            UPDATE checkout_session SET state = jsonb_set(state::jsonb, '{opening,currency}', '"KES"')::text
            WHERE id = '{paid}'
            """
        },
        {
            "31_currencies",
            "UPDATE bill SET state = jsonb_set(state::jsonb, '{opening,currency}', '\"KES\"')::text WHERE id = '{bill}'"
        },
        { "25_drawers", "UPDATE shift SET float = float + 1 WHERE id = '{open_shift}'" },
        { "25_drawers", "DELETE FROM drawer_movement WHERE shift_id = '{open_shift}'" },
        { "25_drawers", "UPDATE ledger_transfer SET amount = amount + 1 WHERE leg_id = '{open_shift}'" },
        { "25_drawers", "UPDATE ledger_transfer SET debit_owner = '{nobody}' WHERE leg_id = '{open_shift}'" },
        { "26_counts", "UPDATE shift SET expected = expected + 1 WHERE id = '{closed_shift}'" },
        { "26_counts", "UPDATE shift SET counted = counted + 1 WHERE id = '{closed_shift}'" },
        { "26_counts", "UPDATE shift SET float = float + 1 WHERE id = '{closed_shift}'" },
        { "26_counts", "DELETE FROM drawer_movement WHERE shift_id = '{closed_shift}'" },
        { "26_counts", "DELETE FROM shift_entry WHERE shift_id = '{closed_shift}' AND step = 'TOP_UP'" },
        { "26_counts", "UPDATE ledger_transfer SET amount = 1 WHERE leg_id = '{closed_shift}' AND step = 'DEPOSIT'" },
        { "27_shift_entries", "UPDATE ledger_transfer SET till_id = '{nobody}' WHERE leg_id = '{closed_shift}'" },
        { "27_shift_entries", "UPDATE ledger_transfer SET kitchen_id = '{nobody}' WHERE leg_id = '{closed_shift}'" },
        { "27_shift_entries", "UPDATE ledger_transfer SET till_id = NULL WHERE session_id = '{paid}'" },
        { "27_shift_entries", "DELETE FROM shift_entry WHERE leg_id = '{open_shift}'" },
        { "27_shift_entries", "UPDATE ledger_transfer SET debit_owner = '{nobody}' WHERE leg_id = '{open_shift}'" },
        { "28_voided_lines", "UPDATE checkout_session SET plates_returned = NULL WHERE id = '{voided}'" },
        { "28_voided_lines", "UPDATE checkout_session SET plates_returned = plate_quantities WHERE id = '{tab}'" },
        { "28_voided_lines", "UPDATE bill SET state = replace(state, '\"voided\"', '\"kept\"') WHERE id = '{void}'" },
        {
            "28_voided_lines",
            "UPDATE checkout_session SET state = replace(state, '\"voids\"', '\"kept\"') WHERE id = '{voided}'"
        },
        {
            "28_voided_lines",
            """
            UPDATE checkout_session SET state = replace(state, '"restocked":true', '"restocked":false')
            WHERE id = '{voided}'
            """
        },
        {
            "29_corrections",
            """
            INSERT INTO ledger_transfer SELECT leg_id, 'CORRECT', 0, session_id, kitchen_id, method, credit_kind,
                credit_owner, debit_kind, debit_owner, amount, NULL, till_id, at
            FROM ledger_transfer WHERE session_id = '{paid}'
            """
        },
        {
            "29_corrections",
            """
            UPDATE checkout_session SET state = jsonb_set(state::jsonb, '{legs,0,corrections}', '[]')::text
            WHERE id = '{paid}'
            """
        },
        {
            "29_corrections",
            """
            INSERT INTO count_correction
            SELECT '{nobody}', id, 0, kitchen_id, counted, counted + 1, 'x', closed_by, now() FROM shift
            WHERE id = '{closed_shift}'
            """
        },
        { "32_settlement", "DELETE FROM ledger_transfer WHERE session_id = '{settling}' AND step = 'ASSIGN'" },
        { "32_settlement", "UPDATE ledger_transfer SET debit_owner = '{nobody}' WHERE debit_owner = '{wallet}'" },
        {
            "32_settlement",
            "UPDATE ledger_transfer SET amount = amount + 1 WHERE session_id = '{settling}' AND step = 'ASSIGN'"
        },
        {
            "32_settlement",
            "UPDATE ledger_transfer SET session_id = '{paid}' WHERE session_id = '{settling}' AND step = 'ASSIGN'"
        },
        {
            "32_settlement",
            """
            INSERT INTO ledger_transfer SELECT '{nobody}', step, part, session_id, kitchen_id, method, credit_kind,
                credit_owner, debit_kind, debit_owner, amount, NULL, NULL, at
            FROM ledger_transfer WHERE session_id = '{settling}' AND step = 'ASSIGN'
            """
        },
        { "32_settlement", "DELETE FROM payout WHERE wallet_id = '{wallet}'" },
        { "32_settlement", "UPDATE payout SET amount = amount - 1 WHERE wallet_id = '{wallet}'" },
        {
            "32_settlement",
            """
            UPDATE payout SET amount = amount + 9000 WHERE wallet_id = '{wallet}';
            UPDATE ledger_transfer SET amount = amount + 9000 WHERE credit_owner = '{wallet}' AND step = 'DISBURSE'
            """
        },
        { "33_commission", "DELETE FROM ledger_transfer WHERE session_id = '{settling}' AND step = 'COMMISSION'" },
        {
            "33_commission",
            """
            DELETE FROM ledger_transfer WHERE session_id = '{settling}' AND step = 'COMMISSION'
                AND credit_kind = 'PLATFORM_COMMISSION'
            """
        },
        {
            "33_commission",
            "UPDATE ledger_transfer SET amount = amount + 1 WHERE session_id = '{settling}' AND step = 'COMMISSION'"
        },
        {
            "33_commission",
            "UPDATE ledger_transfer SET session_id = '{paid}' WHERE session_id = '{settling}' AND step = 'COMMISSION'"
        },
        {
            "33_commission",
            """
            UPDATE checkout_session SET state = jsonb_set(state::jsonb, '{opening,commission}', '999')::text
            WHERE id = '{settling}'
            """
        },
    };

    /// <summary>What the database itself would refuse, while the law is tried that would find it.</summary>
    private const string WithoutConstraints = """
        SET LOCAL search_path = jiko;
        ALTER TABLE stock_item DROP CONSTRAINT stock_item_identity, DROP CONSTRAINT stock_item_available;
        ALTER TABLE bill DROP CONSTRAINT bill_paid, DISABLE TRIGGER USER;
        """;

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_broken_law_is_found(string file, string breakage)
    {
        var names = await AnHonestDay(new Till($"broken {file} {breakage}"));
        var law = ConservationLaw.All.Single(law => law.File == $"{file}.sql");
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.Empty(await law.Broken(connection));

        foreach (var (name, id) in names)
            breakage = breakage.Replace($"{{{name}}}", $"{id}", StringComparison.Ordinal);
        await using var command = new NpgsqlCommand(WithoutConstraints + breakage, connection);
        await command.ExecuteNonQueryAsync();

        // Never committed: the next test finds honest books again.
        Assert.NotEmpty(await law.Broken(connection));
    }

    [Fact]
    public void Every_law_is_broken_by_some_test()
    {
        Assert.Equal(
            ConservationLaw.All.Select(law => law.File),
            Breakages.Select(row => $"{row.Data.Item1}.sql").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_laws_hold_at_every_moment_of_a_busy_day()
    {
        var till = new Till("a busy day");
        var customer = till.NextId();
        await Store.Commit(till.Received(till.Pilau, 60), till.TopUp(customer, 100_000));
        GrainCommit[] slips = [.. Enumerable.Range(0, 100).Select(_ => till.Slip((till.Pilau, 1)))];

        var busy = Task.Run(async () =>
        {
            var opened = slips.Zip(await Store.CommitTogether(slips))
                .Where(pair => pair.Second is CommitAnswer.Committed)
                .Select(pair => pair.First);
            await Task.WhenAll(
                Store.CommitTogether(
                    opened.Select((slip, place) => place % 2 == 0 ? till.Paid(slip) : till.Cancelled(slip))),
                Store.CommitTogether(Enumerable.Range(0, 200).Select(_ => till.Sale((till.Pilau, 1), (till.Chai, 1)))),
                Store.CommitTogether(Enumerable.Range(0, 50).Select(_ => till.WalletSale(customer, (till.Chai, 3)))));
        });
        do await Store.MustBalance();
        while (!busy.IsCompleted);

        await busy;
    }

    [Fact]
    public async Task Money_held_for_a_session_is_found_wherever_it_goes()
    {
        var till = new Till("held money");
        var customer = till.NextId();
        await Store.Commit(till.TopUp(customer, 9_000));
        var cash = till.PendingSale(new PaymentRequest(PaymentMethod.Cash, new Money(2_000)), (till.Pilau, 1));
        var wallet = till.PendingSale(
            new PaymentRequest(PaymentMethod.KitchenWallet, new Money(3_000), KitchenCustomerId: customer),
            (till.Pilau, 1));
        await Store.Commit(cash, wallet);
        await Store.MustBalance();
        Assert.Equal(6_000, (await Store.Wallets.KitchenWallets(till.KitchenId, [customer]))[customer].Shillings);

        var cancelled = till.Cancelled(cash);
        await Store.Commit(cancelled, till.Cancelled(wallet));
        await Store.MustBalance();
        Assert.Equal(9_000, (await Store.Wallets.KitchenWallets(till.KitchenId, [customer]))[customer].Shillings);
        Assert.Equal(2_000, (await Balance(till, AccountKind.ToReturn)).Credits.Shillings);

        await Store.Commit(till.MoneyReturned(cancelled));
        Assert.Equal(Money.Zero, (await Balance(till, AccountKind.ToReturn)).Balance);
    }

    [Fact]
    public async Task The_trial_balance_is_the_kitchens_own_and_comes_to_nothing()
    {
        var till = new Till("trial balance");
        await AnHonestDay(new Till("another kitchen's"));
        var customer = till.NextId();
        await Store.Commit(
            till.TopUp(customer, 7_000), till.WalletSale(customer, (till.Pilau, 1)), till.Sale((till.Chai, 2)));

        var own = await Store.Books.TrialBalance(till.KitchenId);
        var everybodys = await Store.Books.TrialBalance(Currency.Tzs);

        Assert.Equal(
            [
                Row(AccountKind.Drawer, till.Cashier.DeviceId!.Value, PaymentMethod.Cash, 9_000, 0),
                Row(AccountKind.KitchenWallet, customer, PaymentMethod.Cash, 0, 7_000),
                Row(AccountKind.KitchenWallet, customer, PaymentMethod.KitchenWallet, 5_000, 0),
                Row(AccountKind.Sales, till.KitchenId, PaymentMethod.Cash, 0, 2_000),
                Row(AccountKind.Sales, till.KitchenId, PaymentMethod.KitchenWallet, 0, 5_000),
            ],
            own);
        Assert.True(everybodys.Count > own.Count);
        Assert.Equal(Money.Zero, everybodys.Sum(row => row.Balance));

        TrialBalanceRow Row(AccountKind account, Guid owner, PaymentMethod method, long debits, long credits) => new(
            till.KitchenId, account, owner, method, new Money(debits), new Money(credits), new Money(debits - credits));
    }

    private async Task<TrialBalanceRow> Balance(Till till, AccountKind account) =>
        (await Store.Books.TrialBalance(till.KitchenId)).Single(row => row.Account == account);

    private static Guid BillOf(GrainCommit round) => round.Effects.OfType<Effect.KeepBill>().Single().Bill.Id;

    /// <summary>
    /// A sale, a session that waits with cash in hand, one cancelled, one paid too late, an order that was rejected, a
    /// bill that is open, one that is paid and one that is void, a cart that waits for a phone, a wallet, stock, and a
    /// shift that is closed and one that is open.
    /// </summary>
    private async Task<Dictionary<string, Guid>> AnHonestDay(Till till)
    {
        var customer = till.NextId();
        var cash = new PaymentRequest(PaymentMethod.Cash, new Money(1_000));
        var paid = till.Sale((till.Pilau, 1)) with { Operation = till.NextOperation() };
        var waiting = till.PendingSale(cash, (till.Pilau, 1));
        var cancelled = till.PendingSale(cash, (till.Pilau, 1));
        var phone = new PaymentRequest(PaymentMethod.MobileMoney, new Money(1_000), PhoneNumber: "+255754000111");
        var late = till.PendingSale(phone, (till.Pilau, 1));
        var over = till.Cancelled(late);
        var tab = till.Tab(till.Pilau);
        var round = till.Tab(till.Chai);
        var voided = till.Tab(till.Pilau);
        var guests = till.TableOrder((till.Pilau, 1));
        var guestsPaid = till.PaidByPhone(guests, new Money(5_000));
        var shopper = new Shopper(till, new Till($"{till.KitchenId}, next door"));
        await Store.Commit(
            till.Received(till.Pilau, 10), till.Adjust(StockAdjustmentKind.Waste, till.Pilau, 1, version: 1),
            till.TopUp(customer, 5_000), paid, waiting, cancelled, till.Cancelled(cancelled), late, over,
            till.PaidByPhone(over, phone.Amount), tab, round, till.BillPaid(round), voided, till.Voided(voided), guests,
            guestsPaid, till.Rejected(guestsPaid), shopper.CheckOut());
        var (closed, open) = await TwoShifts();
        var (settling, wallet) = await PaidOutRegister();
        return new Dictionary<string, Guid>
        {
            ["closed_shift"] = closed,
            ["open_shift"] = open,
            ["paid"] = paid.Key,
            ["order"] = paid.Effects.OfType<Effect.PlaceOrder>().Single().Order.Id,
            ["waiting"] = waiting.Key,
            ["cancelled"] = cancelled.Key,
            ["late"] = late.Key,
            ["rejected"] = guests.Key,
            ["bill"] = BillOf(tab),
            ["round"] = round.Key,
            ["tab"] = tab.Key,
            ["voided"] = voided.Key,
            ["void"] = BillOf(voided),
            ["settled"] = BillOf(round),
            ["customer"] = customer,
            ["shopper"] = shopper.Account,
            ["leading"] = shopper.Sessions[0].Id,
            ["follower"] = shopper.Sessions[1].Id,
            ["settling"] = settling,
            ["wallet"] = wallet,
            ["nobody"] = till.NextId(),
        };
    }

    /// <summary>A register's sale, most of which was paid out to the merchant.</summary>
    private async Task<(Guid Session, Guid Wallet)> PaidOutRegister()
    {
        await using var office = new Office(Database);
        var store = await office.Kitchen();
        var shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store.Id])));
        var wallet = Office.Done(await office.Wallets.List(shop.Id)).Wallets[0].Id;
        var till = new Till($"register of {store.Id}") { KitchenId = store.Id };
        var ringing = till.AtRegister(wallet, 10_000, commission: 1_000);
        await Store.Commit(ringing, till.PaidByPhone(ringing, new Money(10_000)));
        Office.Done(await office.Wallets.PayOut(wallet, new PayoutPlan(new Money(7_000), "CRDB-1", office.Clock.GetUtcNow())));
        return (ringing.Key, wallet);
    }

    /// <summary>One that was short at its end, and the one after it, at a till where customers pay in cash.</summary>
    private async Task<(Guid Closed, Guid Open)> TwoShifts()
    {
        await using var office = new Office(Database);
        var kitchen = (await office.Kitchen()).Id;
        var cashier = new Caller(CallerKind.Staff, kitchen, kitchen, (await office.Device(kitchen)).Device.Id);
        var customer = Office.Done(await office.Customers.Add(kitchen, new NewCustomer("Asha", "+255754000111"), null));
        var closed = await Begin();
        Office.Done(await office.Shifts.Close(closed, new CloseShift(cashier, new Money(6_700), Note: null)));
        return (closed.Id, (await Begin()).Id);

        async Task<Shift> Begin()
        {
            var shift = Office.Done(await office.Shifts.Open(new OpenShift(cashier, new Money(2_000))));
            var cash = new TopUp(PaymentMethod.Cash, new Money(5_000));
            Office.Done(await office.Customers.TopUp(kitchen, customer.Customer.Id, cash, cashier, null));
            Office.Done(await office.Shifts.Move(
                shift, new MoveCash(cashier, StaffRole.Cashier, DrawerMovementKind.PayOut, new Money(200), "Milk")));
            return shift;
        }
    }
}
