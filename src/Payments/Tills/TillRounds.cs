using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Counts what kitchens' tills have received. Each step can be done again, after a crash or by two processes at once:
/// a receipt has one owner, and a payment that was chosen for a notification stays its own.
/// </summary>
/// <remarks>
/// A notification belongs to the payment whose reference the guest has typed; else to the only one of this till that
/// waits for exactly this amount, and whose phone, where both are known, is the one that paid. What fits none, or
/// several, waits for a person.
/// </remarks>
public sealed class TillRounds(
    TillForwarders forwarders, ITillNotices notices, IReceipts receipts, IAttempts attempts,
    PaymentExceptions exceptions, IGrainFactory grains)
{
    /// <summary>
    /// Handles an event of a forwarder; true when it is done, and false when it is none that this process knows.
    /// </summary>
    public async Task<bool> Hear(InboxWork item)
    {
        if (forwarders.OfInbox(item.Adapter) is not { } forwarder) return false;
        if (TillNotice.Read(item.Body) is not ({ } notice, _)) return true;

        var till = TillNames.Of(forwarder.KitchenId, notice.Network, notice.TillNumber);
        var kept = await notices.Keep(new NewTillNotice(
            till, notice.Receipt, forwarder.KitchenId, notice.Amount, notice.PaidAt ?? item.ReceivedAt,
            item.ReceivedAt));
        if (kept.Attested is { } attested)
        {
            if (attested != kept.Amount) await exceptions.Differs(kept, attested, notice.PhoneNumber);
            return true;
        }

        // People decide about it, even if it would fit a payment by now.
        if (kept is { Owner: null, IsListed: true }) return true;

        var reference = kept.Owner ?? await Typed(kept, notice) ?? await notices.Fit(kept, notice.PhoneNumber);
        if (reference is null) await exceptions.Unmatched(kept, notice);
        else await Count(kept, reference, notice);
        return true;
    }

    /// <summary>What the guest has typed, if it is a payment of this till; whatever became of it since.</summary>
    private async Task<string?> Typed(KeptNotice kept, TillNotice notice) =>
        notice.Reference is { } typed && await attempts.Find(typed) is { } attempt && attempt.Adapter == kept.Adapter
            ? typed
            : null;

    private async Task Count(KeptNotice kept, string reference, TillNotice notice)
    {
        var owner = await receipts.Claim(
            TillNames.ReceiptsOf(kept.Adapter), kept.Receipt, reference, kept.ReceivedAt);
        if (await attempts.Find(owner) is not { } attempt)
        {
            // A cashier has attested it in this moment: it is heard again, and compared.
            throw new StoreBusyException("The receipt was attested meanwhile.");
        }

        var report = new PaymentReport(
            owner, PaymentOutcome.Succeeded, Proof.Signed, kept.Amount, "TZS", PaidBy: notice.PhoneNumber,
            Receipt: kept.Receipt);
        if (await grains.Session(attempt.SessionId).Report(report) is Reply<Session>.Refused(var refusals))
            throw new StoreBusyException(refusals[0].Sentence);
    }
}
