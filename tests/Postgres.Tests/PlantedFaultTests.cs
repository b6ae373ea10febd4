using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// Takes the locks and guards out of the schema's functions one by one, each in a database of its own, and sees the test
/// fail that is there for it. Each costs a database, so the tests of every day only see that the faults can be planted:
/// with JIKO_MUTANTS=1 all of them are, which <c>./jiko mutate</c> does.
/// </summary>
public sealed class PlantedFaultTests
{
    private const string Commit = "jiko.commit";
    private const string Member = "jiko_cluster.check_member";
    private const string Phones = "jiko.phone_rings";
    private const string Corrections = "jiko.correction_fits";

    private const string PerAsker =
        nameof(PhoneTests.The_sixth_unpaid_request_of_one_asker_to_one_phone_within_an_hour_is_refused);

    private const string PerGuest =
        nameof(PhoneTests.The_sixteenth_unpaid_request_of_a_guest_within_an_hour_is_refused_to_whichever_phone);

    private static readonly Fault[] Faults =
    [
        // Locks.
        new("a session is not locked", Commit,
            "WHERE s.id = ANY (continued_id)\n                ORDER BY s.id FOR UPDATE)",
            "WHERE s.id = ANY (continued_id))",
            typeof(InterleavingTests),
            nameof(InterleavingTests.Of_two_decisions_on_a_session_without_tracked_items_the_second_sees_the_first)),
        new("sessions are locked in any order", Commit,
            "ORDER BY s.id FOR UPDATE", "ORDER BY s.id DESC FOR UPDATE",
            typeof(InterleavingTests), nameof(InterleavingTests.Sessions_are_locked_in_their_order)),
        new("an inventory is not locked", Commit,
            "ORDER BY k.id FOR UPDATE)", "ORDER BY k.id)",
            typeof(InterleavingTests), nameof(InterleavingTests.Of_two_decisions_on_an_inventory_the_second_sees_the_first)),
        new("items that are counted are not locked", Commit,
            "ORDER BY s.kitchen_id, s.menu_id\n        FOR UPDATE;", "ORDER BY s.kitchen_id, s.menu_id;",
            typeof(InterleavingTests), nameof(InterleavingTests.What_is_counted_is_there_whatever_is_sold_meanwhile)),
        new("wallets are locked in any order", Commit,
            "ORDER BY x.owner FOR UPDATE", "ORDER BY x.owner DESC FOR UPDATE",
            typeof(InterleavingTests), nameof(InterleavingTests.Wallets_are_locked_in_their_order), true),
        new("wallets of a batch are locked in any order", Commit,
            "ORDER BY x.owner FOR UPDATE", "ORDER BY x.owner DESC FOR UPDATE",
            typeof(InterleavingTests), nameof(InterleavingTests.Wallets_are_locked_in_their_order), false),
        new("items are locked in any order", Commit,
            "ORDER BY p.kitchen_id, p.menu_id\n        )", "ORDER BY p.kitchen_id DESC, p.menu_id DESC\n        )",
            typeof(BatchTests), nameof(BatchTests.Items_are_locked_in_their_order_whatever_the_plan), 5, 5_000),
        new("the order of a bill is not locked", "jiko.bill_settles",
            "PERFORM FROM jiko.customer_order o WHERE o.id = ANY (NEW.order_ids) ORDER BY o.id FOR UPDATE;", "",
            typeof(InterleavingTests),
            nameof(InterleavingTests.An_order_whose_two_bills_are_paid_at_the_same_moment_is_paid)),

        // Versions.
        new("a session's version is not looked at", Commit,
            "WHERE l.version IS DISTINCT FROM c.version", "WHERE false",
            typeof(CommitTests), nameof(CommitTests.A_commit_on_an_old_version_is_a_conflict_and_changes_nothing)),
        new("a session that is not there is continued", Commit,
            "WHERE l.version IS DISTINCT FROM c.version", "WHERE l.version <> c.version",
            typeof(CommitTests), nameof(CommitTests.A_session_that_is_not_there_cannot_be_continued)),
        new("an inventory's version is not looked at", Commit,
            "WHERE l.version IS DISTINCT FROM i.version", "WHERE false",
            typeof(GuardTests), nameof(GuardTests.Of_an_inventory_that_has_changed_since_nothing_is_written),
            Domain.StockAdjustmentKind.Receipt),
        new("a bill's version is not looked at", "jiko.bill_advances",
            "IF NEW.version <> OLD.version + 1 THEN", "IF false THEN",
            typeof(VoidTests),
            nameof(VoidTests.A_bill_that_has_changed_since_keeps_its_round_and_its_items_as_they_were)),
        new("a cart's version is not looked at", "jiko.cart_advances",
            "IF NEW.version <> OLD.version + 1 THEN", "IF false THEN",
            typeof(GroupTests),
            nameof(GroupTests.A_cart_or_a_session_that_has_changed_since_keeps_all_from_being_confirmed), 2L, 1L),

        // Operations.
        new("an operation is done again", Commit,
            "IF cardinality(kept_ids) < cardinality(operation_item) THEN", "IF false THEN",
            typeof(CommitTests), nameof(CommitTests.An_operation_keeps_its_answer_and_happens_once)),
        new("a loser's operation stays", Commit,
            "WHERE k.id = o.id AND lost[o.item] AND o.id = ANY (kept_ids)", "WHERE false",
            typeof(BatchTests), nameof(BatchTests.The_operations_of_losers_are_free_to_be_tried_again)),
        new("a loser takes another's operation away", Commit,
            "lost[o.item] AND o.id = ANY (kept_ids)", "lost[o.item]",
            typeof(CommitTests), nameof(CommitTests.An_operation_keeps_its_answer_and_happens_once)),

        // Stock and money.
        new("stock that is not there is sold", Commit,
            "WHERE p.need > 0 AND p.need > p.free", "WHERE false",
            typeof(StockTests), nameof(StockTests.A_sale_takes_all_its_items_or_none)),
        new("items that are promised are wasted", Commit,
            "a.quantity > coalesce(s.on_hand - s.reserved, 0)", "a.quantity > coalesce(s.on_hand, 0)",
            typeof(StockTests), nameof(StockTests.What_is_promised_to_sessions_cannot_be_wasted_or_counted_away),
            Domain.StockAdjustmentKind.Waste, 8, 8, 7),
        new("items that are promised are counted away", Commit,
            "a.quantity < s.reserved", "a.quantity < s.reserved - 1",
            typeof(StockTests), nameof(StockTests.What_is_promised_to_sessions_cannot_be_wasted_or_counted_away),
            Domain.StockAdjustmentKind.Count, 2, 3, 2),
        new("untracked items come back", Commit,
            " AND l.menu_id = ANY (s.plate_menu_ids)", "",
            typeof(GuardTests), nameof(GuardTests.Items_that_were_not_tracked_when_they_were_sold_do_not_come_back)),
        new("what was given back is given back again", Commit,
            " AND s.plates IS NOT DISTINCT FROM 'RESERVED'", "",
            typeof(StockTests), nameof(StockTests.A_cancelled_slip_gives_its_items_back_once)),
        new("what was sold is sold again", Commit,
            " AND s.plates IS NOT DISTINCT FROM 'RESERVED'", "",
            typeof(StockTests), nameof(StockTests.Items_that_are_sold_are_not_sold_again)),
        new("what was given back is noted as sold", Commit,
            "plates = CASE WHEN s.plates = 'RESERVED'", "plates = CASE WHEN true",
            typeof(GuardTests), nameof(GuardTests.Items_that_were_sold_or_given_back_stay_so)),
        new("what is sold is kept until later", Commit,
            "plates_lapse_at = CASE WHEN s.plates = 'RESERVED'", "plates_lapse_at = CASE WHEN true",
            typeof(GuardTests), nameof(GuardTests.Items_that_are_sold_or_given_back_are_not_kept_until_later)),
        new("money that is not there is spent", Commit,
            "HAVING -sum(side.change) >", "HAVING false AND -sum(side.change) >",
            typeof(CommitTests), nameof(CommitTests.A_wallet_pays_what_it_has_and_no_more)),
        new("a wallet that is not there is spent from", Commit,
            "IF FOUND THEN\n            RAISE check_violation", "IF false THEN\n            RAISE check_violation",
            typeof(GuardTests), nameof(GuardTests.In_company_too_nobody_spends_from_a_wallet_that_does_not_exist)),

        // What losers leave behind.
        new("a loser's session stays", Commit,
            "WHERE s.id = o.id AND lost[o.item]", "WHERE false",
            typeof(StockTests), nameof(StockTests.A_sale_takes_all_its_items_or_none)),
        new("a loser's inventory stays", Commit,
            "k.version = 0 AND EXISTS (", "false AND EXISTS (",
            typeof(StockTests), nameof(StockTests.Waste_of_an_item_without_a_record_is_refused)),
        new("a loser's state is written", Commit,
            "WHERE s.id = c.id AND NOT lost[c.item]", "WHERE s.id = c.id",
            typeof(CommitTests), nameof(CommitTests.A_commit_on_an_old_version_is_a_conflict_and_changes_nothing)),
        new("a losing inventory's state is written", Commit,
            "WHERE k.id = i.id AND NOT lost[i.item]", "WHERE k.id = i.id",
            typeof(GuardTests), nameof(GuardTests.Of_an_inventory_that_has_changed_since_nothing_is_written),
            Domain.StockAdjustmentKind.Receipt),
        Losing("places an order",
            "AS o(item, place)\n        WHERE NOT lost[o.item]", "AS o(item, place)", "PlaceOrder"),
        Losing("moves money in the ledger", "WHERE NOT lost[t.item]", "", "Transfer"),
        Losing("publishes an event", "WHERE NOT lost[e.item]", "", "Publish"),
        Losing("sells what it had reserved", "WHERE NOT lost[p.item]", "", "SellReserved"),
        Losing("gives back what it had reserved", "WHERE NOT lost[p.item]", "", "ReleaseReserved"),
        Losing("takes back what it had sold", "WHERE NOT lost[p.item]", "", "ReturnStock"),
        new("a loser takes items", Commit, "WHERE NOT lost[p.item]", "",
            typeof(GuardTests), nameof(GuardTests.Of_an_operation_that_was_done_already_nothing_is_written)),
        new("beside a winner a loser takes items", Commit, "WHERE NOT lost[p.item]", "",
            typeof(GuardTests), nameof(GuardTests.Beside_a_winner_that_takes_the_same_items_a_loser_takes_none)),
        new("items that are not tracked are noted", Commit,
            "JOIN jiko.stock_item s ON s.kitchen_id = l.kitchen_id AND s.menu_id = l.menu_id\n        WHERE l.reserved",
            "WHERE l.reserved",
            typeof(StockTests), nameof(StockTests.An_item_without_a_stock_record_is_always_sellable)),
        Losing("notes what comes back", "WHERE l.sold < 0 AND NOT lost[l.item]) back", "WHERE l.sold < 0) back", "ReturnStock"),
        Losing("moves money on wallets", "WHERE NOT lost[u.item]", "", "Transfer"),
        new("a losing adjustment is made", Commit,
            "s.menu_id = a.menu_id\n            WHERE NOT lost[a.item]\n        ), changed", "s.menu_id = a.menu_id\n        ), changed",
            typeof(GuardTests), nameof(GuardTests.Of_an_inventory_that_has_changed_since_nothing_is_written),
            Domain.StockAdjustmentKind.Receipt),

        // Who commits.
        new("nobody asks whether a silo is dead", Commit,
            "PERFORM jiko_cluster.check_member();", "",
            typeof(MemberTests), nameof(MemberTests.Who_is_dead_or_no_member_commits_nothing), 6),
        new("a silo that was declared dead commits", Member,
            "AND s.status <> 6)", ")",
            typeof(MemberTests), nameof(MemberTests.Who_is_dead_or_no_member_commits_nothing), 6),
        new("a silo is declared dead while it commits", Member, "pg_advisory_xact_lock_shared(", "abs(",
            typeof(MemberTests), nameof(MemberTests.What_is_being_committed_is_there_when_the_silo_is_dead)),

        // Phones.
        new("two hosts ring a phone at once", Phones,
            "PERFORM pg_advisory_xact_lock(k.key)", "PERFORM k.key",
            typeof(PhoneTests),
            nameof(PhoneTests.Of_two_hosts_that_ring_a_phone_at_the_same_moment_the_second_sees_the_first)),
        Ringing("a phone rings for two payments", "IF busy_until IS NOT NULL THEN", "IF false THEN"),
        Ringing("a phone is busy for ever", " AND a.rings_until > r.started_at", ""),
        Ringing("a phone that has answered is busy", "a.state NOT IN ('SUCCEEDED', 'FAILED') AND ", ""),
        Ringing(
            "a phone is busy at all aggregators",
            "\n            AND jiko.aggregator_of(a.adapter) = jiko.aggregator_of(r.adapter)\n        OFFSET 0", ""),
        new("a phone is asked without end", Phones, "IF counted_at IS NOT NULL THEN", "IF false THEN",
            typeof(PhoneTests), PerAsker),
        new("a phone is asked a sixth time", Phones, "per_asker CONSTANT int := 5;", "per_asker CONSTANT int := 6;",
            typeof(PhoneTests), PerAsker),
        new("what one asks counts for all", Phones, "\n            AND a.asked_by = r.asked_by", "",
            typeof(PhoneTests), PerAsker),
        new("a request that was not paid is never forgotten", Phones, "AND a.started_at > r.started_at - recently", "",
            typeof(PhoneTests), PerAsker),
        new("a phone is asked an eleventh time", Phones,
            "per_phone CONSTANT int := 10;", "per_phone CONSTANT int := 11;",
            typeof(PhoneTests),
            nameof(PhoneTests.The_eleventh_unpaid_request_to_one_phone_within_an_hour_is_refused_whoever_asks)),
        new("a guest asks a sixteenth time", Phones, "per_guest CONSTANT int := 15;", "per_guest CONSTANT int := 16;",
            typeof(PhoneTests), PerGuest),
        new("a till is a guest", Phones, "r.asked_by_guest AND a.asked_by_guest AND", "",
            typeof(PhoneTests), PerGuest),
        Ringing("a phone that rings is busy for its own ring", " AND a.reference <> r.reference", ""),
        new("what was paid counts", Phones, "AND a.state <> 'SUCCEEDED'", "",
            typeof(PhoneTests), nameof(PhoneTests.What_was_paid_counts_for_no_limit)),

        // Receipts.
        new("a receipt changes hands", "jiko.receipt_used", "BEGIN\n", "BEGIN\n    RETURN NEW;\n",
            typeof(ReceiptTests),
            nameof(ReceiptTests.A_commit_claims_what_it_counts_and_fails_where_a_receipt_is_of_another_reference)),

        // Shifts and corrections.
        new("a correction waits for no closing", Corrections,
            "PERFORM FROM jiko.device d WHERE d.id = NEW.till_id FOR NO KEY UPDATE;", "",
            typeof(CorrectionTests),
            nameof(CorrectionTests
                .A_correction_waits_for_whoever_opens_or_closes_a_shift_at_the_till_or_moves_its_cash)),
        new("a correction is booked in a shift that is closed", Corrections,
            "OR now_is.closed <> NEW.after_closing", "",
            typeof(CorrectionTests),
            nameof(CorrectionTests.A_correction_that_was_decided_before_the_shift_was_closed_is_a_conflict)),
        new("a correction is booked in another shift", Corrections,
            "now_is.shift_id IS DISTINCT FROM NEW.shift_id OR", "",
            typeof(CorrectionTests),
            nameof(CorrectionTests.A_correction_that_was_decided_before_the_till_had_a_shift_is_a_conflict)),
        new("a correction takes cash that is not there", Corrections, "now_is.cash < 0", "false",
            typeof(CorrectionTests),
            nameof(CorrectionTests.A_correction_takes_no_cash_out_of_a_drawer_that_was_emptied_meanwhile)),
        new("no shift looks back before its beginning", "jiko.till_unclaimed",
            "max(s.closed_at) - interval '1 day'", "max(s.closed_at)",
            typeof(ShiftTests),
            nameof(ShiftTests.Money_that_bears_a_time_before_the_closing_and_comes_after_it_belongs_to_the_next_shift),
            "23:59:59"),
    ];

