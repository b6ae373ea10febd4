using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// The columns that a session's row has beside its state. The store uses this too, for a session that another grain's
/// commit changes.
/// </summary>
public static class SessionRows
{
    public static SessionRow Of(Session.Opened session) => new(
        session.Status,
        session.Opening.Channel,
        session.Opening.SessionType,
        session.Opening.TableNumber,
        session.Opening.ClientReference,
        session.Opening.OpenedAt,
        session.Opening.BusinessDate,
        session.Opening.Number,
        session.Opening.SlipCode,
        session.Opening.Total,
        session.Opening.LiveMode,
        session.Opening.OpenedBy.Id,
        session.Deadline);

    /// <summary>
    /// The deadline of a session that a commit's effects write; null when it has none.
    /// </summary>
    internal static DateTimeOffset? DeadlineOf(Guid session, Sequence<Effect> effects) => effects
        .OfType<Effect.KeepSession>()
        .FirstOrDefault(keep => keep.Session.Id == session)?.Session.Deadline;

    /// <summary>The outcome of a commit for a session's items; null when the commit does not change them.</summary>
    internal static HoldOutcome? OutcomeOf(Guid session, Sequence<Effect> effects) => effects
        .Select(HoldOutcome? (effect) => effect switch
        {
            Effect.ReserveStock reserved when reserved.SessionId == session =>
                new HoldOutcome.Reserved(reserved.ExpiresAt),
            Effect.ExtendReserved extended when extended.SessionId == session =>
                new HoldOutcome.Reserved(extended.ExpiresAt),
            Effect.SellStock { SessionId: var sold } when sold == session => new HoldOutcome.Sold(),
            Effect.SellReserved { SessionId: var sold } when sold == session => new HoldOutcome.Sold(),
            Effect.ReleaseReserved { SessionId: var freed } when freed == session => new HoldOutcome.Freed(),
            Effect.ReturnStock { SessionId: var back } when back == session => new HoldOutcome.Restocked(),
            _ => null,
        })
        .FirstOrDefault(outcome => outcome is not null);
}
