using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>What merchants and the rounds over subscriptions read and write: each call is one transaction.</summary>
public static class MemoryMerchants
{
    extension(MemoryDatabase database)
    {
        public void AddLink(PaymentLink link) => database.Write(() => database.LinkRows.TryAdd(link.Id, link));

        public PaymentLink? FindLink(Guid id) => database.Read(() => database.LinkRows.GetValueOrDefault(id));

        /// <summary>The link as it is after the change; null when there is none.</summary>
        public PaymentLink? ChangeLink(Guid id, ChangePaymentLink change) => database.Write(() =>
            database.LinkRows.TryGetValue(id, out var link) ? database.LinkRows[id] = link.With(change) : null);

        public IReadOnlyList<ClaimedSubscription> ClaimSubscriptions(DateTimeOffset now, TimeSpan lease, int limit) =>
            database.Take(
                database.SubscriptionRows.Values
                    .Where(row => row.DueAt <= now)
                    .OrderBy(row => row.DueAt)
                    .Take(limit),
                row =>
                {
                    database.SubscriptionRows[row.Subscription.Id] = row with { DueAt = now + lease };
                    return new ClaimedSubscription(row.Subscription, row.Version, now + lease);
                });

        /// <summary>Null when it was changed or woken since the claim: then nothing is written.</summary>
        public ClaimedSubscription? StoreSubscription(
            ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) =>
            database.Write(() =>
            {
                if (database.Subscription(next.Id) is not { } row
                    || (database.Keeps(Guard.Subscription)
                        && (row.Version != claimed.Version || row.DueAt != claimed.Lease)))
                    return null;
                database.Put(row, next, dueAt, now);
                return new ClaimedSubscription(next, row.Version + 1, dueAt ?? claimed.Lease);
            });

        /// <summary>What a merchant wants of a subscription, decided upon the row as it is, which is due at once.</summary>
        public (Subscription? Next, Refusal? Refusal) ChangeSubscription(
            Guid id, DateTimeOffset now, Func<Subscription, (Subscription? Next, Refusal? Refusal)> decide) =>
            database.Write(() =>
            {
                if (database.Subscription(id) is not { } row) return (null, SubscriptionRefusals.NotFound);
                var decided = decide(row.Subscription);
                if (decided.Next is { } next && next != row.Subscription) database.Put(row, next, dueAt: now, now);
                return decided;
            });

        private void Put(SubscriptionInRows row, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now)
        {
            database.SubscriptionRows[next.Id] = new SubscriptionInRows(next, row.Version + 1, dueAt);
            foreach (var told in next.ToldAfter(row.Subscription))
                database.EventRows.Add(new EventInRows(next.StoreId, told, now));
        }
    }
}
