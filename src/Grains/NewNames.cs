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

        /// <summary>Names for the pushes of payments that a kitchen takes.</summary>
        public ValueTask<Pushes> NewPushes(SessionFacts facts, Sequence<PaymentRequest>? payments) =>
            services.Ids.Pushes(services.Aggregators, facts, payments);

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

        /// <summary>
        /// Names for the pushes of payments that a kitchen takes; no adapter when it has no account, and no names when
        /// no payment can ring a phone.
        /// </summary>
        /// <param name="isTrial">No push is sent under them.</param>
        public async ValueTask<Pushes> Pushes(
            IAggregators aggregators, SessionFacts facts, Sequence<PaymentRequest>? payments, bool isTrial = false)
        {
            if (payments?.Any(MayRing) is not true) return ids.Pushes(account: null, facts.Kitchen, count: 0);
            var isForPush = !isTrial && payments.Any(payment => payment.PaymentMethod is PaymentMethod.MobileMoney);
            var account = await aggregators.AccountFor(facts.Kitchen, facts.PaymentAccounts, isForPush);
            return ids.Pushes(account, facts.Kitchen, payments.Count);
        }

        public Pushes Pushes(string? account, Kitchen kitchen, int count) => new(
            account, Enumerable.Range(0, count).Select(_ => ids.Push()).ToSequence(), kitchen.Settings.Country);

        public PushId Push() => new(ids.Next(), PaymentReference.Of(ids.Bits(), ids.Bits()));
    }

    private static bool MayRing(PaymentRequest payment) =>
        payment.PaymentMethod is PaymentMethod.MobileMoney or PaymentMethod.KitchenChannel;
}
