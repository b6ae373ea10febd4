using System.Globalization;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// A phone is asked for one payment at a time at each aggregator, and not too often by those who do not pay. Each test
/// has an aggregator of its own.
/// </summary>
public sealed class PhoneTests(TestDatabase database) : StoreTests(database)
{
    private const string Phone = "+255754000001", OtherPhone = "+255754000002";

    private static readonly DateTimeOffset Noon = Till.Noon;
    private static readonly Guid Table = Asker(1);
    private static readonly Guid OtherTable = Asker(2);

    private static int last;

    [Fact]
    public async Task A_phone_that_is_being_asked_rings_for_no_other_payment_until_it_has_answered_or_its_time_is_over()
    {
        await using var there = new Aggregator(Database, "one at a time");
        var first = await there.Ring(Phone, Noon);

        var busy = await Refused(() => there.Ring(Phone, Noon.AddMinutes(1), OtherTable));
        Assert.Equal("payment_attempt_one_prompt", busy.ConstraintName);
        Assert.Equal(Noon.AddMinutes(3), Until(busy));
        await there.Ring(OtherPhone, Noon.AddMinutes(1), OtherTable);
        await using var elsewhere = new Aggregator(Database, "another one");
        await elsewhere.Ring(Phone, Noon.AddMinutes(1), OtherTable);

        await Refused(() => there.Ring(Phone, Noon.AddMinutes(3).AddMilliseconds(-1), OtherTable));
        await there.Ring(Phone, Noon.AddMinutes(3), OtherTable);
        await there.Answer(first, "FAILED");
        await Refused(() => there.Ring(Phone, Noon.AddMinutes(4)));
        await there.AnswerAll("FAILED");
        await there.Ring(Phone, Noon.AddMinutes(4));
    }

    [Fact]
    public async Task Of_two_hosts_that_ring_a_phone_at_the_same_moment_the_second_sees_the_first()
    {
        await using var there = new Aggregator(Database, "two hosts");
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await there.Ring(Phone, Noon, on: connection);

        var second = there.Ring(Phone, Noon.AddSeconds(1), OtherTable);
        await Database.UntilWaiting(1, second);
        await there.Ring(OtherPhone, Noon.AddSeconds(1), OtherTable);
        await transaction.CommitAsync();

        Assert.Equal("payment_attempt_one_prompt", (await Refused(() => second)).ConstraintName);
    }

    [Fact]
    public async Task The_sixth_unpaid_request_of_one_asker_to_one_phone_within_an_hour_is_refused()
    {
        await using var there = new Aggregator(Database, "five");
        foreach (var minute in Enumerable.Range(0, 5)) await there.Unpaid(Phone, Noon.AddMinutes(minute));

        var refused = await Refused(() => there.Ring(Phone, Noon.AddMinutes(59)));

        Assert.Equal("payment_attempt_prompt_limit", refused.ConstraintName);
        Assert.Equal(Noon.AddHours(1), Until(refused));
        await there.Unpaid(Phone, Noon.AddMinutes(59), OtherTable);
        await there.Unpaid(OtherPhone, Noon.AddMinutes(59));
        await there.Unpaid(Phone, Noon.AddHours(1));
    }

    [Fact]
    public async Task The_eleventh_unpaid_request_to_one_phone_within_an_hour_is_refused_whoever_asks()
    {
        await using var there = new Aggregator(Database, "ten");
        foreach (var minute in Enumerable.Range(0, 10))
            await there.Unpaid(Phone, Noon.AddMinutes(minute), Asker(10 + minute));

        var refused = await Refused(() => there.Ring(Phone, Noon.AddMinutes(59)));

        Assert.Equal("payment_attempt_prompt_limit", refused.ConstraintName);
        Assert.Equal(Noon.AddHours(1), Until(refused));
        await there.Unpaid(OtherPhone, Noon.AddMinutes(59));
        await there.Unpaid(Phone, Noon.AddHours(1));
    }

