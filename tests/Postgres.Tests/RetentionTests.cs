using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Postgres.Retention;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// What has been kept long enough goes, a few rows at a time, and the books stay. Each test has a database of its own,
/// and all laws of conservation hold after it.
/// </summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Phone = "+255754000111";
    private static readonly RetentionSettings Settings = new();
    private readonly TestDatabase database = new();
    private Store? store;

    private Store Store => store ?? throw new InvalidOperationException("InitializeAsync comes first.");

    private FakeTimeProvider Clock { get; } = new(Till.Noon);

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        store = new Store(database);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.MustBalance();
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Events_and_kept_answers_go_when_their_time_is_over_and_the_books_stay()
    {
        var till = new Till("a month");
        var customer = till.NextId();
        var old = till.Sale((till.Pilau, 1)) with { Operation = till.NextOperation() };
        await Store.Commit(
            till.Received(till.Pilau, 10), old, till.TopUp(customer, 5_000), till.Tab(till.Pilau),
            till.Slip((till.Pilau, 1)));
        till.Now = Till.Noon + Settings.Events - TimeSpan.FromSeconds(1);
        var young = till.Sale((till.Pilau, 1)) with { Operation = till.NextOperation() };
        await Store.Commit(young);
        await Store.Publisher.PublishCommitted();
        var first = (await Store.Feed.Read(till.KitchenId, 0, 100))[0];
        var books = await Books();

        Clock.SetUtcNow(Till.Noon + Settings.Events + TimeSpan.FromSeconds(1));
        Assert.True(await Rounds().Run());

        Assert.Equal(books, await Books());
        Assert.Null(await Store.States.Answered(old.Operation!.Id));
        Assert.NotNull(await Store.States.Answered(young.Operation!.Id));
        Assert.All(await Store.Feed.Read(till.KitchenId, 0, 100), told => Assert.Equal(till.Now, told.At));
        // A screen that was there last a month ago is told to read its list again; one of today goes on.
        Assert.False(await Store.Feed.Knows(till.KitchenId, first.Position));
        Assert.True(await Store.Feed.Knows(till.KitchenId, await Store.Feed.Last(till.KitchenId)));
    }

    [Fact]
    public async Task What_is_exactly_old_enough_stays_until_a_moment_later()
    {
        var till = new Till("a moment");
        await Store.Commit(till.Sale((till.Chai, 1)) with { Operation = till.NextOperation() });

        Clock.SetUtcNow(Till.Noon + Settings.Answers);
        await Rounds().Run();
        Assert.Equal((1, 1), (await Count("operation"), await Count("event")));

        await database.Run("DELETE FROM jiko.retention_pass");
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Rounds().Run();
        Assert.Equal((0, 0), (await Count("operation"), await Count("event")));
    }

    [Fact]
    public async Task A_webhook_goes_when_it_was_dealt_with_and_one_that_waits_stays()
    {
        var inbox = new PaymentInbox(Store.Database);
        var dealtWith = await Keep("dealt with", Till.Noon);
        await Keep("waits", Till.Noon);
        var young = await Keep("young", Till.Noon.AddDays(1));
        await inbox.Done(dealtWith);
        await inbox.Done(young);

        Clock.SetUtcNow(Till.Noon + Settings.Webhooks + TimeSpan.FromHours(1));
        await Rounds().Run();

        Assert.Equal(
            "waits young",
            await database.Ask<string>("SELECT string_agg(event_id, ' ' ORDER BY event_id) FROM jiko.payment_inbox"));

        async Task<long> Keep(string id, DateTimeOffset at) =>
            (await inbox.Keep(new NewEvent("simulator", id, [1], at, at)))!.Id;
    }

    [Fact]
    public async Task Tokens_and_codes_go_after_their_end_and_those_without_one_stay()
    {
        await database.Run("""
            INSERT INTO jiko.credential (token_hash, kind, subject_id, live_mode, created_at, expires_at, revoked_at)
            SELECT decode(lpad(row_number, 2, '0'), 'hex'), 'STAFF', gen_random_uuid(), false, '2026-01-01',
                expires, revoked
            FROM (VALUES
                ('1', '2026-03-01'::timestamptz, NULL::timestamptz),
                ('2', NULL, '2026-03-01'),
                ('3', '2027-03-01', '2026-03-01'),
                ('4', '2026-03-08', NULL),
                ('5', NULL, NULL)) AS token(row_number, expires, revoked);
            INSERT INTO jiko.kitchen VALUES (
                gen_random_uuid(), 'K', false, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, 0, '2026-01-01');
            INSERT INTO jiko.pairing_code SELECT 'old', id, 'POS', 'Till', '2026-03-01' FROM jiko.kitchen;
            INSERT INTO jiko.pairing_code SELECT 'new', id, 'POS', 'Till', '2026-03-08' FROM jiko.kitchen;
            """);

        Clock.SetUtcNow(new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero));
        await Rounds().Run();

        Assert.Equal(
            "04 05",
            await database.Ask<string>(
                "SELECT string_agg(encode(token_hash, 'hex'), ' ' ORDER BY token_hash) FROM jiko.credential"));
        Assert.Equal("new", await database.Ask<string>(
            "SELECT string_agg(encode(code_hash, 'escape'), ' ') FROM jiko.pairing_code"));
    }

    [Fact]
    public async Task A_wallet_code_that_has_paid_is_remembered_for_as_long_as_there_is_the_code()
    {
        var till = new Till("codes");
        var (kept, gone) = (till.NextId(), till.NextId());
        var account = till.NextId();
        foreach (var code in (Guid[])[kept, gone])
        {
            var sale = till.Sale((till.Chai, 1));
            var leg = sale.Effects.OfType<Effect.Transfer>().First().Movement.PaymentId;
            await Store.Commit(sale with { Effects = sale.Effects.With(new Effect.SpendAuthorization(code, leg)) });
        }

        await database.Run($"""
            INSERT INTO jiko.app_account VALUES ('{account}', 'Asha', '{Phone}', false, now());
            INSERT INTO jiko.wallet_authorization VALUES ('{kept}', 'code', '{account}', false, NULL, '2030-01-01')
            """);

        Clock.SetUtcNow(Till.Noon + Settings.Tokens + TimeSpan.FromHours(1));
        await Rounds().Run();

        Assert.Equal(kept, await database.Ask<Guid>("SELECT authorization_id FROM jiko.wallet_authorization_spent"));
        Assert.Equal(1, await Count("wallet_authorization"));
    }

    [Fact]
    public async Task Phones_are_taken_out_of_what_is_over_and_the_money_in_it_stays()
    {
        var till = new Till("phones");
        var phone = new PaymentRequest(PaymentMethod.MobileMoney, new Money(1_000), PhoneNumber: Phone);
        var paid = till.PendingSale(phone, (till.Pilau, 1));
        var over = till.Cancelled(paid);
        var parked = till.PendingSale(phone, (till.Pilau, 1));
        var waiting = till.PendingSale(phone, (till.Pilau, 1));
        var ended = till.Cancelled(parked);
        await Store.Commit(paid, over, till.PaidByPhone(over, phone.Amount), parked, ended);
        // The prompt on the phone is over.
        await database.Run("UPDATE jiko.payment_attempt SET rings_until = NULL");
        await Store.Commit(waiting);
        await database.Run($"""
            UPDATE jiko.payment_attempt SET next_look_at = NULL WHERE state <> 'SENT';
            UPDATE jiko.payment_attempt SET next_look_at = NULL, state = 'FAILED' WHERE session_id = '{parked.Key}';
            UPDATE jiko.payment_attempt SET parked = 'LATE', parked_amount = 1, parked_at = now()
            WHERE session_id = '{parked.Key}'
            """);
        var before = await Read(paid.Key);
        Assert.Contains("255754000111", await StateOf(paid.Key), StringComparison.Ordinal);

        Clock.SetUtcNow(Till.Noon + Settings.Phones + TimeSpan.FromDays(1));
        await Rounds().Run();

        Assert.DoesNotContain("255754000111", await StateOf(paid.Key), StringComparison.Ordinal);
        Assert.Equal(0, await Count($"payment_attempt WHERE session_id = '{paid.Key}' AND phone IS NOT NULL"));
        var after = await Read(paid.Key);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Equal(WithoutPhones((Session.Opened)before.State), (Session.Opened)after.State);
        // Money that waits for a decision, or on its way, may have to go to the phone.
        foreach (var session in (Guid[])[parked.Key, waiting.Key])
        {
            Assert.Contains("255754000111", await StateOf(session), StringComparison.Ordinal);
            Assert.Equal(1, await Count($"payment_attempt WHERE session_id = '{session}' AND phone = '{Phone}'"));
        }

        Assert.Equal(1, await Count($"payment_refund WHERE NOT done AND phone = '{Phone}'"));

        // Once it waits no more, the pass comes back for it.
        await database.Run("UPDATE jiko.payment_attempt SET parked = NULL, parked_amount = NULL, parked_at = NULL");
        await database.Run("DELETE FROM jiko.retention_pass");
        await Rounds().Run();
        Assert.DoesNotContain("255754000111", await StateOf(parked.Key), StringComparison.Ordinal);
        Assert.Contains("255754000111", await StateOf(waiting.Key), StringComparison.Ordinal);
        Assert.Equal([waiting.Key], await Later());
        Assert.IsType<CommitAnswer.Committed>(await Store.Commits.Commit(till.Cancelled(waiting)));
        await database.Run("DELETE FROM jiko.retention_pass");
        await Rounds().Run();
        Assert.DoesNotContain("255754000111", await StateOf(waiting.Key), StringComparison.Ordinal);
        Assert.Empty(await Later());
    }

    private Task<Guid[]> Later() => database.Ask<Guid[]>(
        "SELECT coalesce(array_agg(session_id), '{}') FROM jiko.retention_phones_later")!;

    [Fact]
    public async Task Phones_are_taken_out_of_payment_exceptions_that_wait_no_more_and_the_trail_says_nothing_of_them()
    {
        await database.Run($"""
            INSERT INTO jiko.payment_exception (
                kind, adapter, reference, receipt, amount, phone, seen_at, decision, decided_at, decided_by,
                decided_phone)
            VALUES
                ('UNKNOWN_REFERENCE', 'simulator', 'waits', 'R1', 1000, '{Phone}', '2026-01-01', NULL, NULL, NULL, NULL),
                ('REFUND_REFUSED', 'simulator', 'decided', '', 1000, '{Phone}', '2026-01-01', 'ANOTHER_PHONE',
                    '2026-01-01', gen_random_uuid(), '{Phone}'),
                ('UNKNOWN_REFERENCE', 'simulator', 'young', 'R2', 1000, '{Phone}', '2026-01-01', 'CLOSE',
                    '2030-01-01', gen_random_uuid(), NULL),
                ('UNKNOWN_REFERENCE', 'simulator', 'on its way', 'R3', 1000, '{Phone}', '2026-01-01', 'RETURNED',
                    '2026-01-01', NULL, NULL);
            INSERT INTO jiko.payment_return (exception_id, reference, state, begun_at, next_try_at)
            SELECT id, 'JR000000000000000001', 'PENDING', '2026-01-01', '2026-01-01' FROM jiko.payment_exception
            WHERE reference = 'on its way'
            """);
        var noted = await Count("audit");

        Clock.SetUtcNow(Till.Noon + Settings.Phones + TimeSpan.FromDays(1));
        await Rounds().Run();

        Assert.Equal(
            "on its way waits young",
            await database.Ask<string>("""
                SELECT string_agg(reference, ' ' ORDER BY reference) FROM jiko.payment_exception
                WHERE phone IS NOT NULL OR decided_phone IS NOT NULL
                """));
        Assert.Equal(noted, await Count("audit"));
    }

    [Fact]
    public async Task A_grain_that_still_knows_the_phone_cannot_write_it_back()
    {
        var till = new Till("stale");
        var pending = till.PendingSale(
            new PaymentRequest(PaymentMethod.Cash, new Money(1_000)), (till.Pilau, 1));
        var cancelled = till.Cancelled(pending);
        await Store.Commit(pending, cancelled);
        await database.Run($$"""
            UPDATE jiko.checkout_session SET state = regexp_replace(state, '^\{', '{"customerPhone":"+255754000111",')
            WHERE id = '{{pending.Key}}'
            """);

        Clock.SetUtcNow(Till.Noon + Settings.Phones + TimeSpan.FromDays(1));
        await Rounds().Run();

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(till.MoneyReturned(cancelled)));
        Assert.DoesNotContain("255754000111", await StateOf(pending.Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_statement_removes_more_than_a_few_rows()
    {
        var till = new Till("batches");
        await database.Run($"""
            CREATE TABLE public.removed (source text, rows bigint, in_transaction xid8);
            CREATE FUNCTION public.note_removed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO public.removed SELECT TG_TABLE_NAME, count(*), pg_current_xact_id() FROM gone;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER removed AFTER DELETE ON jiko.operation REFERENCING OLD TABLE AS gone
                FOR EACH STATEMENT EXECUTE FUNCTION public.note_removed();
            CREATE TRIGGER removed AFTER DELETE ON jiko.event REFERENCING OLD TABLE AS gone
                FOR EACH STATEMENT EXECUTE FUNCTION public.note_removed();
            INSERT INTO jiko.operation
            SELECT gen_random_uuid(), gen_random_uuid(), 'NONE', gen_random_uuid(), 1, repeat('a', 300), '2026-01-01'
            FROM generate_series(1, 2000);
            INSERT INTO jiko.event (kitchen_id, payload, at)
            SELECT '{till.KitchenId}', repeat('a', 100), '2026-01-01' FROM generate_series(1, 1000)
            """);

        await Rounds(new Pace(Blocks: 4, Rows: 100, TimeSpan.Zero)).Run();

        Assert.Equal((0, 0), (await Count("operation"), await Count("event")));
        Assert.Equal(2_000, await Sum("operation"));
        Assert.Equal(1_000, await Sum("event"));
        // Four blocks of 8 KiB have no room for more rows of 300 bytes.
        Assert.InRange(await Most("operation"), 1, 4 * 8_192 / 300);
        Assert.InRange(await Most("event"), 1, 100);

        Task<long> Sum(string table) =>
            database.Ask<long>($"SELECT sum(rows)::bigint FROM public.removed WHERE source = '{table}'");
        Task<long> Most(string table) => database.Ask<long>($"""
            SELECT max(rows)::bigint FROM (
                SELECT sum(rows) AS rows FROM public.removed WHERE source = '{table}' GROUP BY in_transaction) each
            """);
    }

    [Fact]
    public async Task One_host_at_a_time_makes_the_round_and_once_a_day_is_enough()
    {
        var till = new Till("two hosts");
        await Store.Commit(till.Sale((till.Chai, 1)) with { Operation = till.NextOperation() });
        Clock.SetUtcNow(Till.Noon + Settings.Answers + TimeSpan.FromHours(1));
        await using var other = new Store(database);
        await using (await database.Hold("SELECT pg_advisory_xact_lock(hashtextextended('jiko retention', 0))"))
        {
            Assert.False(await Rounds().Run());
            Assert.Equal(1, await Count("operation"));
        }

        var both = await Task.WhenAll(Rounds().Run(), Rounds(of: other).Run());

        Assert.Contains(true, both);
        Assert.Equal(0, await Count("operation"));
        till.Now = Till.Noon;
        await Store.Commit(till.Sale((till.Chai, 1)) with { Operation = till.NextOperation() });
        Clock.Advance(TimeSpan.FromHours(22));
        Assert.True(await Rounds(of: other).Run());
        Assert.Equal(1, await Count("operation"));
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await Rounds(of: other).Run());
        Assert.Equal(0, await Count("operation"));
    }

    [Fact]
    public async Task A_table_that_cannot_be_pruned_keeps_no_other_from_it()
    {
        var till = new Till("refused");
        await Store.Commit(till.Sale((till.Chai, 1)) with { Operation = till.NextOperation() });
        await database.Run("""
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'not now';
            END
            $$;
            CREATE TRIGGER refused BEFORE DELETE ON jiko.event
                FOR EACH STATEMENT EXECUTE FUNCTION public.refuse()
            """);

        Clock.SetUtcNow(Till.Noon + Settings.Answers + TimeSpan.FromHours(1));
        Assert.True(await Rounds().Run());

        Assert.Equal((0, 1), (await Count("operation"), await Count("event")));
        await database.Run("DROP TRIGGER refused ON jiko.event");
        // What was done has its next turn tomorrow, and what failed in the next hour.
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await Rounds().Run());
        Assert.Equal(0, await Count("event"));
    }

    [Fact]
    public async Task The_till_sells_while_rows_are_removed_and_its_events_are_told()
    {
        var till = new Till("at the same time");
        await Store.Commit(till.Received(till.Pilau, 1_000_000));
        await Store.CommitTogether(Enumerable.Range(0, 300).Select(_ => Sale()));
        await database.Run("UPDATE jiko.operation SET at = '2026-01-01'; UPDATE jiko.event SET at = '2026-01-01'");
        // Who would have to wait for a row that is being removed is refused soon.
        await using var impatient = new Store(new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = "-c lock_timeout=1s",
        }.ConnectionString);

        Clock.SetUtcNow(Till.Noon.AddHours(1));
        var round = Rounds(new Pace(Blocks: 1, Rows: 10, TimeSpan.FromMilliseconds(2))).Run();
        var sold = 0;
        do
        {
            GrainCommit[] slips = [.. Enumerable.Range(0, 5).Select(_ => till.Slip((till.Pilau, 1)))];
            Assert.All(
                await impatient.CommitTogether([.. slips, .. Enumerable.Range(0, 5).Select(_ => Sale())]),
                answer => Assert.IsType<CommitAnswer.Committed>(answer));
            Assert.All(
                await impatient.CommitTogether(slips.Select(till.Paid)),
                answer => Assert.IsType<CommitAnswer.Committed>(answer));
            sold += 10;
        }
        while (!round.IsCompleted);

        Assert.True(await round);
        Assert.Equal(0, await Count("operation WHERE at < '2026-02-01'"));
        Assert.Equal(0, await Count("event WHERE at < '2026-02-01'"));
        Assert.Equal(300 + sold, await Count("customer_order"));
        await Store.Publisher.PublishCommitted();
        Assert.Equal(
            await Count("event"), (await Store.Feed.Read(till.KitchenId, 0, 10_000)).Count);

        GrainCommit Sale() => till.Sale((till.Pilau, 1)) with { Operation = till.NextOperation() };
    }

    [Fact]
    public async Task A_row_that_somebody_holds_is_not_waited_for_and_has_its_turn_later()
    {
        var till = new Till("held");
        var phone = new PaymentRequest(PaymentMethod.MobileMoney, new Money(1_000), PhoneNumber: Phone);
        var pending = till.PendingSale(phone, (till.Pilau, 1));
        await Store.Commit(pending, till.Cancelled(pending));
        var sale = till.Sale((till.Chai, 1)) with { Operation = till.NextOperation() };
        await Store.Commit(sale);
        Clock.SetUtcNow(Till.Noon + Settings.Phones + TimeSpan.FromDays(1));
        await using (await database.Lock(pending.Key))
        await using (await database.Lock($"jiko.operation WHERE id = '{sale.Operation!.Id}'"))
        {
            Assert.True(await Rounds().Run());
            Assert.Equal(1, await Count("operation"));
        }

        Assert.Contains("255754000111", await StateOf(pending.Key), StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromDays(1));
        await Rounds().Run();
        Assert.Equal(0, await Count("operation"));
        Assert.DoesNotContain("255754000111", await StateOf(pending.Key), StringComparison.Ordinal);
    }

    /// <summary>What the law wants kept, with what is in it.</summary>
    private Task<string> Books() => database.Ask<string>("""
        SELECT concat_ws(' ',
            (SELECT md5(string_agg(s::text, ',' ORDER BY s.id)) FROM jiko.checkout_session s),
            (SELECT md5(string_agg(o::text, ',' ORDER BY o.id)) FROM jiko.customer_order o),
            (SELECT md5(string_agg(t::text, ',' ORDER BY t.leg_id, t.step, t.part)) FROM jiko.ledger_transfer t),
            (SELECT md5(string_agg(b::text, ',' ORDER BY b.id)) FROM jiko.bill b),
            (SELECT md5(string_agg(j::text, ',' ORDER BY j.id)) FROM jiko.stock_journal j),
            (SELECT md5(string_agg(a::text, ',' ORDER BY a.id)) FROM jiko.audit a))
        """);

    private static Session.Opened WithoutPhones(Session.Opened session) =>
        (Session.Opened)StateJson.Read<Session>(
            StateJson.Write<Session>(session)
                .Replace(@"""\u002B255754000111""", "null", StringComparison.Ordinal)
                .Replace($"\"{Phone}\"", "null", StringComparison.Ordinal));

    private async Task<(Session State, long Version)> Read(Guid session)
    {
        var row = (await Store.States.Load(GrainKind.Session, session))!;
        return (StateJson.Read<Session>(row.State), row.Version);
    }

    private Task<string> StateOf(Guid session) =>
        database.Ask<string>($"SELECT state FROM jiko.checkout_session WHERE id = '{session}'");

    private Task<long> Count(string rows) => database.Ask<long>($"SELECT count(*) FROM jiko.{rows}");

    private RetentionRounds Rounds(Pace? pace = null, Store? of = null) =>
        new((of ?? Store).Database, Settings, Clock, NullLogger<RetentionRounds>.Instance)
        {
            Pace = pace ?? Pace.Usual with { Pause = TimeSpan.Zero },
        };
}
