using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// One checkout session. Commands are taken one at a time; reads never wait for them. The token of a command ends the
/// waiting for its turn: one that waits is dropped, one that has begun is finished.
/// </summary>
[Alias("jiko.session")]
[Version(ContractVersion.Current)]
public interface ICheckoutSessionGrain : IGrainWithGuidKey
{
    [Alias("open")]
    Task<Reply<Session>> Open(OpenSession command, CancellationToken cancellation = default);

    [Alias("confirm-slip")]
    Task<Reply<Session>> ConfirmSlip(ConfirmSlip command, CancellationToken cancellation = default);

    [Alias("cancel")]
    Task<Reply<Session>> Cancel(CancelSession command, CancellationToken cancellation = default);

    [Alias("expire")]
    Task<Reply<Session>> ExpireEarly(ExpireSession command, CancellationToken cancellation = default);

    [Alias("return-money")]
    Task<Reply<Session>> ReturnMoney(ReturnMoney command, CancellationToken cancellation = default);

    /// <summary>Rings a phone for a payment that waits without one.</summary>
    [Alias("initiate")]
    Task<Reply<Session>> Initiate(InitiatePayment command, CancellationToken cancellation = default);

    /// <summary>Pays a payment that waits from the caller's own app wallet.</summary>
    [Alias("authorize")]
    Task<Reply<Session>> Authorize(AuthorizePayment command, CancellationToken cancellation = default);

    /// <summary>What an aggregator says of a push. Repeated, it changes nothing.</summary>
    [Alias("report")]
    Task<Reply<Session>> Report(PaymentReport report);

    /// <summary>Decides about mobile money that waits in suspense, once.</summary>
    [Alias("decide-parked")]
    Task<Reply<Session>> ResolveSuspense(ResolveSuspense command, CancellationToken cancellation = default);

    /// <summary>Gives money back for the session's order; the session stays confirmed.</summary>
    [Alias("refund")]
    Task<Reply<Session>> Refund(RefundOrder command, CancellationToken cancellation = default);

    /// <summary>Lets the session's order be cooked.</summary>
    [Alias("approve")]
    Task<Reply<Session>> Approve(ApproveOrder command, CancellationToken cancellation = default);

    /// <summary>Turns the session's order down, and gives all the money back.</summary>
    [Alias("reject")]
    Task<Reply<Session>> Reject(RejectOrder command, CancellationToken cancellation = default);

    /// <summary>The kitchen says how far it is with the order's ticket.</summary>
    [Alias("move-ticket")]
    Task<Reply<Session>> MoveTicket(MoveTicket command, CancellationToken cancellation = default);

    /// <summary>An aggregator has paid back what it was asked to. Repeated, it changes nothing.</summary>
    [Alias("refunded")]
    Task<Reply<Session>> Refunded(string refundReference);

    /// <summary>Lets the clock end what its time has ended; changes nothing before.</summary>
    [Alias("lapse")]
    Task Expire();

    /// <summary>The session that takes the payment for its group has changed it: what is known of it is old.</summary>
    [AlwaysInterleave]
    [Alias("look-again")]
    ValueTask LookAgain();

    /// <summary>The session as it stands now.</summary>
    [AlwaysInterleave]
    [Alias("read")]
    ValueTask<Snapshot<Session>> Read();

    /// <summary>
    /// The session as soon as it is not what the caller knows, or as it stands when patience or the silo's time ends.
    /// </summary>
    /// <param name="patience">At most half a minute: whoever wants to wait longer asks again.</param>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:40")]
    [Alias("watch")]
    Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience);
}

/// <summary>
/// What somebody knows of a session: the version, and what has happened so far. Where the clock has ended something
/// that nobody has committed yet, the version is still the old one, but the timeline has grown.
/// </summary>
public readonly record struct SessionMark(long Version, int TimelineEntries)
{
    public static SessionMark Of(Snapshot<Session> snapshot) =>
        new(snapshot.Version, snapshot.State is Session.Opened opened ? opened.Timeline.Count : 0);
}

/// <summary>Prices a session without opening it. Stateless: it asks the kitchen's menu and stock.</summary>
public interface ISessionPreview
{
    Task<Reply<Quote>> Preview(OpenSession command);
}