    [Fact]
    public async Task The_sixteenth_unpaid_request_of_a_guest_within_an_hour_is_refused_to_whichever_phone()
    {
        await using var there = new Aggregator(Database, "fifteen");
        var (guest, till) = (Asker(20), Asker(21));
        foreach (var number in Enumerable.Range(0, 15))
        {
            await there.Unpaid($"+25575400{number:D4}", Noon.AddMinutes(number), guest, isGuest: true);
            await there.Unpaid($"+25575410{number:D4}", Noon.AddMinutes(number), till);
        }

        var refused = await Refused(() => there.Ring(Phone, Noon.AddMinutes(59), guest, isGuest: true));

        Assert.Equal("payment_attempt_prompt_limit", refused.ConstraintName);
        Assert.Equal(Noon.AddHours(1), Until(refused));
        await there.Unpaid(Phone, Noon.AddMinutes(59), till);
        await there.Unpaid(Phone, Noon.AddMinutes(59), Asker(22), isGuest: true);
        await there.Unpaid(Phone, Noon.AddHours(1), guest, isGuest: true);
    }

    [Fact]
    public async Task What_was_paid_counts_for_no_limit()
    {
        await using var there = new Aggregator(Database, "paid");
        foreach (var minute in Enumerable.Range(0, 20))
        {
            await there.Ring(Phone, Noon.AddMinutes(minute), isGuest: true);
            await there.AnswerAll("SUCCEEDED");
        }

        await there.Ring(Phone, Noon.AddMinutes(20), isGuest: true);
    }

    private static Guid Asker(int number) => new(number, 0, 0, new byte[8]);

    private static Task<PostgresException> Refused(Func<Task> ring) => Assert.ThrowsAsync<PostgresException>(ring);

    private static DateTimeOffset Until(PostgresException refusal) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(refusal.Hint!, CultureInfo.InvariantCulture));

    /// <summary>The attempts at one aggregator, which are gone at the end: they belong to no session.</summary>
    private sealed class Aggregator(TestDatabase database, string name) : IAsyncDisposable
    {
        /// <summary>Has a phone rung for three minutes; the reference of the attempt.</summary>
        public async Task<string> Ring(
            string phone, DateTimeOffset at, Guid? by = null, bool isGuest = false, NpgsqlConnection? on = null)
        {
            var reference = $"JX{Interlocked.Increment(ref last):D18}";
            await using var own = on is null ? await database.Source.OpenConnectionAsync() : null;
            await using var ring = new NpgsqlCommand("""
                INSERT INTO jiko.payment_attempt (
                    reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                    rings_until, asked_by, asked_by_guest)
                VALUES ($1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $2, $3, 5000,
                    'SENT', $4, $4::timestamptz + interval '5 minutes', $4::timestamptz + interval '3 minutes', $5, $6)
                """, on ?? own);
            ring.Parameters.AddWithValue(reference);
            ring.Parameters.AddWithValue(name);
            ring.Parameters.AddWithValue(phone);
            ring.Parameters.AddWithValue(at);
            ring.Parameters.AddWithValue(by ?? Table);
            ring.Parameters.AddWithValue(isGuest);
            await ring.ExecuteNonQueryAsync();
            return reference;
        }

        /// <summary>A phone that rings, and says no.</summary>
        public async Task Unpaid(string phone, DateTimeOffset at, Guid? by = null, bool isGuest = false) =>
            await Answer(await Ring(phone, at, by, isGuest), "FAILED");

        public Task Answer(string reference, string state) =>
            database.Run($"UPDATE jiko.payment_attempt SET state = '{state}' WHERE reference = '{reference}'");

        public Task AnswerAll(string state) => database.Run(
            $"UPDATE jiko.payment_attempt SET state = '{state}' WHERE adapter = '{name}' AND state = 'SENT'");

        public async ValueTask DisposeAsync() =>
            await database.Run($"DELETE FROM jiko.payment_attempt WHERE adapter = '{name}'");
    }
}
