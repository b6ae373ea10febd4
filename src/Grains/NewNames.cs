using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>New ids and names, as many as a command needs.</summary>
internal static class NewNames
{
    extension(SessionServices services)
    {
        public BillIds? BillIdsFor(OpenSession command, Quote quote) => command.SessionType is SessionType.Tab
            ? new BillIds(command.BillId ?? services.Ids.Next(), services.Ids.Several(quote.Lines.Count))
            : null;

        public Pushes NewPushes(bool liveMode, int count) =>
            services.Ids.Pushes(services.Aggregators, liveMode, count);

        /// <summary>
        /// True when the same idempotency key has an answer but no session, for example from a cart's checkout: then
        /// the request body was another one.
        /// </summary>
        public async ValueTask<bool> UsedElsewhere(Operation? operation) =>
            operation is not null && await services.Reads.Answered(operation.Id) is not null;
    }

    extension(IIds ids)
    {
        public Sequence<Guid> Several(int count) => Enumerable.Range(0, count).Select(_ => ids.Next()).ToSequence();

        /// <summary>Ids for that many pushes; no adapter when no aggregator serves kitchens of this mode.</summary>
        public Pushes Pushes(IAggregators aggregators, bool liveMode, int count) => new(
            aggregators.AdapterFor(liveMode), Enumerable.Range(0, count).Select(_ => ids.Push()).ToSequence());

        public PushId Push() => new(ids.Next(), PaymentReference.Of(ids.Bits(), ids.Bits()));
    }
}
