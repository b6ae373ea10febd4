using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

// Requests to aggregators. The statement writes them beside its call of jiko.commit.

/// <summary>
/// Pushes to send, and references that a customer may pay. Those references have no phone, and are not sent to an
/// aggregator. An attempt that is paid already, such as a group's share, is only stored.
/// </summary>
internal sealed class StartedAttempts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> references = columns.Next<string>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> payments = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> adapters = columns.Next<string>();
    private readonly Column<string?> phones = columns.Next<string?>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<DateTimeOffset> starts = columns.Next<DateTimeOffset>();
    private readonly Column<DateTimeOffset> askBy = columns.Next<DateTimeOffset>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<bool> pushed = columns.Next<bool>();
    private readonly Column<DateTimeOffset?> looks = columns.Next<DateTimeOffset?>();
    private readonly Column<string?> reasons = columns.Next<string?>();
    private readonly Column<long?> suspended = columns.Next<long?>();
    private readonly Column<string?> payers = columns.Next<string?>();
    private readonly Column<DateTimeOffset?> times = columns.Next<DateTimeOffset?>();
    private readonly Column<DateTimeOffset?> rings = columns.Next<DateTimeOffset?>();
    private readonly Column<Guid?> askers = columns.Next<Guid?>();
    private readonly Column<bool?> askedByGuests = columns.Next<bool?>();

    public void Add(int item, Effect.StartAttempt start)
    {
        var work = AttemptWork.Of(start);
        var isPaid = start.Attempt.Status is AttemptStatus.Succeeded;
        items.Add(item);
        references.Add(work.Reference);
        ids.Add(start.Attempt.Id);
        sessions.Add(work.SessionId);
        payments.Add(start.PaymentId);
        kitchens.Add(start.KitchenId);
        adapters.Add(work.Adapter);
        phones.Add(work.PhoneNumber);
        amounts.Add(work.Amount.Shillings);
        starts.Add(work.StartedAt.ToUniversalTime());
        askBy.Add(work.AskBy.ToUniversalTime());
        states.Add((isPaid ? AttemptStatus.Succeeded : AttemptStatus.Sent).WireName);
        pushed.Add(work.Pushed);
        looks.Add(work.LookAt?.ToUniversalTime());
        reasons.Add(start.Suspense?.Why.WireName);
        suspended.Add(start.Suspense?.Amount.Shillings);
        payers.Add(start.Suspense?.PaidBy);
        times.Add(start.Suspense?.At.ToUniversalTime());
        rings.Add(work.RingsUntil?.ToUniversalTime());
        askers.Add(start.AskedBy?.Id);
        askedByGuests.Add(start.AskedBy?.IsGuest);
    }
}

/// <summary>Attempts whose result is known.</summary>
internal sealed class ClosedAttempts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> references = columns.Next<string>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<string?> reasons = columns.Next<string?>();
    private readonly Column<long?> amounts = columns.Next<long?>();
    private readonly Column<string?> payers = columns.Next<string?>();
    private readonly Column<DateTimeOffset?> times = columns.Next<DateTimeOffset?>();

    public void Add(int item, Effect.CloseAttempt close)
    {
        items.Add(item);
        references.Add(close.Reference);
        states.Add(close.Status.WireName);
        reasons.Add(close.Suspense?.Why.WireName);
        amounts.Add(close.Suspense?.Amount.Shillings);
        payers.Add(close.Suspense?.PaidBy);
        times.Add(close.Suspense?.At.ToUniversalTime());
    }
}

/// <summary>The receipts of money that is counted. One of another reference fails the whole statement.</summary>
internal sealed class ClaimedReceipts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> adapters = columns.Next<string>();
    private readonly Column<string> receipts = columns.Next<string>();
    private readonly Column<string> references = columns.Next<string>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Effect.ClaimReceipts claim)
    {
        foreach (var receipt in claim.Receipts)
        {
            items.Add(item);
            adapters.Add(claim.Adapter);
            receipts.Add(receipt);
            references.Add(claim.Reference);
            times.Add(commit.At.ToUniversalTime());
        }
    }
}

