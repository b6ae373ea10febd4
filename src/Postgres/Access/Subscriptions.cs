using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class Subscriptions(JikoDatabase database, ManagementWrites writes)
    : ISubscriptions, ISubscriptionWork
{
    private const string Columns = "state, phone, version, due_at, id, created_at";

    private const string Due = $"""
        UPDATE jiko.subscription SET due_at = $2
        WHERE id = ANY (ARRAY(
            SELECT id FROM jiko.subscription WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING {Columns}
        """;

    // What is told was decided from the row of this version.
    private const string Write = """
        WITH written AS (
            UPDATE jiko.subscription
            SET state = $2, status = $3, phone = $4, due_at = $5, ended_at = $6, version = version + 1
            WHERE id = $1 AND version = $7 AND due_at IS NOT DISTINCT FROM $8
            RETURNING kitchen_id, version),
        told AS (
            INSERT INTO jiko.event (kitchen_id, payload, at)
            SELECT w.kitchen_id, e.payload, $10
            FROM written w, unnest($9::text[]) WITH ORDINALITY AS e(payload, place) ORDER BY e.place)
        SELECT version FROM written
        """;

    public Task<Subscription?> Find(Guid id) => database.Source.Row(
        $"SELECT {Columns} FROM jiko.subscription WHERE id = $1", Read, Sql.Of(id));

    public Task<Page<Subscription>> List(Guid merchantId, SubscriptionStatus? status, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.subscription", "created_at")
            .Where("merchant_id =", merchantId)
            .WhereGiven("status =", status?.WireName)
            .Run(database.Source, page, Read);

    public async Task<IReadOnlySet<Guid>> WithoutSession(IReadOnlyCollection<Subscription> subscriptions)
    {
        // A first session is there before its subscription, and a period that is paid or not paid has had one.
        var begun = subscriptions.Where(one => one is { Period: PeriodState.Open, Number: > 1 }).ToList();
        if (begun.Count is 0) return new HashSet<Guid>();
        var there = await database.Source.Rows(
            "SELECT id FROM jiko.checkout_session WHERE id = ANY ($1)", row => row.GetGuid(0),
            Sql.Of(begun.Select(one => one.SessionId).ToArray()));
        return begun.Where(one => !there.Contains(one.SessionId)).Select(one => one.Id).ToHashSet();
    }

    public Task<Reply<Subscription>> Pause(Guid merchantId, Guid id, Operation? operation = null) =>
        Change(merchantId, id, operation, (subscription, _, _) => subscription.Pause());

    public Task<Reply<Subscription>> Resume(Guid merchantId, Guid id, Operation? operation = null) =>
        Change(merchantId, id, operation, (subscription, zone, now) => subscription.Resume(zone, now));

    public Task<Reply<Subscription>> Cancel(
        Guid merchantId, Guid id, bool withPeriod, Operation? operation = null) =>
        Change(merchantId, id, operation, (subscription, _, now) => subscription.Cancel(withPeriod, now));

    public async Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            Due, row => new ClaimedSubscription(Read(row), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public async Task<ClaimedSubscription?> Store(
        ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        var written = await database.Background.Rows(
            Write, row => row.GetInt64(0),
            Values(claimed.Subscription, next, dueAt, claimed.Version, claimed.Lease, now));
        return written is [var version] ? new ClaimedSubscription(next, version, dueAt ?? claimed.Lease) : null;
    }

    /// <summary>Whatever it has become, it is looked at at once.</summary>
    private async Task<Reply<Subscription>> Change(
        Guid merchantId, Guid id, Operation? operation,
        Func<Subscription, TimeZoneInfo, DateTimeOffset, (Subscription? Next, Refusal? Refusal)> decide)
    {
        var reply = await writes.Once<Subscription>(operation, id, async write =>
        {
            var known = await write.Row(
                """
                SELECT s.state, s.phone, s.version, s.due_at, k.time_zone
                FROM jiko.subscription s JOIN jiko.kitchen k ON k.id = s.kitchen_id
                WHERE s.id = $1 AND s.merchant_id = $2 FOR UPDATE OF s
                """,
                row => new Known(
                    Read(row), row.GetInt64(2), row.Optional<DateTimeOffset>(3), row.GetString(4)),
                Sql.Of(id), Sql.Of(merchantId));
            if (known is null) return SubscriptionRefusals.NotFound;
            var zone = TimeZoneInfo.FindSystemTimeZoneById(known.TimeZone);
            var (next, refusal) = decide(known.Subscription, zone, write.At);
            if (next is null) return refusal ?? SubscriptionRefusals.NotFound;
            if (next == known.Subscription) return next;
            await write.Run(
                Write, Values(known.Subscription, next, write.At, known.Version, known.DueAt, write.At));
            return next;
        });
        // The phone is kept in the row alone, from which it can be taken out.
        return reply is Reply<Subscription>.Accepted { Replayed: true } again
            ? again with { State = again.State with { Phone = (await Find(id))?.Phone } }
            : reply;
    }

    private static NpgsqlParameter[] Values(
        Subscription before, Subscription next, DateTimeOffset? dueAt, long version, DateTimeOffset? leased,
        DateTimeOffset now) =>
    [
        Sql.Of(next.Id), Sql.Of(StateJson.Write(next)), Sql.Of(next.Status.WireName), Sql.Of(next.Phone),
        Sql.Of(dueAt?.UtcDateTime), Sql.Of(next.EndedAt?.UtcDateTime), Sql.Of(version), Sql.Of(leased?.UtcDateTime),
        Sql.Of(next.ToldAfter(before).Select(StateJson.Write<KitchenEvent>).ToArray()),
        Sql.Of(now.UtcDateTime),
    ];

    private static Subscription Read(NpgsqlDataReader row) => StateJson.Read<Subscription>(row.GetString(0)) with
    {
        Phone = row.IsDBNull(1) ? null : row.GetString(1),
    };

    private sealed record Known(Subscription Subscription, long Version, DateTimeOffset? DueAt, string TimeZone);
}
