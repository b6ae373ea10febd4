using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Bills.Bill>;

namespace JikoXpress.Domain.Bills;

/// <summary>
/// Paying a bill. A checkout session that sells no dishes takes the money. Its payments, pushes, deadlines and refunds
/// work as in any other session, and its commits update the bill.
/// </summary>
public static class BillPaying
{
    extension(Bill bill)
    {
        /// <summary>Takes money for the balance. While a payment is pending, the bill cannot be changed.</summary>
        public Decision Pay(PayBill command, SessionFacts facts, OpeningIds ids, DateTimeOffset now)
        {
            var broken = command.Broken();
            if (bill is not Bill.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : BillRefusals.NotFound;
            if (opened.AnswerTo(command.Operation) is { } answer) return answer;

            var payments = command.Payments ?? [];
            broken =
            [
                .. broken,
                .. SessionQuotes.AgainstFacts(payments, facts),
                .. WrongTotal(opened, payments, broken, facts.Kitchen.Settings.AllowPartPayments),
            ];
            if (broken.Count > 0) return broken;
            if (opened.NotChangeable is { } refusal) return refusal;
            return ChannelRules.Used(payments) is { Count: > 0 } used
                ? used
                : opened.Remembering(command.Operation).Take(payments, command.By, facts, ids, now);
        }
    }

    extension(Bill.Opened bill)
    {
        /// <summary>Updates the bill's payment from the session that takes it.</summary>
        public Decision Hear(Session.Opened session, DateTimeOffset now)
        {
            var known = bill.Payments.First(payment => payment.SessionId == session.Id);
            var heard = known with { Status = session.Status, Payments = session.Payments };
            if (heard == known) return new Decision.Unchanged();

            var next = bill with
            {
                Payments = bill.Payments.Select(one => one == known ? heard : one).ToSequence(),
            };
            return known.Status == heard.Status
                ? new Decision.Commit(next, [])
                : next.AfterPayment(heard, session.Timeline[^1].By, now);
        }

        internal Decision? AnswerTo(Operation? operation)
        {
            if (operation is null) return null;
            var done = bill.Operations.FirstOrDefault(known => known.Id == operation.Id);
            if (done is null) return null;
            return operation.IsThatOf(done.Fingerprint)
                ? new Decision.Replay(operation.Id)
                : SessionRefusals.IdempotencyKeyReused;
        }

        internal Bill.Opened Remembering(Operation? operation) =>
            operation is null ? bill : bill with { Operations = bill.Operations.With(operation.Kept) };

        internal Bill.Opened Noting(
            BillTimelineEntryKind what, Caller by, DateTimeOffset now, Guid? other = null, string? reason = null) =>
            bill with { Timeline = bill.Timeline.With(new BillTimelineEntry(what, now, by, other, reason)) };

        /// <summary>Closes a bill without an open balance: as paid, or as void when no line is left on it.</summary>
        internal Decision.Commit Settled(Sequence<Effect> effects)
        {
            if (bill.Balance > Money.Zero) return new Decision.Commit(bill with { Status = BillStatus.Open }, effects);
            var status = bill.Total > Money.Zero || bill.Standing.Any() ? BillStatus.Paid : BillStatus.Void;
            return new Decision.Commit(
                bill with { Status = status },
                [
                    .. effects,
                    new Effect.Publish(bill.Opening.KitchenId, new KitchenEvent.BillClosed(bill.Id, status)),
                ]);
        }

        private Decision Take(
            Sequence<PaymentRequest> payments, Caller by, SessionFacts facts, OpeningIds ids, DateTimeOffset now)
        {
            var begun = SessionOpeningDecision.PayBill(bill, payments, by, facts.Kitchen, ids, now);
            var session = (Session.Opened)begun.Next;
            var payment = new BillPayment(session.Id, session.Opening.Total, session.Status, session.Payments, by, now);
            var paying = bill with { Payments = bill.Payments.With(payment) };
            Sequence<Effect> effects = [new Effect.KeepSession(session), .. begun.Effects];
            return session is Session.Confirmed
                ? paying.Noting(BillTimelineEntryKind.PaymentReceived, by, now, session.Id).Settled(effects)
                : new Decision.Commit(
                    paying.Noting(BillTimelineEntryKind.PaymentStarted, by, now, session.Id) with
                    {
                        Status = BillStatus.PaymentPending,
                    },
                    effects);
        }

        private Decision AfterPayment(BillPayment payment, Caller by, DateTimeOffset now) => bill
            .Noting(
                payment.Status is SessionStatus.Confirmed
                    ? BillTimelineEntryKind.PaymentReceived
                    : BillTimelineEntryKind.PaymentFailed,
                by, now, payment.SessionId)
            .Settled([]);
    }

    /// <summary>The payments must equal the balance, or may be less if the kitchen allows part payments.</summary>
    private static IEnumerable<Refusal> WrongTotal(
        Bill.Opened bill, Sequence<PaymentRequest> payments, Sequence<Refusal> broken, bool allowPart)
    {
        if (bill.Status is not BillStatus.Open || payments.Count == 0
            || broken.Any(refusal => refusal.Code == "amount-out-of-range")) yield break;
        var received = payments.Sum(payment => payment.Amount);
        if (received > bill.Balance || (received < bill.Balance && !allowPart))
            yield return SessionRefusals.PaymentsTotalMismatch(bill.Balance, received);
    }
}