/// <summary>Money to pay back.</summary>
internal sealed class StartedRefunds(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> references = columns.Next<string>();
    private readonly Column<string> attempts = columns.Next<string>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> adapters = columns.Next<string>();
    private readonly Column<string?> phones = columns.Next<string?>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<int> parts = columns.Next<int>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<bool> payouts = columns.Next<bool>();

    public void Add(int item, GrainCommit commit, Effect.StartRefund start)
    {
        items.Add(item);
        references.Add(start.To?.Reference ?? start.Refund.Reference);
        attempts.Add(start.Attempt.KnownAs);
        sessions.Add(start.SessionId);
        kitchens.Add(start.KitchenId);
        adapters.Add(start.To?.Adapter ?? start.Attempt.Adapter);
        phones.Add(start.To?.PhoneNumber ?? start.Attempt.PhoneNumber);
        amounts.Add(start.Refund.Amount.Shillings);
        parts.Add(start.Refund.Part);
        times.Add(commit.At.ToUniversalTime());
        payouts.Add(start.To is not null);
    }
}

/// <summary>Refused refunds that people gave back another way.</summary>
internal sealed class SettledRefunds(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> references = columns.Next<string>();
    private readonly Column<string> ways = columns.Next<string>();
    private readonly Column<Guid?> shifts = columns.Next<Guid?>();
    private readonly Column<Guid?> tills = columns.Next<Guid?>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Effect.SettleRefund settle)
    {
        items.Add(item);
        references.Add(settle.Reference);
        ways.Add(settle.Way.WireName);
        shifts.Add(settle.ShiftId);
        tills.Add(settle.TillId);
        times.Add(commit.At.ToUniversalTime());
    }
}

/// <summary>Money that has been paid back.</summary>
internal sealed class ClosedRefunds(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> references = columns.Next<string>();

    public void Add(int item, Effect.CloseRefund close)
    {
        items.Add(item);
        references.Add(close.Reference);
    }
}

/// <summary>Payments whose method was keyed wrongly.</summary>
internal sealed class Corrections(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> payments = columns.Next<Guid>();
    private readonly Column<int> numbers = columns.Next<int>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<Guid> tills = columns.Next<Guid>();
    private readonly Column<Guid?> shifts = columns.Next<Guid?>();
    private readonly Column<bool> afterClosing = columns.Next<bool>();
    private readonly Column<string> from = columns.Next<string>();
    private readonly Column<string> to = columns.Next<string>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<string> reasons = columns.Next<string>();
    private readonly Column<Guid> staff = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<Guid?> corrected = columns.Next<Guid?>();

    public void Add(int item, GrainCommit commit, Effect.RecordCorrection record)
    {
        var correction = record.Correction;
        items.Add(item);
        ids.Add(correction.Id);
        sessions.Add(record.SessionId);
        payments.Add(record.PaymentId);
        numbers.Add(record.Number);
        kitchens.Add(record.KitchenId);
        tills.Add(record.TillId);
        shifts.Add(record.ShiftId);
        afterClosing.Add(record.AfterClosing);
        from.Add(correction.From.WireName);
        to.Add(correction.To.WireName);
        amounts.Add(correction.Amount.Shillings);
        reasons.Add(correction.Reason);
        staff.Add(correction.By.Id);
        times.Add(commit.At.ToUniversalTime());
        corrected.Add(correction.Corrects);
    }
}

/// <summary>App users' wallet codes. A code that has paid before fails the whole statement.</summary>
internal sealed class SpentAuthorizations(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> payments = columns.Next<Guid>();

    public void Add(int item, Effect.SpendAuthorization spend)
    {
        items.Add(item);
        ids.Add(spend.AuthorizationId);
        payments.Add(spend.PaymentId);
    }
}

/// <summary>Receipts that cashiers attest. One that is used already fails the whole statement.</summary>
internal sealed class AttestedReceipts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<string> names = columns.Next<string>();
    private readonly Column<string> receipts = columns.Next<string>();
    private readonly Column<string> adapters = columns.Next<string>();
    private readonly Column<Guid> payments = columns.Next<Guid>();
    private readonly Column<Guid?> sessions = columns.Next<Guid?>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<Guid?> tills = columns.Next<Guid?>();
    private readonly Column<long> amounts = columns.Next<long>();
    private readonly Column<Guid> staff = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Effect.AttestReceipt attest)
    {
        items.Add(item);
        names.Add(TillNames.ReceiptsOf(attest.Attestation.Adapter));
        receipts.Add(attest.Attestation.Receipt);
        adapters.Add(attest.Attestation.Adapter);
        payments.Add(attest.PaymentId);
        sessions.Add(commit.SessionId);
        kitchens.Add(commit.KitchenId);
        tills.Add(attest.TillId);
        amounts.Add(attest.Amount.Shillings);
        staff.Add(attest.Attestation.By);
        times.Add(commit.At.ToUniversalTime());
    }
}