    public static TheoryData<string> Planted =>
    [
        .. Faults
            .Take(Environment.GetEnvironmentVariable("JIKO_MUTANTS") is "1" ? Faults.Length : 1)
            .Select(fault => fault.Name),
    ];

    [Theory, MemberData(nameof(Planted))]
    public async Task A_planted_fault_is_caught_by_the_test_that_is_there_for_it(string name)
    {
        var fault = Faults.Single(fault => fault.Name == name);
        var database = new TestDatabase();
        await database.InitializeAsync();
        try
        {
            await fault.Plant(database);
            Assert.NotNull(await fault.WhatTheTestSays(database));
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_fault_can_be_planted()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        try
        {
            foreach (var fault in Faults) Assert.NotEqual(await fault.Text(database), await fault.FaultyText(database));
            Assert.Equal(Faults.Length, Faults.Select(fault => fault.Name).Distinct().Count());
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private static Fault Losing(string what, string from, string to, string kind) => new(
        $"a loser {what}", Commit, from, to, typeof(GuardTests),
        nameof(GuardTests.Of_a_session_that_has_changed_since_nothing_is_written), kind);

    private static Fault Ringing(string what, string from, string to) => new(
        what, Phones, from, to, typeof(PhoneTests),
        nameof(PhoneTests
            .A_phone_that_is_being_asked_rings_for_no_other_payment_until_it_has_answered_or_its_time_is_over));

    /// <param name="Function">The function whose text is changed.</param>
    /// <param name="From">The text that is taken out, wherever it stands.</param>
    /// <param name="Test">The test that has to fail then, with its arguments.</param>
    private sealed record Fault(
        string Name, string Function, string From, string To, Type Tests, string Test, params object[] Arguments)
    {
        public Task<string> Text(TestDatabase database) =>
            database.Ask<string>($"SELECT pg_get_functiondef('{Function}'::regproc)");

        public async Task<string> FaultyText(TestDatabase database) =>
            (await Text(database)).Replace(From, To, StringComparison.Ordinal);

        public async Task Plant(TestDatabase database) => await database.Run(await FaultyText(database));

        /// <summary>What the test fails with; null where it does not.</summary>
        public async Task<Exception?> WhatTheTestSays(TestDatabase database)
        {
            var method = Tests.GetMethod(Test) ?? throw new InvalidOperationException($"There is no test {Test}.");
            var tests = (StoreTests?)Activator.CreateInstance(Tests, database)
                ?? throw new InvalidOperationException($"{Tests} makes no tests.");
            var during = await Record.ExceptionAsync(() => (Task)method.Invoke(tests, Arguments)!);
            var after = await Record.ExceptionAsync(async () => await tests.DisposeAsync());
            return during ?? after;
        }
    }
}
