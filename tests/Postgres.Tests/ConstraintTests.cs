using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// What can never be stored. Each CHECK and UNIQUE of the schema refuses a row, and once it is dropped the same row goes
/// in: nothing else would have kept it out.
/// </summary>
public sealed class ConstraintTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>A constraint, and a change of the rows of <see cref="Seed"/> that only it refuses.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "app_account_phone", Copy("app_account", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "attested_receipt_amount_check", "UPDATE attested_receipt SET amount = 0" },
        { "attested_receipt_leg", Copy("attested_receipt", """{"receipt": "R2"}""") },
        { "audit_number_check", Copy("audit", """{"id": "10000000-0000-0000-0000-000000000001", "number": 0}""") },
        { "audit_place", Copy("audit", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "bill_balance_check", "UPDATE bill SET version = 2, balance = -1" },
        { "bill_paid", "UPDATE bill SET version = 2, status = 'PAID', balance = 1" },
        { "bill_paid", "UPDATE bill SET version = 2, status = 'VOID', balance = 1" },
        { "bill_paid", "UPDATE bill SET version = 2, status = 'MERGED', balance = 1" },
        { "bill_status_check", "UPDATE bill SET version = 2, status = 'LOST'" },
        { "bill_total_check", "UPDATE bill SET version = 2, total = -1" },
        { "bill_version_check", Copy("bill", """{"id": "10000000-0000-0000-0000-000000000001", "version": 0}""") },
        { "bot_key_kitchen_ids_check", "UPDATE bot_key SET kitchen_ids = '{}'" },
        { "cart_version_check", Copy("cart", """{"id": "10000000-0000-0000-0000-000000000001", "version": 0}""") },
        {
            "checkout_session_number",
            Copy("checkout_session", """{"id": "10000000-0000-0000-0000-000000000001", "slip_code": "another"}""")
        },
        { "checkout_session_number_check", "UPDATE checkout_session SET number = 0" },
        {
            "checkout_session_slip_code",
            Copy("checkout_session", """{"id": "10000000-0000-0000-0000-000000000001", "number": 2}""")
        },
        { "checkout_session_plates", "UPDATE checkout_session SET plates = 'LOST'" },
        { "checkout_session_plates", "UPDATE checkout_session SET plates = NULL" },
        { "checkout_session_plates", "UPDATE checkout_session SET plate_quantities = '{0}'" },
        { "checkout_session_plates", "UPDATE checkout_session SET plate_quantities = '{2, 2}'" },
        { "checkout_session_plates", "UPDATE checkout_session SET plate_menu_ids = NULL" },
        { "checkout_session_plates_returned", "UPDATE checkout_session SET plates_returned = '{3}'" },
        { "checkout_session_plates_returned", "UPDATE checkout_session SET plates_returned = '{-1}'" },
        { "checkout_session_plates_returned", "UPDATE checkout_session SET plates_returned = '{1, 1}'" },
        { "checkout_session_status_check", "UPDATE checkout_session SET status = 'LOST'" },
        { "checkout_session_total_check", "UPDATE checkout_session SET total = -1" },
        { "checkout_session_version_check", "UPDATE checkout_session SET version = 0" },
        { "credential_app_token_ends", "UPDATE credential SET expires_at = NULL" },
        { "credential_scopes_check", "UPDATE credential SET scopes = '{}'" },
        { "customer_order_payment_state_check", "UPDATE customer_order SET payment_state = 'LOST'" },
        {
            "customer_order_session",
            Copy("customer_order", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "customer_order_status_check", "UPDATE customer_order SET status = 'LOST'" },
        { "customer_order_ticket_check", "UPDATE customer_order SET ticket = 'LOST'" },
        {
            "count_correction_corrects",
            "UPDATE count_correction SET number = 1, corrects = id; "
                + Copy("count_correction", """{"id": "10000000-0000-0000-0000-000000000001", "number": 2}""")
        },
        { "count_correction_counted_check", "UPDATE count_correction SET counted = -1" },
        { "count_correction_named", "UPDATE count_correction SET number = 1" },
        {
            "count_correction_number",
            Copy("count_correction", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "demo_only_one_check", "UPDATE demo SET only_one = false" },
        { "device_kind_check", "UPDATE device SET kind = 'FRIDGE'" },
        { "dining_table_number", Copy("dining_table", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "dining_table_secret_check", "UPDATE dining_table SET secret = '\\x00'" },
        { "drawer_movement_amount_check", "UPDATE drawer_movement SET amount = 0" },
        { "drawer_movement_kind_check", "UPDATE drawer_movement SET kind = 'LOST'" },
        {
            "drawer_movement_reverses",
            "UPDATE drawer_movement SET reverses = id; "
                + Copy("drawer_movement", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "forged_webhook_count_check", "UPDATE forged_webhook SET count = 0" },
        { "kitchen_approval_timeout_seconds_check", "UPDATE kitchen SET approval_timeout_seconds = 0" },
        { "kitchen_cash_movement_limit_check", "UPDATE kitchen SET cash_movement_limit = -1" },
        { "kitchen_commission_app_check", "UPDATE kitchen SET commission_app = 10001" },
        { "kitchen_commission_hosted_check", "UPDATE kitchen SET commission_hosted = -1" },
        { "kitchen_commission_whatsapp_check", "UPDATE kitchen SET commission_whatsapp = 10001" },
        { "kitchen_currency_check", "UPDATE kitchen SET currency = 'EUR'" },
        { "kitchen_country_check", "UPDATE kitchen SET country = 'US'" },
        { "kitchen_customer_phone", Copy("kitchen_customer", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "kitchen_late_payments_check", "UPDATE kitchen SET late_payments = 'KEEP'" },
        { "kitchen_low_stock_threshold_check", "UPDATE kitchen SET low_stock_threshold = -1" },
        {
            "kitchen_payment_method_name",
            Copy("kitchen_payment_method", """{"id": "10000000-0000-0000-0000-000000000001", "name": "LIPA"}""")
        },
        { "kitchen_payment_method_shape", "UPDATE kitchen_payment_method SET shape = 'TILL'" },
        { "kitchen_payment_method_shape", "UPDATE kitchen_payment_method SET shape = 'ACCOUNT'" },
        { "kitchen_payment_method_shape", "UPDATE kitchen_payment_method SET account = 'mama'" },
        { "kitchen_payment_method_shape_check", "UPDATE kitchen_payment_method SET shape = 'LOST'" },
        {
            "kitchen_payment_method_till",
            "UPDATE kitchen_payment_method SET shape = 'TILL', till_number = '123'; "
                + Copy("kitchen_payment_method", """{"id": "10000000-0000-0000-0000-000000000001", "name": "Again"}""")
        },
        { "kitchen_payment_method_till_number_check", "UPDATE kitchen_payment_method SET till_number = '12'" },
        { "kitchen_payment_method_till_number_check", "UPDATE kitchen_payment_method SET till_number = '12a'" },
        { "kitchen_payment_timeout_seconds_check", "UPDATE kitchen SET payment_timeout_seconds = 0" },
        { "kitchen_slip_timeout_seconds_check", "UPDATE kitchen SET slip_timeout_seconds = 0" },
        { "kitchen_unanswered_orders_check", "UPDATE kitchen SET unanswered_orders = 'FORGET'" },
        { "ledger_transfer_amount_check", "UPDATE ledger_transfer SET amount = 0" },
        { "ledger_transfer_once", Copy("ledger_transfer", "{}") },
        { "ledger_transfer_step_check", "UPDATE ledger_transfer SET step = 'LOST'" },
        { "merchant_key_scopes_check", "UPDATE merchant_key SET scopes = '{}'" },
        {
            "menu_item_name",
            Copy("menu_item", """{"id": "10000000-0000-0000-0000-000000000001", "position": 2, "name": "PILAU"}""")
        },
        {
            "menu_item_position",
            Copy("menu_item", """{"id": "10000000-0000-0000-0000-000000000001", "name": "Chai"}""")
        },
        { "menu_item_price_check", "UPDATE menu_item SET price = 0" },
        { "subscription_status_check", "UPDATE subscription SET status = 'LOST'" },
        { "subscription_version_check", "UPDATE subscription SET version = 0" },
        { "payment_link_currency_check", "UPDATE payment_link SET currency = 'tzs'" },
        { "payment_link_full", "UPDATE payment_link_use SET paid = 2" },
        { "payment_link_secret_check", "UPDATE payment_link SET secret = 'short'" },
        { "payment_link_session_state_check", "UPDATE payment_link_session SET state = 'LOST'" },
        { "payment_link_use_most_check", "UPDATE payment_link_use SET most = 0, open = 0" },
        { "payment_link_use_open_check", "UPDATE payment_link_use SET open = -1" },
        { "payment_link_use_paid_check", "UPDATE payment_link_use SET paid = -1" },
        { "menu_item_price_check", "UPDATE menu_item SET price = 1000000000001" },
        { "operation_grain_kind_check", "UPDATE operation SET grain_kind = 'LOST'" },
        { "pairing_code_kind_check", "UPDATE pairing_code SET kind = 'FRIDGE'" },
        { "order_line_quantity_check", "UPDATE order_line SET quantity = 0" },
        { "order_line_unit_price_check", "UPDATE order_line SET unit_price = -1" },
        { "payment_attempt_amount_check", "UPDATE payment_attempt SET amount = 0" },
        { "payment_attempt_parked", "UPDATE payment_attempt SET parked = 'LATE', parked_amount = 1" },
        { "payment_attempt_parked", "UPDATE payment_attempt SET parked = 'LATE', parked_at = now()" },
        { "payment_attempt_parked", "UPDATE payment_attempt SET parked_amount = 1, parked_at = now()" },
        {
            "payment_attempt_parked_amount_check",
            "UPDATE payment_attempt SET parked = 'LATE', parked_amount = 0, parked_at = now()"
        },
        {
            "payment_attempt_parked_check",
            "UPDATE payment_attempt SET parked = 'LOST', parked_amount = 1, parked_at = now()"
        },
        { "payment_attempt_reference_check", "UPDATE payment_attempt SET reference = 'JX00000000000000001'" },
        { "payment_attempt_reference_check", "UPDATE payment_attempt SET reference = 'JX0000000000000000001'" },
        { "payment_attempt_state_check", "UPDATE payment_attempt SET state = 'LOST'" },
        { "payment_conflict_closed", "UPDATE payment_conflict SET closed_at = now()" },
        {
            "payment_conflict_once",
            Copy("payment_conflict", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "payment_correction_amount_check", "UPDATE payment_correction SET amount = 0" },
        { "payment_correction_closed", "UPDATE payment_correction SET after_closing = true, shift_id = NULL" },
        {
            "payment_correction_corrects",
            "UPDATE payment_correction SET number = 1, corrects = id; "
                + Copy("payment_correction", """{"id": "10000000-0000-0000-0000-000000000001", "number": 2}""")
        },
        { "payment_correction_named", "UPDATE payment_correction SET number = 1" },
        {
            "payment_correction_number",
            Copy("payment_correction", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "payment_account_name_vendor", "UPDATE payment_account_name SET live_mode = true" },
        { "payment_account_named", Copy("payment_account", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "payment_account_place_check", "UPDATE payment_account SET removed_at = now(), active = false, place = -1" },
        { "payment_account_removed", "UPDATE payment_account SET place = 0" },
        { "payment_account_removed", "UPDATE payment_account SET place = 0, removed_at = now()" },
        { "payment_account_removed", "UPDATE payment_account SET active = false, removed_at = now()" },
        { "payment_account_trouble_condition_check", "UPDATE payment_account_trouble SET condition = 'LOST'" },
        { "payment_account_vendor_check", "UPDATE payment_account SET vendor = 'LOST'" },
        { "payment_account_version_check", "UPDATE payment_account SET version = 0" },
        { "payment_exception_amount_check", "UPDATE payment_exception SET amount = 0" },
        { "payment_exception_decided", "UPDATE payment_exception SET decision = 'CLOSE'" },
        { "payment_exception_decision_check", "UPDATE payment_exception SET decision = 'LOST', decided_at = now()" },
        { "payment_exception_kind_check", "UPDATE payment_exception SET kind = 'LOST'" },
        {
            "payment_exception_once",
            Copy("payment_exception", """{"id": "10000000-0000-0000-0000-000000000001"}""")
        },
        { "payment_inbox_once", Copy("payment_inbox", """{"id": 2}""") },
        { "payment_refund_amount_check", "UPDATE payment_refund SET amount = 0" },
        { "payment_refund_cash", "UPDATE payment_refund SET shift_id = pg_temp.id(19), till_id = pg_temp.id(6)" },
        { "payment_refund_part_check", "UPDATE payment_refund SET part = -1" },
        { "payment_refund_reference_check", "UPDATE payment_refund SET reference = 'JR00000000000000001'" },
        { "payment_refund_settled", "UPDATE payment_refund SET settled_at = now()" },
        {
            "payment_refund_settled_as_check",
            "UPDATE payment_refund SET settled_as = 'LOST', settled_at = now(), next_try_at = NULL"
        },
        {
            "payment_refund_settled_once",
            "UPDATE payment_refund SET settled_as = 'DASHBOARD', settled_at = now(), next_try_at = now()"
        },
        { "payment_return_ended", "UPDATE payment_return SET ended_at = now()" },
        { "payment_return_reference_check", "UPDATE payment_return SET reference = 'JX00000000000000001'" },
        {
            "payment_return_reference_key",
            """
            INSERT INTO payment_exception (id, kind, adapter, reference, receipt, seen_at)
            VALUES (pg_temp.id(30), 'REVERSED', 'simulator', 'JX000000000000000002', 'two', now());
            INSERT INTO payment_return (exception_id, reference, state, next_try_at, begun_at)
            VALUES (pg_temp.id(30), 'JX000000000000000009', 'PENDING', now(), now());
            """
        },
        { "payment_return_state_check", "UPDATE payment_return SET state = 'LOST', next_try_at = NULL, ended_at = now()" },
        { "payment_return_tried", "UPDATE payment_return SET next_try_at = NULL" },
        { "payout_amount_check", "UPDATE payout SET amount = 0" },
        { "payout_reference", Copy("payout", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "reconciliation_once", Copy("reconciliation", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "reconciliation_state_check", "UPDATE reconciliation SET state = 'LOST', next_try_at = NULL" },
        { "reconciliation_tried", "UPDATE reconciliation SET next_try_at = NULL" },
        {
            "register_code",
            Copy("register", """{"id": "10000000-0000-0000-0000-000000000001", "number": 2}""")
        },
        {
            "register_number",
            Copy("register", """{"id": "10000000-0000-0000-0000-000000000001", "code": "another"}""")
        },
        { "register_number_check", "UPDATE register SET number = 0" },
        { "sale_change_check", "UPDATE sale_change SET given_back = amount + 1" },
        { "sale_change_check", "UPDATE sale_change SET given_back = -1" },
        { "sale_change_kind_check", "UPDATE sale_change SET kind = 'LOST'" },
        { "sale_change_quantity_check", "UPDATE sale_change SET quantity = -1" },
        { "schema_repeatable_file_checksum_key", Copy("schema_repeatable", """{"number": 1000}""") },
        {
            "settlement_wallet_name",
            Copy("settlement_wallet", """{"id": "10000000-0000-0000-0000-000000000001", "name": "MAIN"}""")
        },
        { "shift_closed", "UPDATE shift SET counted = NULL WHERE closed_at IS NOT NULL" },
        { "shift_closed", "UPDATE shift SET expected = NULL WHERE closed_at IS NOT NULL" },
        { "shift_closed", "UPDATE shift SET closed_by = NULL WHERE closed_at IS NOT NULL" },
        { "shift_closed", "UPDATE shift SET counted = 1 WHERE closed_at IS NULL" },
        { "shift_counted_check", "UPDATE shift SET counted = -1 WHERE closed_at IS NOT NULL" },
        { "shift_ended", "UPDATE shift SET ended_at = NULL, till_id = pg_temp.id(7) WHERE closed_at IS NOT NULL" },
        { "shift_float_check", "UPDATE shift SET float = -1" },
        { "shift_kind_check", "UPDATE shift SET kind = 'LOST'" },
        { "shift_opener", "UPDATE shift SET opened_by = NULL" },
        { "shift_opener", "UPDATE shift SET kind = 'RESCUE'" },
        {
            "shift_running",
            """
            INSERT INTO shift (id, kitchen_id, till_id, kind, opened_by, opened_at, float)
            SELECT pg_temp.id(99), kitchen_id, till_id, kind, opened_by, opened_at, 0 FROM shift WHERE ended_at IS NULL
            """
        },
        { "staff_number", Copy("staff", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        { "staff_role_check", "UPDATE staff SET role = 'OWNER'" },
        { "staff_staff_number_check", "UPDATE staff SET staff_number = 0" },
        { "stock_item_available", "UPDATE stock_item SET reserved = on_hand + 1" },
        { "stock_item_available", "UPDATE stock_item SET reserved = -1" },
        { "stock_item_available", "UPDATE stock_item SET sold = -1, received = 5" },
        { "stock_item_available", "UPDATE stock_item SET wasted = -1, received = 6" },
        { "stock_item_identity", "UPDATE stock_item SET received = received + 1" },
        { "stock_item_identity", "UPDATE stock_item SET sold = sold + 1" },
        { "stock_item_identity", "UPDATE stock_item SET wasted = wasted + 1" },
        { "stock_item_identity", "UPDATE stock_item SET on_hand = on_hand + 1" },
        { "stock_journal_kind_check", "UPDATE stock_journal SET kind = 'LOST'" },
        { "till_notice_amount_check", "UPDATE till_notice SET amount = 0" },
        { "till_notice_fits", Copy("till_notice", """{"receipt": "R2"}""") },
        { "wallet_available_check", "UPDATE wallet SET available = -1" },
        { "wallet_check", "UPDATE wallet SET kitchen_id = pg_temp.id(1)" },
        { "wallet_check", "UPDATE wallet SET kind = 'KITCHEN'" },
        { "wallet_held_check", "UPDATE wallet SET held = -1" },
        { "wallet_kind_check", "UPDATE wallet SET kind = 'LOST'" },
        {
            "wallet_authorization_account",
            Copy("wallet_authorization", """{"id": "10000000-0000-0000-0000-000000000001", "code_hash": "\\x02"}""")
        },
        {
            "wallet_authorization_code",
            Copy(
                "wallet_authorization",
                """
                {
                    "id": "10000000-0000-0000-0000-000000000001",
                    "account_id": "00000000-0000-0000-0000-000000000024"
                }
                """)
        },
        { "wallet_authorization_largest_amount_check", "UPDATE wallet_authorization SET largest_amount = 0" },
        { "wallet_authorization_spent_once", Copy("wallet_authorization_spent", "{}") },
        { "webhook_attempt_milliseconds_check", "UPDATE webhook_attempt SET milliseconds = -1" },
        { "webhook_attempt_number_check", "UPDATE webhook_attempt SET number = 0" },
        {
            "webhook_callback_once",
            """
            INSERT INTO webhook_subscription (id, merchant_id, kind, enabled, from_position, created_at)
            VALUES (pg_temp.id(99), pg_temp.id(26), 'CALLBACK', true, 0, now())
            """
        },
        { "webhook_delivery_attempts", "UPDATE webhook_delivery SET tries = 2" },
        { "webhook_delivery_done", "UPDATE webhook_delivery SET done_at = now()" },
        { "webhook_delivery_once", Copy("webhook_delivery", """{"id": "10000000-0000-0000-0000-000000000001"}""") },
        {
            "webhook_delivery_state_check",
            "UPDATE webhook_delivery SET state = 'LOST', next_try_at = NULL, done_at = now()"
        },
        { "webhook_delivery_tries_check", "UPDATE webhook_delivery SET tries = -1" },
        { "webhook_delivery_waiting", "UPDATE webhook_delivery SET next_try_at = NULL" },
        { "webhook_secret_life", "UPDATE webhook_secret SET expires_at = created_at - interval '1 second'" },
        {
            "webhook_subscription_address",
            "UPDATE webhook_subscription SET url = NULL WHERE kind = 'SUBSCRIPTION'"
        },
        { "webhook_subscription_disabled", "UPDATE webhook_subscription SET enabled = false" },
        {
            "webhook_subscription_disabled_because_check",
            "UPDATE webhook_subscription SET enabled = false, disabled_because = 'LOST'"
        },
        { "webhook_subscription_event_types_check", "UPDATE webhook_subscription SET event_types = '{}'" },
        { "webhook_subscription_kind_check", "UPDATE webhook_subscription SET kind = 'LOST' WHERE kind = 'CALLBACK'" },
        { "webhook_subscription_removed", "UPDATE webhook_subscription SET removed_at = now()" },
        { "webhook_subscription_store_ids_check", "UPDATE webhook_subscription SET store_ids = '{}'" },
    };

    /// <summary>The neighbours of some of them, on the other side of the line.</summary>
    public static TheoryData<string> Accepted =>
    [
        "UPDATE checkout_session SET plates_returned = '{2}'",
        "UPDATE checkout_session SET plates_returned = '{0}'",
        "UPDATE checkout_session SET plates = NULL, plate_menu_ids = NULL, plate_quantities = NULL",
        "UPDATE stock_item SET reserved = on_hand",
        "UPDATE stock_item SET reserved = 0, sold = 0, wasted = 0, received = on_hand",
        "UPDATE wallet SET available = 0, held = 0",
        "UPDATE ledger_transfer SET amount = 1",
        "UPDATE bill SET version = 2, status = 'WRITTEN_OFF', balance = 1",
        "UPDATE bill SET version = 2, status = 'PAID', balance = 0",
        "UPDATE menu_item SET price = 1",
        "UPDATE menu_item SET price = 1000000000000",
        "UPDATE payment_attempt SET parked = 'UNDERPAID', parked_amount = 1, parked_at = now()",
    ];

    [Theory, MemberData(nameof(Refused))]
    public async Task A_row_that_may_not_be_is_kept_out_by_one_constraint(string constraint, string change)
    {
        await using var connection = await Seeded();
        var dropping = await Ask<string>(connection, $"""
            SELECT coalesce(
                (SELECT format('ALTER TABLE jiko.%I DROP CONSTRAINT %I', t.relname, c.conname)
                    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
                    WHERE c.conname = '{constraint}' AND c.connamespace = 'jiko'::regnamespace),
                'DROP INDEX jiko.{constraint}')
            """);
        await Run(connection, "SAVEPOINT before");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Run(connection, change));
        Assert.Equal(constraint, refusal.ConstraintName);

        await Run(connection, $"ROLLBACK TO before; SET CONSTRAINTS ALL IMMEDIATE; {dropping}");
        await Run(connection, change);
    }

    [Theory, MemberData(nameof(Accepted))]
    public async Task A_row_on_the_other_side_of_the_line_goes_in(string change)
    {
        await using var connection = await Seeded();

        await Run(connection, change);
    }

    [Fact]
    public async Task Every_check_and_every_unique_constraint_has_a_row()
    {
        await using var connection = await Seeded();
        var names = await Ask<string[]>(connection, """
            SELECT array_agg(name ORDER BY name) FROM (
                SELECT c.conname::text AS name FROM pg_constraint c
                WHERE c.connamespace = 'jiko'::regnamespace AND c.contype IN ('c', 'u')
                UNION
                SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                WHERE x.indisunique AND NOT x.indisprimary AND i.relnamespace = 'jiko'::regnamespace) every
            """);
        string[] primary = ["ledger_transfer_once", "wallet_authorization_spent_once"];
        // The primary key alone makes these unique; they are there so that foreign keys can name both columns.
        string[] named = ["merchant_store_of", "settlement_wallet_of"];

        Assert.Equal(
            names.Except(named).Order(StringComparer.Ordinal),
            Refused.Cast<ITheoryDataRow>().Select(row => (string)row.GetData()[0]!).Distinct().Except(primary).Order(StringComparer.Ordinal));
    }

    /// <summary>A connection with one row in each table, in a transaction that ends with it.</summary>
    private async Task<NpgsqlConnection> Seeded()
    {
        var connection = await database.Source.OpenConnectionAsync();
        await Run(connection, $"BEGIN; SET LOCAL search_path TO jiko, public; {Seed}");
        return connection;
    }

    /// <summary>The first row once more, with these columns changed.</summary>
    private static string Copy(string table, string changes) => $"""
        INSERT INTO {table} OVERRIDING SYSTEM VALUE
        SELECT (jsonb_populate_record(r, '{changes}')).* FROM (SELECT t FROM {table} t LIMIT 1) AS first(r)
        """;

    private static async Task Run(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> Ask<T>(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("The query has no row."));
    }

    private const string Seed = """
        CREATE FUNCTION pg_temp.id(number int) RETURNS uuid LANGUAGE sql AS $$ SELECT lpad(number::text, 32, '0')::uuid $$;

        INSERT INTO kitchen (
            id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
            low_stock_threshold, created_at)
        VALUES (pg_temp.id(1), 'Mama Ntilie', false, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, now());
        INSERT INTO menu_item VALUES (pg_temp.id(2), pg_temp.id(1), 'Pilau', 5000, 'Rice', true, 1);
        INSERT INTO kitchen_payment_method VALUES (pg_temp.id(3), pg_temp.id(1), 'Lipa', 'VODACOM', true, now());
        INSERT INTO kitchen_customer VALUES (pg_temp.id(4), pg_temp.id(1), 'Asha', '+255754000111', now());
        INSERT INTO staff VALUES (pg_temp.id(5), pg_temp.id(1), 1, 'Juma', 'CASHIER', 'hash', true, now());
        INSERT INTO device (id, kitchen_id, kind, name, active, paired_at)
        VALUES (pg_temp.id(6), pg_temp.id(1), 'POS', 'Counter', true, now()),
            (pg_temp.id(7), pg_temp.id(1), 'POS', 'Bar', true, now());
        INSERT INTO pairing_code VALUES ('\x01', pg_temp.id(1), 'POS', 'Counter', now());
        INSERT INTO app_account VALUES (pg_temp.id(23), 'Neema', '+255754000222', false, now());
        INSERT INTO app_account VALUES (pg_temp.id(24), 'Rehema', '+255754000333', false, now());
        INSERT INTO bot_key VALUES (pg_temp.id(8), 'Bot', ARRAY[pg_temp.id(1)], false, true, now());
        INSERT INTO merchant VALUES (pg_temp.id(26), 'Duka', false, now());
        INSERT INTO merchant_key VALUES (
            pg_temp.id(27), pg_temp.id(26), 'Web shop', '{payments:read}', true, now(), NULL);
        INSERT INTO credential VALUES (
            '\x02', 'MERCHANT', pg_temp.id(27), NULL, NULL, NULL, false, now(), now(), NULL, '{payments:read}');
        INSERT INTO webhook_subscription (id, merchant_id, kind, url, enabled, from_position, created_at)
        VALUES (pg_temp.id(31), pg_temp.id(26), 'SUBSCRIPTION', 'https://shop.example/', true, 0, now()),
            (pg_temp.id(32), pg_temp.id(26), 'CALLBACK', NULL, true, 0, now());
        INSERT INTO webhook_secret VALUES (pg_temp.id(33), pg_temp.id(31), 'encrypted', now(), NULL);
        INSERT INTO webhook_delivery VALUES (
            pg_temp.id(34), pg_temp.id(31), 'evt_1', 'stock.low', '{}', NULL, 'PENDING', 0, 1, now(), now(), NULL);
        INSERT INTO webhook_attempt VALUES (pg_temp.id(34), 1, 'https://shop.example/', now(), 10, 200, NULL, NULL);
        INSERT INTO merchant_store VALUES (pg_temp.id(1), pg_temp.id(26));
        INSERT INTO settlement_wallet VALUES (
            pg_temp.id(28), pg_temp.id(26), 'Main', 'TZS', 'Africa/Dar_es_Salaam', now());
        INSERT INTO register VALUES (
            pg_temp.id(29), pg_temp.id(1), pg_temp.id(26), 1, 'Register 1', pg_temp.id(28), 'code', true, now());
        INSERT INTO payout VALUES (pg_temp.id(32), pg_temp.id(28), 5000, 'CRDB-1', now(), now());
        INSERT INTO payment_link VALUES (
            pg_temp.id(28), pg_temp.id(26), pg_temp.id(1), false, 'TZS', 'QUJDREVGR0hJSktMTU5PUA', '{}', true, now());
        INSERT INTO subscription VALUES (
            pg_temp.id(30), pg_temp.id(26), pg_temp.id(1), false, 'ACTIVE', '{}', 1, NULL, NULL, now(), NULL);
        INSERT INTO payment_link_use VALUES (pg_temp.id(28), 2);
        INSERT INTO payment_link_session VALUES (pg_temp.id(29), pg_temp.id(28), 'OPEN');
        INSERT INTO demo VALUES (true, '');
        INSERT INTO dining_table VALUES (
            pg_temp.id(9), pg_temp.id(1), '05', decode(repeat('00', 32), 'hex'), true, now());

        INSERT INTO checkout_session (
            id, version, state, kitchen_id, status, channel, session_type, opened_at, business_date, number, slip_code,
            total, live_mode, opened_by, plates, plate_menu_ids, plate_quantities)
        VALUES (pg_temp.id(10), 1, '{}', pg_temp.id(1), 'CONFIRMED', 'POS', 'SLIP', now(), '2026-03-02', 1, 'one',
            5000, false, pg_temp.id(5), 'SOLD', ARRAY[pg_temp.id(2)], '{2}');
        INSERT INTO operation VALUES (pg_temp.id(11), pg_temp.id(11), 'SESSION', pg_temp.id(10), 1, '{}', now());
        INSERT INTO stock_item VALUES (pg_temp.id(1), pg_temp.id(2), 5, 1, 2, 1, 8);
        INSERT INTO stock_journal VALUES (
            pg_temp.id(12), pg_temp.id(1), pg_temp.id(2), 'RECEIPT', 8, 8, NULL, pg_temp.id(5), now());
        INSERT INTO customer_order VALUES (
            pg_temp.id(13), pg_temp.id(10), pg_temp.id(1), now(), 'PLACED', 'PAID', 'NEW');
        INSERT INTO ledger_transfer (
            leg_id, step, part, session_id, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner,
            amount, at)
        VALUES (pg_temp.id(14), 'PAY', 0, pg_temp.id(10), pg_temp.id(1), 'CASH', 'DRAWER', pg_temp.id(6), 'SALES',
            pg_temp.id(1), 5000, now());
        INSERT INTO wallet VALUES (pg_temp.id(23), 'PLATFORM', NULL, 100, 100);
        INSERT INTO payment_attempt (
            reference, id, session_id, leg_id, kitchen_id, adapter, amount, state, started_at, ask_by)
        VALUES ('JX000000000000000001', pg_temp.id(15), pg_temp.id(10), pg_temp.id(14), pg_temp.id(1), 'simulator',
            5000, 'SUCCEEDED', now(), now());
        INSERT INTO payment_refund (
            reference, attempt_reference, session_id, kitchen_id, adapter, amount, tries, refused_try)
        VALUES ('JR000000000000000001', 'JX000000000000000001', pg_temp.id(10), pg_temp.id(1), 'simulator', 5000, 1, 1);
        INSERT INTO payment_conflict VALUES (
            pg_temp.id(25), 'simulator', 'R1', 'JX000000000000000001', 'JX000000000000000002', now());
        INSERT INTO payment_exception (id, kind, adapter, reference, receipt, seen_at)
        VALUES (pg_temp.id(20), 'REVERSED', 'simulator', 'JX000000000000000001', 'one', now());
        INSERT INTO payment_return (exception_id, reference, state, next_try_at, begun_at)
        VALUES (pg_temp.id(20), 'JX000000000000000009', 'PENDING', now(), now());
        INSERT INTO forged_webhook (adapter, day, count, first_at, last_at)
        VALUES ('simulator', '2026-03-02', 1, now(), now());
        INSERT INTO reconciliation (adapter, day, state, next_try_at) VALUES ('clickpesa', '2026-03-02', 'PENDING', now());
        INSERT INTO payment_account_name VALUES ('pawapay', pg_temp.id(1));
        INSERT INTO payment_account VALUES (
            pg_temp.id(28), pg_temp.id(1), 'pawapay', 'PAWAPAY', '{}', 'encrypted', '[]', true, 1, 1, now(), NULL);
        INSERT INTO payment_account_trouble VALUES ('pawapay', 'DOWN', now());
        INSERT INTO attested_receipt VALUES (
            'till:VODACOM:1', 'R1', 'till:VODACOM:1:123', pg_temp.id(14), pg_temp.id(10), pg_temp.id(1), pg_temp.id(6),
            5000, pg_temp.id(5), now());
        INSERT INTO till_notice VALUES (
            'till:VODACOM:1', 'R1', 'till:VODACOM:1:123', pg_temp.id(1), 5000, now(), now(), 'JX000000000000000001');
        INSERT INTO payment_inbox OVERRIDING SYSTEM VALUE VALUES (1, 'simulator', 'one', '{}', now());
        INSERT INTO wallet_authorization VALUES (pg_temp.id(16), '\x01', pg_temp.id(23), false, 5000, now());
        INSERT INTO wallet_authorization_spent VALUES (pg_temp.id(16), pg_temp.id(14));
        INSERT INTO bill VALUES (
            pg_temp.id(17), 1, '{}', pg_temp.id(1), 'OPEN', '05', now(), 5000, 5000, ARRAY[pg_temp.id(13)]);
        INSERT INTO cart VALUES (pg_temp.id(23), 1, '{}', NULL);
        INSERT INTO shift (
            id, kitchen_id, till_id, kind, opened_by, opened_at, float, ended_at, closed_by, closed_at, counted, expected)
        VALUES (pg_temp.id(18), pg_temp.id(1), pg_temp.id(6), 'REGULAR', pg_temp.id(5), now(), 0, now(), pg_temp.id(5),
            now(), 0, 0);
        INSERT INTO shift (id, kitchen_id, till_id, kind, opened_by, opened_at, float)
        VALUES (pg_temp.id(19), pg_temp.id(1), pg_temp.id(6), 'REGULAR', pg_temp.id(5), now(), 0);
        INSERT INTO drawer_movement VALUES (
            pg_temp.id(20), pg_temp.id(19), pg_temp.id(1), 'PAY_OUT', 200, 'Milk', pg_temp.id(5), now());
        INSERT INTO count_correction VALUES (
            pg_temp.id(26), pg_temp.id(18), 0, pg_temp.id(1), 0, 100, 'Typed wrongly', pg_temp.id(5), now(), NULL);
        INSERT INTO payment_correction VALUES (
            pg_temp.id(27), pg_temp.id(10), pg_temp.id(14), 0, pg_temp.id(1), pg_temp.id(6), pg_temp.id(19), false,
            'CARD', 'CASH', 5000, 'Keyed wrongly', pg_temp.id(5), now(), NULL);
        INSERT INTO order_line VALUES (
            pg_temp.id(1), now(), pg_temp.id(13), 1, 'POS', pg_temp.id(5), false, pg_temp.id(2), 'Pilau', 1, 5000);
        INSERT INTO sale_change VALUES (
            'REFUND', pg_temp.id(10), 0, pg_temp.id(1), pg_temp.id(10), pg_temp.id(2), 'Pilau', 1, 5000, 0, now());
        """;
}
