using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>Reads sessions that another grain's commit will change, and notifies them after the commit.</summary>
internal static class KnownSessions
{
    extension(IStateReads reads)
    {
        /// <summary>The round that put a line onto a bill; null when the bill has no such line.</summary>
        public async ValueTask<KnownSale?> RoundOf(Bill bill, Guid lineId) =>
            (bill as Bill.Opened)?.Line(lineId) is { SessionId: var round } ? await reads.Sale(round) : null;

        /// <summary>The sessions that have paid a bill, in the order of its payments.</summary>
        public async ValueTask<Sequence<KnownSale>> PaidFor(Bill bill)
        {
            if (bill is not Bill.Opened { Payments: var payments }) return [];
            var paid = new List<KnownSale>();
            foreach (var payment in payments.Where(payment => payment.Status is SessionStatus.Confirmed))
                paid.Add(await reads.Sale(payment.SessionId));
            return paid.ToSequence();
        }

        /// <summary>
        /// A confirmed session from the rows, because the memory of its own grain may be old.
        /// </summary>
        private async ValueTask<KnownSale> Sale(Guid sessionId) =>
            await reads.Load(GrainKind.Session, sessionId) is { } stored
                && StateJson.Read<Session>(stored.State) is Session.Confirmed session
                ? new KnownSale(session, stored.Version)
                : throw new InvalidOperationException("A bill names sessions that are confirmed in the same commit.");
    }

    extension(IGrainFactory grains)
    {
        /// <summary>
        /// Tells sessions that were changed before, and their kitchens' stock, what was committed. The commit stands
        /// where one of them cannot be told: it reads its row when its memory turns out to be old.
        /// </summary>
        public async Task Tell(Sequence<Effect> committed, ILogger log)
        {
            foreach (var kept in committed.OfType<Effect.KeepSession>().Where(keep => keep.ExpectedVersion > 0))
            {
                var session = kept.Session;
                try
                {
                    if (SessionRows.OutcomeOf(session.Id, committed) is { } outcome)
                        await grains.Inventory(session.Opening.KitchenId)
                            .ResolveHold(session.Id, outcome, session.Deadline);
                    await grains.Session(session.Id).LookAgain();
                }
                catch (Exception failure)
                {
                    Log.TellingFailed(log, failure, session.Id);
                }
            }
        }
    }
}
