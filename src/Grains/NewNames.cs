using JikoXpress.Domain;
using JikoXpress.Domain.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>New ids and names, as many as a command needs.</summary>
internal static class NewNames
{
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
