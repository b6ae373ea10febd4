using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

public static class SessionVisibility
{
    extension(Caller caller)
    {
        /// <summary>
        /// Staff see their kitchen's sessions, and so does a kitchen display, to which only tickets are open; a kiosk,
        /// guest, app user, bot or merchant sees its own; of a merchant's, an app token those that it has opened, since
        /// it is in the hands of one customer. For a caller that may not see a session, the answer is
        /// not-found. What the hosted page may do, its address says: it never comes here.
        /// </summary>
        public bool MaySee(SessionOpening opening) => caller.Kind switch
        {
            CallerKind.Operator or CallerKind.Clock or CallerKind.Aggregator => true,
            CallerKind.Staff or CallerKind.KitchenDisplay => caller.KitchenId == opening.KitchenId,
            CallerKind.Till or CallerKind.HostedPage => false,
            CallerKind.Merchant =>
                caller.Id == opening.OpenedBy.Id && caller.Kind == opening.OpenedBy.Kind
                && (caller.DeviceId is null || caller.DeviceId == opening.OpenedBy.DeviceId),
            CallerKind.Kiosk or CallerKind.TableGuest or CallerKind.AppUser or CallerKind.Bot =>
                caller.Id == opening.OpenedBy.Id && caller.Kind == opening.OpenedBy.Kind,
        };
    }

    extension(Session session)
    {
        /// <summary>
        /// Checked before anything else: when this operation was done before, its answer is given again; with another
        /// body it is refused. Null for a new operation.
        /// </summary>
        public Decision? AnswerTo(Operation? operation)
        {
            if (operation is null || session is not Session.Opened opened) return null;
            var done = opened.Operations.FirstOrDefault(known => known.Id == operation.Id);
            if (done is null) return null;
            return operation.IsThatOf(done.Fingerprint)
                ? new Decision.Replay(operation.Id)
                : SessionRefusals.IdempotencyKeyReused;
        }

        /// <summary>
        /// What stands against any command to a session, in this order: its own rules and whether the caller sees the
        /// session, an operation that was done before, and the rules. Null when the session is opened, and the command
        /// goes on.
        /// </summary>
        internal Decision? Precluded(IGrainCommand command, Refusal notFound, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = command.Broken();
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : notFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            return broken.Count > 0 ? broken : (Decision?)null;
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>Staff see what web shops sell for them, and neither end it nor ring its customer.</summary>
        internal bool IsLeftToItsShop(Caller caller) =>
            opened.Opening.Hosted is not null && caller.Kind is CallerKind.Staff;

        internal Session.Opened Remembering(Operation? operation) =>
            operation is null ? opened : opened with { Operations = opened.Operations.With(operation.Kept) };
    }
}
