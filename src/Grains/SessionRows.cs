using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// What a session's commit says beside its state; for one that another grain's commit keeps, the store asks here.
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
    /// When the clock has to look at a session that a commit's effects keep; null when it never has to.
    /// </summary>
    internal static DateTimeOffset? DeadlineOf(Guid session, Sequence<Effect> effects) => effects
        .OfType<Effect.KeepSession>()
        .FirstOrDefault(keep => keep.Session.Id == session)?.Session.Deadline;

    /// <summary>What a commit's effects mean for a session's items; null when they do not touch them.</summary>
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
