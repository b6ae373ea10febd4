using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;
using JikoXpress.Testing.Memory;
using Npgsql;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>One of the two stores that are compared. What it answers is text, so that it can be printed.</summary>
internal abstract class Side : IAsyncDisposable
{
    private ICommitCall? call;

    protected abstract ICommitCalls Calls { get; }

    protected abstract IAttempts Attempts { get; }

    protected abstract IRefunds Refunds { get; }

    protected abstract IPaymentInbox Inbox { get; }

    protected abstract ISubscriptionWork Subscriptions { get; }

    protected abstract Task Switch(Guid link, bool active);

    /// <summary>The store numbers what it keeps; the other one may number it otherwise.</summary>
    protected Dictionary<string, long> EventIds { get; } = [];

    public abstract Task Clear();

    /// <summary>All rows, table by table.</summary>
    public abstract Task<IReadOnlyList<string>> Rows();

    /// <summary>What a step of a story comes to: the answers one by one, or what failed the whole batch.</summary>
    public async Task<IReadOnlyList<string>> Take(Step step)
    {
        if (step is not Step.Batch(var commits)) return await Work(step);
        var ready = await Ready();
        return await Outcome.Of(() => ready.Execute(commits));
    }

    /// <summary>A connection whose every call is one transaction. It is made once, and stays the side's.</summary>
    public async Task<ICommitCall> Ready() => call ??= await Calls.Prepare();

    public virtual async ValueTask DisposeAsync()
    {
        if (call is not null) await call.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> Work(Step step)
    {
        switch (step)
        {
            case Step.ClaimAttempts(var now, var lease, var limit):
                return Sorted(await Attempts.Claim(now, lease, limit));
            case Step.BeginPush(var claimed):
                return [$"{await Attempts.BeginPush(claimed)}"];
            case Step.PushNotSent(var claimed):
                await Attempts.PushNotSent(claimed);
                return [];
            case Step.LookAgain(var claimed, var at):
                await Attempts.LookAgain(claimed, at, $"SIM{claimed.Reference[^4..]}");
                return [];
            case Step.LookSoon(var reference, var at):
                await Attempts.LookSoon(reference, at);
                return [];
            case Step.ClaimRefunds(var now, var lease, var limit):
                return Sorted(await Refunds.Claim(now, lease, limit));
            case Step.TryRefundAgain(var claimed, var at, var refusedAt):
                await Refunds.TryAgain(claimed, at, refusedAt);
                return [];
            case Step.KeepEvent(var arrived):
                var kept = await Inbox.Keep(arrived);
                if (kept is not null) EventIds[arrived.EventId] = kept.Id;
                return [kept is null ? "known" : "kept"];
            case Step.ClaimEvents(var now, var lease, var limit):
                return Sorted((await Inbox.Claim(now, lease, limit)).Select(work => Convert.ToHexString(work.Body)));
            case Step.FinishEvent(var eventId):
                if (EventIds.TryGetValue(eventId, out var done)) await Inbox.Done(done);
                return [];
            case Step.ClaimSubscriptions(var now, var lease, var limit):
                return Sorted(await Subscriptions.Claim(now, lease, limit));
            case Step.StoreSubscription(var claimed, var next, var dueAt, var now):
                return [$"{await Subscriptions.Store(claimed, next, dueAt, now)}"];
            case Step.SwitchLink(var link, var active):
                await Switch(link, active);
                return [];
            case Step.ParkEvent(var eventId, var until):
                if (EventIds.TryGetValue(eventId, out var parked)) await Inbox.Postpone(parked, until);
                return [];
            default:
                throw new ArgumentException($"Nobody knows how to take {step}.", nameof(step));
        }
    }

    /// <summary>Whoever claims work gets it in any order.</summary>
    private static List<string> Sorted<T>(IEnumerable<T> work) =>
        [.. work.Select(each => $"{each}").Order(StringComparer.Ordinal)];
}

/// <summary>What is said to commits, as text.</summary>
internal static class Outcome
{
    public static async Task<IReadOnlyList<string>> Of(Func<Task<CommitAnswer[]>> commit)
    {
        try
        {
            return [.. (await commit()).Select(answer => $"{answer}")];
        }
        catch (PostgresException failure)
        {
            return [Of(failure)];
        }
        catch (Exception failure) when (failure is not NpgsqlException)
        {
            return [$"{failure.GetType().Name}: {failure.Message}"];
        }
    }

    /// <summary>Which of the constraints of wallets fails first depends on the plan; writers do not ask.</summary>
    public static string Of(PostgresException failure) =>
        $"{failure.SqlState} {failure.TableName} {(failure.TableName == "wallet" ? "" : failure.ConstraintName)}";
}

/// <summary><c>jiko.commit</c> on PostgreSQL.</summary>
/// <param name="links">Which are there at the beginning of a story.</param>
internal sealed class SqlSide(TestDatabase database, IReadOnlyList<PaymentLink> links) : Side
{
    private readonly JikoDatabase store = new(database.ConnectionString);

