using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>What is still to be said to aggregators, and what they said.</summary>
public static class MemoryPayments
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    extension(MemoryDatabase database)
    {
        public IReadOnlyList<AttemptWork> ClaimAttempts(DateTimeOffset now, TimeSpan lease, int limit) =>
            database.Take(
                database.AttemptRows.Values
                    .Where(row => row.NextLookAt <= now)
                    .OrderBy(row => row.NextLookAt)
                    .Take(limit),
                row =>
                {
                    database.AttemptRows[row.Work.Reference] = row with { NextLookAt = now + lease, LookedAt = now };
                    return row.Work with { LookAt = now + lease };
                });

        /// <summary>True for the first who is about to send the push.</summary>
        public bool BeginPush(string reference) => database.Write(() =>
            database.Attempt(reference) is { Work.Pushed: false } row
            && (database.AttemptRows[reference] = row with { Work = row.Work with { Pushed = true } }) is not null);

        /// <summary>It has not reached the aggregator.</summary>
        public void PushNotSent(string reference) => database.Write(() =>
            database.Attempt(reference)
                is { State: AttemptStatus.Sent, Work: { PhoneNumber: not null, ProviderReference: null } } row
            && (database.AttemptRows[reference] = row with { Work = row.Work with { Pushed = false } }) is not null);

        /// <summary>
        /// The aggregator was told or asked; it is asked again then, unless somebody else wanted it otherwise meanwhile.
        /// </summary>
        public void LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null) => database.Write(() =>
            database.Attempt(claimed.Reference) is { } row
            && (database.AttemptRows[claimed.Reference] = row with
            {
                Work = row.Work with
                {
                    Pushed = true,
                    ProviderReference = row.Work.ProviderReference ?? providerReference,
                },
                NextLookAt = row.NextLookAt is { } next && next == claimed.LookAt ? at : row.NextLookAt,
            }) is not null);

        public void LookSoon(string reference, DateTimeOffset at) => database.Write(() =>
            database.Attempt(reference) is { } row
            && (row.Work.Pushed || row.State != AttemptStatus.Sent)
            && (database.AttemptRows[reference] =
                row with { Work = row.Work with { Pushed = true }, NextLookAt = Sooner(row, at) }) is not null);

        public IReadOnlyList<RefundWork> ClaimRefunds(DateTimeOffset now, TimeSpan lease, int limit) =>
            database.Take(
                database.RefundRows.Values
                    .Where(row => row.NextTryAt <= now)
                    .OrderBy(row => row.NextTryAt)
                    .Take(limit),
                row =>
                {
                    var work = row.Work with { Tries = row.Work.Tries + 1 };
                    database.RefundRows[work.Reference] = row with { Work = work, NextTryAt = now + lease };
                    return work;
                });

        /// <summary>Only the last one who claimed it may say how it stands.</summary>
        public void TryRefundAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt) =>
            database.Write(() =>
                database.RefundRows.GetValueOrDefault(claimed.Reference) is { Done: false, Settled: null } row
                && row.Work.Tries == claimed.Tries
                && (database.RefundRows[claimed.Reference] = row with
                {
                    NextTryAt = at,
                    RefusedTry = refusedAt is null ? null : claimed.Tries,
                }) is not null);

        /// <summary>The aggregator's answer to the last try was a certain no.</summary>
        public bool IsRefused(string reference) =>
            database.RefundRows.GetValueOrDefault(reference) is { Done: false, Settled: null } row
            && row.RefusedTry == row.Work.Tries;

        /// <summary>Keeps an event; null where it is there already.</summary>
        public InboxWork? Keep(NewEvent arrived) => database.Write(() =>
        {
            var (adapter, eventId, body, receivedAt, lookAt) = arrived;
            if (database.InboxRows.Any(row => row.Work.Adapter == adapter && row.EventId == eventId)) return null;
            var kept = new InboxWork(database.InboxRows.Count + 1, adapter, body, receivedAt);
            database.InboxRows.Add(new EventOfAggregator(eventId, kept, lookAt));
            return kept;
        });

        public IReadOnlyList<InboxWork> ClaimInbox(DateTimeOffset now, TimeSpan lease, int limit) =>
            database.Take(
                database.InboxRows
                    .Where(row => row.NextLookAt <= now)
                    .OrderBy(row => row.Work.Id)
                    .Take(limit),
                row =>
                {
                    database.LookAt(row.Work.Id, now + lease);
                    return row.Work;
                });

        /// <summary>The reference that a receipt belongs to, from the first time on that it is claimed.</summary>
        public string ClaimReceipt(string adapter, string receipt, string reference) => database.Write(() =>
            database.ReceiptRows.TryGetValue((adapter, receipt), out var known)
                ? known
                : database.ReceiptRows[(adapter, receipt)] = reference);

        /// <summary>False where it is noted already.</summary>
        public bool NoteException(NewPaymentException found) => database.Write(() =>
            database.ExceptionRows.Add(
                new ExceptionInRows(found.Kind, found.Adapter, found.Reference, found.Receipt)));

        public void InboxDone(long id) => database.Write(() => database.LookAt(id, at: null));

        public void InboxPostpone(long id, DateTimeOffset until) => database.Write(() => database.LookAt(id, until));

        private static DateTimeOffset Sooner(AttemptInRows row, DateTimeOffset wanted)
        {
            var allowed = row.LookedAt is { } looked && looked + BetweenLooks > wanted ? looked + BetweenLooks : wanted;
            return row.NextLookAt is { } next && next < allowed ? next : allowed;
        }

        /// <summary>What is done waits no more, whoever wants it to.</summary>
        private bool LookAt(long id, DateTimeOffset? at)
        {
            var place = (int)id - 1;
            var row = database.InboxRows[place];
            if (row.NextLookAt is not null) database.InboxRows[place] = row with { NextLookAt = at };
            return true;
        }
    }
}
