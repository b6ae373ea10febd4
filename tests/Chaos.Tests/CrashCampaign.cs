using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Report;

namespace JikoXpress.Chaos.Tests;

/// <summary>The product survives one round of everything, and the checker finds whatever was tampered with.</summary>
public sealed class CrashCampaign(ShortCampaign campaign) : IClassFixture<ShortCampaign>
{
    private const string ConfirmedSale =
        "(SELECT id FROM jiko.checkout_session WHERE status = 'CONFIRMED' ORDER BY id LIMIT 1)";

    [Fact]
    public void Money_items_and_orders_survive_one_round_of_every_fault() =>
        Assert.True(campaign.Outcome.Verdict is Verdict.Ok, Page.Of(campaign.Outcome));

    [Theory]
    [InlineData("one-order-each", $"DELETE FROM jiko.customer_order WHERE session_id = {ConfirmedSale}")]
    [InlineData("one-order-each", """
        ALTER TABLE jiko.customer_order DROP CONSTRAINT customer_order_session;
        INSERT INTO jiko.customer_order
        SELECT gen_random_uuid(), session_id, kitchen_id, placed_at, status, payment_state, ticket
        FROM jiko.customer_order ORDER BY id LIMIT 1
        """)]
    [InlineData("one-order-each",
        "UPDATE jiko.customer_order SET ticket = NULL WHERE id = (SELECT id FROM jiko.customer_order LIMIT 1)")]
    [InlineData("acknowledged-is-there", $"DELETE FROM jiko.checkout_session WHERE id = {ConfirmedSale}")]
    [InlineData("acknowledged-is-there",
        "UPDATE jiko.checkout_session SET status = 'CONFIRMED' WHERE status = 'CANCELLED'")]
    [InlineData("paid-is-total", $"UPDATE jiko.checkout_session SET status = 'EXPIRED' WHERE id = {ConfirmedSale}")]
    [InlineData("acknowledged-is-there",
        $"UPDATE jiko.checkout_session SET total = total + 1 WHERE id = {ConfirmedSale}")]
    [InlineData("nothing-unheard-of",
        $"UPDATE jiko.checkout_session SET id = gen_random_uuid() WHERE id = {ConfirmedSale}")]
    [InlineData("nothing-overdue", $"""
        UPDATE jiko.checkout_session SET status = 'PENDING_PAYMENT', deadline = now() - interval '1 minute'
        WHERE id = {ConfirmedSale}
        """)]
    [InlineData("told-once", $"""
        DELETE FROM jiko.event WHERE payload::jsonb ->> 'sessionId' = {ConfirmedSale}::text
        """)]
    [InlineData("takings-as-told", """
        UPDATE jiko.ledger_transfer SET amount = amount - 1
        WHERE ctid = (SELECT ctid FROM jiko.ledger_transfer WHERE credit_kind = 'SALES' LIMIT 1)
        """)]
    [InlineData("paid-is-total", """
        DELETE FROM jiko.ledger_transfer
        WHERE ctid = (SELECT ctid FROM jiko.ledger_transfer WHERE credit_kind = 'SALES' LIMIT 1)
        """)]
    [InlineData("drawers-as-told", """
        UPDATE jiko.ledger_transfer SET amount = amount + 1
        WHERE ctid = (SELECT ctid FROM jiko.ledger_transfer WHERE step = 'TOP_UP' LIMIT 1)
        """)]
    [InlineData("all-accounted-for", """
        UPDATE jiko.ledger_transfer SET credit_kind = 'POCKET'
        WHERE ctid = (SELECT ctid FROM jiko.ledger_transfer WHERE credit_kind = 'SALES' LIMIT 1)
        """)]
    [InlineData("wallets-as-told",
        "UPDATE jiko.wallet SET available = available + 1 WHERE owner = (SELECT owner FROM jiko.wallet LIMIT 1)")]
    [InlineData("nothing-left-behind", """
        DELETE FROM jiko.ledger_transfer
        WHERE ctid = (SELECT ctid FROM jiko.ledger_transfer WHERE step = 'REFUND' LIMIT 1)
        """)]
    [InlineData("plates-add-up", """
        ALTER TABLE jiko.stock_item DROP CONSTRAINT stock_item_identity;
        UPDATE jiko.stock_item SET on_hand = on_hand - 1 WHERE on_hand > reserved
        """)]
    [InlineData("plates-as-told", "UPDATE jiko.stock_item SET on_hand = on_hand + 1, sold = sold - 1 WHERE sold > 0")]
    [InlineData("plates-of-sessions", "UPDATE jiko.checkout_session SET plates = 'RELEASED' WHERE plates = 'SOLD'")]
    [InlineData("webhooks-kept",
        "DELETE FROM jiko.payment_inbox WHERE id = (SELECT id FROM jiko.payment_inbox ORDER BY id LIMIT 1)")]
    [InlineData("inbox-drained",
        "INSERT INTO jiko.payment_inbox_waiting SELECT min(id), now() FROM jiko.payment_inbox")]
    [InlineData("refunds-done",
        "UPDATE jiko.payment_refund SET done = false WHERE ctid = (SELECT min(ctid) FROM jiko.payment_refund)")]
    public async Task Whoever_tampers_with_the_rows_is_found_out(string check, string tampering) =>
        Assert.Contains(await campaign.FindAfter(tampering), violation => violation.Check == check);

    [Fact]
    public async Task A_guest_who_was_charged_twice_is_found() => Assert.Contains(
        await campaign.FindIn(evidence => evidence with
        {
            Phones = [.. evidence.Phones, evidence.Phones.First(movement => movement.Amount > 0)],
        }),
        violation => violation.Check == "charged-at-most-once");

    [Fact]
    public async Task A_guest_who_never_got_the_money_back_is_found() => Assert.Contains(
        await campaign.FindIn(evidence => evidence with
        {
            Phones = [.. evidence.Phones.Where(movement => movement.Amount > 0)],
        }),
        violation => violation.Check == "paid-what-counted");

    [Fact]
    public async Task Nothing_is_found_where_nobody_has_tampered() =>
        Assert.Empty(await campaign.FindIn(evidence => evidence));

    [Fact]
    public void A_campaign_in_which_something_is_unknown_is_not_ok() => Assert.Equal(
        Verdict.Unknown, (campaign.Outcome with { Violations = [], Unknown = ["what became of it"] }).Verdict);

    [Fact]
    public void A_campaign_in_which_nothing_happened_proves_nothing() => Assert.Equal(
        Verdict.ProvedNothing,
        (campaign.Outcome with { Violations = [], Unknown = [], Tally = new Nemesis.Tally() }).Verdict);
}