    protected override ICommitCalls Calls => new CommitCalls(store);

    protected override IAttempts Attempts => new Attempts(store);

    protected override IRefunds Refunds => new Refunds(store);

    protected override IPaymentInbox Inbox => new PaymentInbox(store);

    /// <summary>Rounds change no subscription as merchants do.</summary>
    protected override ISubscriptionWork Subscriptions => new Subscriptions(store, null!);

    public override async Task Clear()
    {
        EventIds.Clear();
        await database.Run(Tables.Clearing);
        foreach (var link in links)
        {
            await database.Run($"""
                INSERT INTO jiko.payment_link VALUES (
                    '{link.Id}', '{link.MerchantId}', '{link.StoreId}', false, 'TZS', '{link.Key}',
                    '{StateJson.Write(link.Terms)}', {link.Active}, '{link.CreatedAt:O}');
                INSERT INTO jiko.payment_link_use VALUES (
                    '{link.Id}', {link.Terms.MostPayments?.ToString(CultureInfo.InvariantCulture) ?? "NULL"})
                """);
        }
    }

    protected override Task Switch(Guid link, bool active) =>
        database.Run($"UPDATE jiko.payment_link SET active = {active} WHERE id = '{link}'");

    public override Task<IReadOnlyList<string>> Rows() => Tables.Read(store.Source);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await store.DisposeAsync();
    }
}

/// <summary>The rows in memory.</summary>
internal sealed class MemorySide(IReadOnlyList<PaymentLink> links) : Side
{
    public MemoryDatabase Database { get; private set; } = new();

    protected override ICommitCalls Calls => new CallsOf(this);

    protected override IAttempts Attempts => new Work(this);

    protected override IRefunds Refunds => new Work(this);

    protected override IPaymentInbox Inbox => new Work(this);

    protected override ISubscriptionWork Subscriptions => new Work(this);

    public override Task Clear()
    {
        EventIds.Clear();
        Database = new MemoryDatabase();
        foreach (var link in links) Database.AddLink(link);
        return Task.CompletedTask;
    }

    protected override Task Switch(Guid link, bool active)
    {
        Database.ChangeLink(link, new ChangePaymentLink(active));
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> Rows() => Task.FromResult(Tables.Of(Database));

    private sealed class CallsOf(MemorySide side) : ICommitCalls, ICommitCall
    {
        public bool IsUsable => true;

        public Task<ICommitCall> Prepare() => Task.FromResult<ICommitCall>(this);

        public Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch) =>
            Task.FromResult(side.Database.Call(batch));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Work(MemorySide side) : IAttempts, IRefunds, IPaymentInbox, ISubscriptionWork
    {
        Task<IReadOnlyList<ClaimedSubscription>> ISubscriptionWork.Claim(
            DateTimeOffset now, TimeSpan lease, int limit) =>
            Task.FromResult(side.Database.ClaimSubscriptions(now, lease, limit));

        public Task<ClaimedSubscription?> Store(
            ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) =>
            Task.FromResult(side.Database.StoreSubscription(claimed, next, dueAt, now));

        Task<IReadOnlyList<AttemptWork>> IAttempts.Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            Task.FromResult(side.Database.ClaimAttempts(now, lease, limit));

        public Task<AttemptWork?> Find(string reference) => Task.FromResult(side.Database.Attempt(reference)?.Work);

        public Task<bool> BeginPush(AttemptWork claimed) =>
            Task.FromResult(side.Database.BeginPush(claimed.Reference));

        public Task PushNotSent(AttemptWork claimed) => Done(() => side.Database.PushNotSent(claimed.Reference));

        public Task LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null) =>
            Done(() => side.Database.LookAgain(claimed, at, providerReference));

        public Task LookSoon(string reference, DateTimeOffset at) => Done(() => side.Database.LookSoon(reference, at));

        Task<IReadOnlyList<RefundWork>> IRefunds.Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            Task.FromResult(side.Database.ClaimRefunds(now, lease, limit));

        public Task TryAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt) =>
            Done(() => side.Database.TryRefundAgain(claimed, at, refusedAt));

        public Task<InboxWork?> Keep(NewEvent arrived) => Task.FromResult(side.Database.Keep(arrived));

        Task<IReadOnlyList<InboxWork>> IPaymentInbox.Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            Task.FromResult(side.Database.ClaimInbox(now, lease, limit));

        public Task Done(long id) => Done(() => side.Database.InboxDone(id));

        public Task Postpone(long id, DateTimeOffset until) => Done(() => side.Database.InboxPostpone(id, until));

        private static Task Done(Action change)
        {
            change();
            return Task.CompletedTask;
        }
    }
}
