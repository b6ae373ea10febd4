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

        public Pushes? NewPushes(bool liveMode, int count) =>
            services.Ids.Pushes(services.Aggregators, liveMode, count);

        /// <summary>The same key has checked out a cart: that is another body.</summary>
        public async ValueTask<bool> UsedElsewhere(Operation? operation) =>
            operation is not null && await services.Reads.Answered(operation.Id) is not null;
    }

    extension(IIds ids)
    {
        public Sequence<Guid> Several(int count) => Enumerable.Range(0, count).Select(_ => ids.Next()).ToSequence();

        /// <summary>Names for as many pushes; null where no aggregator serves such a kitchen.</summary>
        public Pushes? Pushes(IAggregators aggregators, bool liveMode, int count) =>
            aggregators.AdapterFor(liveMode) is { } adapter
                ? new Pushes(adapter, Enumerable.Range(0, count).Select(_ => ids.Push()).ToSequence())
                : null;

        public PushId Push() => new(ids.Next(), PaymentReference.Of(ids.Bits(), ids.Bits()));
    }
}
