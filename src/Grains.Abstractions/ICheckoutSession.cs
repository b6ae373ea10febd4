using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions;

/// <summary>The door of one checkout session. Commands are taken one at a time; reads never wait for them.</summary>
public interface ICheckoutSession
{
    Task<Reply<Session>> Open(OpenSession command);

    Task<Reply<Session>> ConfirmSlip(ConfirmSlip command);

    Task<Reply<Session>> Cancel(CancelSession command);

    Task<Reply<Session>> Expire(ExpireSession command);

    Task<Reply<Session>> ReturnMoney(ReturnMoney command);

    /// <summary>Rings a phone for a payment that waits without one.</summary>
    Task<Reply<Session>> Initiate(InitiatePayment command);

    /// <summary>Pays a payment that waits from the caller's own app wallet.</summary>
    Task<Reply<Session>> Authorize(AuthorizePayment command);

    /// <summary>What an aggregator says of a push. Repeated, it changes nothing.</summary>
    Task<Reply<Session>> Report(PaymentReport report);

    /// <summary>Decides about mobile money that waits in suspense, once.</summary>
    Task<Reply<Session>> DecideParked(DecideParked command);

    /// <summary>Gives money back for the session's order; the session stays confirmed.</summary>
    Task<Reply<Session>> Refund(RefundOrder command);

    /// <summary>Lets the session's order be cooked.</summary>
    Task<Reply<Session>> Approve(ApproveOrder command);

    /// <summary>Turns the session's order down, and gives all the money back.</summary>
    Task<Reply<Session>> Reject(RejectOrder command);

    /// <summary>The kitchen says how far it is with the order's ticket.</summary>
    Task<Reply<Session>> MoveTicket(MoveTicket command);

    /// <summary>An aggregator has paid back what it was asked to. Repeated, it changes nothing.</summary>
    Task<Reply<Session>> Refunded(string refundReference);

    /// <summary>Lets the clock end what its time has ended; changes nothing before.</summary>
    Task Lapse();

    /// <summary>The session that takes the payment for its group has changed it: what is known of it is old.</summary>
    ValueTask LookAgain();

    /// <summary>The session as it stands now.</summary>
    ValueTask<Snapshot<Session>> Read();

    /// <summary>The session as soon as it is not what the caller knows, or as it stands when patience ends.</summary>
    /// <param name="patience">At most half a minute: whoever wants to wait longer asks again.</param>
    Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience);
}

/// <summary>
/// What somebody knows of a session: the version, and what has happened so far. Where the clock has ended something
/// that nobody has committed yet, the version is still the old one, but the timeline has grown.
/// </summary>
public readonly record struct SessionMark(long Version, int Happenings)
{
    public static SessionMark Of(Snapshot<Session> snapshot) =>
        new(snapshot.Version, snapshot.State is Session.Opened opened ? opened.Timeline.Count : 0);
}

/// <summary>Prices a session without opening it. Stateless: it asks the kitchen's menu and stock.</summary>
public interface ISessionPreview
{
    Task<Reply<Quote>> Preview(OpenSession command);
}
