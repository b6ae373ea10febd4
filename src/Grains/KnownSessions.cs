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

        /// <summary>All rounds with lines on a bill, in their order.</summary>
        public ValueTask<Sequence<KnownSale>> RoundsOf(Bill? bill) =>
            reads.Sales((bill as Bill.Opened)?.Lines.Select(line => line.SessionId).Distinct() ?? []);

        /// <summary>The sessions that have paid a bill, in the order of its payments.</summary>
        public ValueTask<Sequence<KnownSale>> PaidFor(Bill bill) => reads.Sales(
            (bill as Bill.Opened)?.Payments
                .Where(payment => payment.Status is SessionStatus.Confirmed)
                .Select(payment => payment.SessionId) ?? []);

        private async ValueTask<Sequence<KnownSale>> Sales(IEnumerable<Guid> sessions)
        {
            var sales = new List<KnownSale>();
            foreach (var session in sessions) sales.Add(await reads.Sale(session));
            return sales.ToSequence();
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
