using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
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

        public Pushes? NewPushes(Kitchen kitchen, int count) =>
            services.Ids.Pushes(services.Aggregators, kitchen, count);

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

        /// <summary>Ids for that many pushes; null when no aggregator serves the kitchen.</summary>
        public Pushes? Pushes(IAggregators aggregators, Kitchen kitchen, int count) =>
            aggregators.AdapterFor(kitchen) is { } adapter
                ? new Pushes(
                    adapter, Enumerable.Range(0, count).Select(_ => ids.Push()).ToSequence(),
                    kitchen.Settings.Country)
                : null;

        public PushId Push() => new(ids.Next(), PaymentReference.Of(ids.Bits(), ids.Bits()));
    }
}
