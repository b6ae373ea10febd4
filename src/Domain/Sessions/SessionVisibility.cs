using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

public static class SessionVisibility
{
    extension(Caller caller)
    {
        /// <summary>
        /// Staff see their kitchen's sessions, a kiosk its own; everything else is not there for them.
        /// </summary>
        public bool MaySee(SessionOpening opening) => caller.Kind switch
        {
            CallerKind.Operator or CallerKind.Clock or CallerKind.Aggregator => true,
            CallerKind.Staff => caller.KitchenId == opening.KitchenId,
            CallerKind.Till => false,
            CallerKind.Kiosk or CallerKind.TableGuest or CallerKind.AppUser or CallerKind.Bot or CallerKind.Merchant =>
                caller.Id == opening.OpenedBy.Id && caller.Kind == opening.OpenedBy.Kind,
        };
    }

    extension(Session session)
    {
        /// <summary>
        /// First of all: was this operation done before? With the same body its answer is given again.
        /// </summary>
        public Decision? AnswerTo(Operation? operation)
        {
            if (operation is null || session is not Session.Opened opened) return null;
            var done = opened.Operations.FirstOrDefault(known => known.Id == operation.Id);
            if (done is null) return null;
            return done.Fingerprint == operation.Fingerprint
                ? new Decision.Replay(operation.Id)
                : SessionRefusals.IdempotencyKeyReused;
        }
    }

    extension(Session.Opened opened)
    {
        internal Session.Opened Remembering(Operation? operation) =>
            operation is null ? opened : opened with { Operations = opened.Operations.With(operation) };
    }
}
