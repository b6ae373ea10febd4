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
        /// <summary>
        /// The round that put a line onto a bill. It is read from the rows, because the memory of the round's own grain
        /// may be old. Null when the bill has no such line.
        /// </summary>
        public async ValueTask<KnownRound?> RoundOf(Bill bill, Guid lineId)
        {
            if ((bill as Bill.Opened)?.Line(lineId) is not { SessionId: var round }) return null;
            return await reads.Load(GrainKind.Session, round) is { } stored
                && StateJson.Read<Session>(stored.State) is Session.Confirmed session
                ? new KnownRound(session, stored.Version)
                : throw new InvalidOperationException("A line of the bill has no round; one commit writes both.");
        }
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
