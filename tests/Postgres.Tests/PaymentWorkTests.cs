using System.Security.Cryptography;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>What aggregators sent and what they have to be asked: noted together, answered one by one.</summary>
public sealed class PaymentWorkTests(TestDatabase database) : StoreTests(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private PaymentInbox Inbox => field ??= new PaymentInbox(Store.Database);

    private Attempts Attempts => field ??= new Attempts(Store.Database);

    [Fact]
    public async Task Webhooks_that_come_together_are_kept_in_few_transactions_and_each_once()
    {
        var events = Enumerable.Range(0, 300).Select(number => Event($"twice {number / 2}"));

        var kept = await Task.WhenAll(events.Select(Inbox.Keep));

        var ids = kept.OfType<InboxWork>().Select(work => work.Id).ToList();
        Assert.Equal(150, ids.Distinct().Count());
        Assert.Equal(150, ids.Count);
        Assert.Equal(150, await RowsOf("payment_inbox", "event_id LIKE 'twice %'"));
        Assert.InRange(
            await Database.Ask<long>(
                "SELECT count(DISTINCT xmin::text) FROM jiko.payment_inbox WHERE event_id LIKE 'twice %'"),
            1, 30);
    }

    [Fact]
    public async Task An_event_that_cannot_be_kept_keeps_no_other_out()
    {
        // No index holds a text of this length that cannot be compressed.
        var endless = string.Concat(Enumerable.Range(0, 1_000).Select(number => Convert.ToHexString(
            SHA256.HashData(BitConverter.GetBytes(number)))));
        var impossible = Inbox.Keep(Event(endless));
        var others = Enumerable.Range(0, 50).Select(number => Inbox.Keep(Event($"beside it {number}"))).ToList();
        var another = Inbox.Keep(Event($"another {endless}"));

        Assert.All(await Task.WhenAll(others), Assert.NotNull);
        await Assert.ThrowsAsync<PostgresException>(() => impossible);
        await Assert.ThrowsAsync<PostgresException>(() => another);
    }

    [Fact]
    public async Task Two_hosts_that_keep_the_same_events_keep_each_once()
    {
        var other = new PaymentInbox(Store.Database);
        var there = Enumerable.Range(0, 200).Select(number => Event($"at both {number}")).ToList();
        var back = there.AsEnumerable().Reverse();

        var kept = await Task.WhenAll(there.Select(Inbox.Keep).Concat(back.Select(other.Keep)));

        Assert.Equal(200, kept.OfType<InboxWork>().DistinctBy(work => work.Id).Count());
        Assert.Equal(200, kept.OfType<InboxWork>().Count());
    }

    [Fact]
    public async Task What_a_host_keeps_for_itself_is_anybody_s_when_its_claim_is_over()
    {
        var noon = Till.Noon.AddYears(-1);
        var kept = await Inbox.Keep(Event("claimed", noon) with { LookAt = noon.AddSeconds(5) });

        Assert.Empty(await Inbox.Claim(noon.AddSeconds(4), Lease, 10));
        var claimed = Assert.Single(await Inbox.Claim(noon.AddSeconds(5), Lease, 10));
        Assert.Equal(kept?.Id, claimed.Id);
        Assert.Equal(kept?.Body, claimed.Body);
        await Inbox.Postpone(claimed.Id, noon.AddMinutes(1));
        Assert.Empty(await Inbox.Claim(noon.AddSeconds(59), Lease, 10));
        Assert.Single(await Inbox.Claim(noon.AddMinutes(1), Lease, 10));
        await Inbox.Done(claimed.Id);
        Assert.Empty(await Inbox.Claim(noon.AddHours(1), Lease, 10));
    }

    [Fact]
    public async Task What_waits_for_a_commit_keeps_no_other_attempt_from_being_noted()
    {
        var references = Enumerable.Range(0, 20).Select(number => $"JX{number:D18}").ToList();
        await Database.Run($"""
            INSERT INTO jiko.payment_attempt (
                reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                next_look_at)
            SELECT reference, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'simulator',
                '+255754000001', 5000, 'SENT', '2026-03-02T09:00Z', '2026-03-02T09:10Z', '2026-03-02T09:00Z'
            FROM unnest(ARRAY['{string.Join("','", references)}']) AS r(reference)
            """);
        var nine = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var claimed = await Attempts.Claim(nine, Lease, 100);
        Assert.Equal(20, claimed.Count);
        Assert.All(await Task.WhenAll(references.Select(Attempts.Find)), found => Assert.False(found?.Pushed));
        Assert.Null(await Attempts.Find("JX999999999999999999"));

        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var close = new NpgsqlCommand(
            $"UPDATE jiko.payment_attempt SET next_look_at = NULL WHERE reference = '{references[7]}'", connection);
        await close.ExecuteNonQueryAsync();
        var notes = claimed.ToDictionary(
            attempt => attempt.Reference, attempt => Attempts.LookAgain(attempt, nine.AddMinutes(1)));

        await Task.WhenAll(notes.Where(note => note.Key != references[7]).Select(note => note.Value));
        Assert.False(notes[references[7]].IsCompleted);
        await transaction.CommitAsync();
        await notes[references[7]];

        Assert.Equal(19, await RowsOf("payment_attempt", "pushed AND next_look_at = '2026-03-02T09:01Z'"));
        Assert.Equal(1, await RowsOf("payment_attempt", "pushed AND next_look_at IS NULL"));
        await Database.Run("DELETE FROM jiko.payment_attempt");
    }

    [Fact]
    public async Task A_push_of_an_hour_is_counted_where_nobody_asks_about_it_too()
    {
        await Database.Run("""
            INSERT INTO jiko.payment_attempt (
                reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                next_look_at, looked_at)
            SELECT reference, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'simulator',
                '+255754000001', 5000, 'SENT', '2026-03-02T09:00Z', '2026-03-02T09:10Z', next_look_at, looked_at
            FROM (VALUES
                ('JXAGE000000000000001', timestamptz '2026-03-02T09:00Z', NULL::timestamptz),
                ('JXAGE000000000000002', '2026-03-02T10:30Z', NULL),
                ('JXAGE000000000000003', '2026-03-02T10:30Z', '2026-03-02T09:01Z'))
                AS p(reference, next_look_at, looked_at)
            """);
        var ten = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

        Assert.Equal(0, await Unresolved(ten));
        Assert.Equal(2, await Unresolved(ten.AddSeconds(1)));
        Assert.Equal(3, await Unresolved(ten.AddHours(1)));
        await Database.Run("DELETE FROM jiko.payment_attempt");

        async Task<long> Unresolved(DateTimeOffset now) =>
            (await BacklogWatch.Count(Store.Database.Background, now)).UnresolvedAttempts;
    }

    [Fact]
    public async Task A_push_is_begun_by_one_process_and_again_only_after_it_was_not_sent()
    {
        const string reference = "JXBG0000000000000001";
        await Database.Run($"""
            INSERT INTO jiko.payment_attempt (
                reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                next_look_at)
            VALUES ('{reference}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
                'azampay', '+255754000001', 5000, 'SENT', '2026-03-02T09:00Z', '2026-03-02T09:10Z',
                '2026-03-02T09:00Z')
            """);
        var attempt = (await Attempts.Find(reference))!;

        Task<bool[]> Begun() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Attempts.BeginPush(attempt)));

        Assert.Single(await Begun(), isBegun => isBegun);
        Assert.DoesNotContain(true, await Begun());
        await Attempts.PushNotSent(attempt);
        Assert.Single(await Begun(), isBegun => isBegun);
        await Attempts.LookAgain(attempt, at: null, "the aggregator's own id");
        await Attempts.PushNotSent(attempt);
        Assert.DoesNotContain(true, await Begun());
        await Database.Run("DELETE FROM jiko.payment_attempt");
    }

    private static NewEvent Event(string id, DateTimeOffset? at = null) =>
        new("simulator", id, "{}"u8.ToArray(), at ?? Till.Noon, (at ?? Till.Noon) + Lease);
}
