using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// One checkout session. Commands run one at a time; reads interleave and never wait for them. A command's token
/// cancels only its wait in the grain's queue: a command that has begun is finished.
/// </summary>
[Alias("jiko.session")]
[Version(ContractVersion.Current)]
public interface ICheckoutSessionGrain : IGrainWithGuidKey
{
    [Alias("open")]
    Task<Reply<Session>> Open(OpenSession command, CancellationToken cancellation = default);

    [Alias("confirm-slip")]
    Task<Reply<Session>> ConfirmSlip(ConfirmSlip command, CancellationToken cancellation = default);

    /// <summary>Opens an expired slip's session anew, as another session, which the reply has.</summary>
    [Alias("reissue")]
    Task<Reply<Session>> Reissue(ReissueSlip command, CancellationToken cancellation = default);

    [Alias("cancel")]
    Task<Reply<Session>> Cancel(CancelSession command, CancellationToken cancellation = default);

    [Alias("expire")]
    Task<Reply<Session>> ExpireEarly(ExpireSession command, CancellationToken cancellation = default);

    [Alias("return-money")]
    Task<Reply<Session>> ReturnMoney(ReturnMoney command, CancellationToken cancellation = default);

    /// <summary>Sends a push to a phone for a pending payment that has no open push.</summary>
    [Alias("initiate")]
    Task<Reply<Session>> Initiate(InitiatePayment command, CancellationToken cancellation = default);

    /// <summary>Pays a pending payment from the caller's own app wallet.</summary>
    [Alias("authorize")]
    Task<Reply<Session>> Authorize(AuthorizePayment command, CancellationToken cancellation = default);

    /// <summary>A cashier attests a pending payment on the kitchen's till with the network's receipt.</summary>
    [Alias("attest")]
    Task<Reply<Session>> Attest(AttestPayment command, CancellationToken cancellation = default);

    /// <summary>A merchant's web shop opens the session, for the hosted page.</summary>
    [Alias("open-hosted")]
    Task<Reply<Session>> OpenHosted(OpenHosted command, CancellationToken cancellation = default);

    /// <summary>The customer pays on the hosted page: a phone rings.</summary>
    [Alias("pay-hosted")]
    Task<Reply<Session>> PayHosted(PayHosted command, CancellationToken cancellation = default);

    /// <summary>An aggregator's report about a push. A repeated report changes nothing.</summary>
    [Alias("report")]
    Task<Reply<Session>> Report(PaymentReport report);

    /// <summary>Decides what to do with mobile money in suspense. It can be decided once.</summary>
    [Alias("decide-parked")]
    Task<Reply<Session>> ResolveSuspense(ResolveSuspense command, CancellationToken cancellation = default);

    /// <summary>Gives money back for the session's order; the session stays confirmed.</summary>
    [Alias("refund")]
    Task<Reply<Session>> Refund(RefundOrder command, CancellationToken cancellation = default);

    /// <summary>Corrects the method of a payment that was keyed wrongly.</summary>
    [Alias("correct-payment")]
    Task<Reply<Session>> CorrectPayment(CorrectPayment command, CancellationToken cancellation = default);

    /// <summary>Lets the session's order be cooked.</summary>
    [Alias("approve")]
    Task<Reply<Session>> Approve(ApproveOrder command, CancellationToken cancellation = default);

    /// <summary>Rejects the session's order and gives all the money back.</summary>
    [Alias("reject")]
    Task<Reply<Session>> Reject(RejectOrder command, CancellationToken cancellation = default);

    /// <summary>Sets the status of the order's ticket.</summary>
    [Alias("move-ticket")]
    Task<Reply<Session>> MoveTicket(MoveTicket command, CancellationToken cancellation = default);

    /// <summary>An aggregator has paid a refund. A repeated call changes nothing.</summary>
    [Alias("refunded")]
    Task<Reply<Session>> Refunded(string refundReference);

    /// <summary>Decides how the money of a refused refund goes back instead. It can be decided once.</summary>
    [Alias("settle-refund")]
    Task<Reply<Session>> SettleRefund(SettleRefund command, CancellationToken cancellation = default);

    /// <summary>Expires what is past its deadline; before that it changes nothing.</summary>
    [Alias("lapse")]
    Task Expire();

    /// <summary>Another grain's commit has changed this session: drops the state in memory.</summary>
    [AlwaysInterleave]
    [Alias("look-again")]
    ValueTask LookAgain();

    /// <summary>The session as it is now.</summary>
    [AlwaysInterleave]
    [Alias("read")]
    ValueTask<Snapshot<Session>> Read();

    /// <summary>
    /// A long poll: returns the session as soon as it differs from <paramref name="known"/>, or as it is when the
    /// patience ends or the silo stops.
    /// </summary>
    /// <param name="patience">At most half a minute; to wait longer, call again.</param>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:40")]
    [Alias("watch")]
    Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience);
}

/// <summary>
/// What a caller knows of a session: its version and the length of its timeline. When something has expired but is not
/// committed yet, the version is still the old one, but the timeline has grown.
/// </summary>
public readonly record struct SessionMark(long Version, int TimelineEntries)
{
    public static SessionMark Of(Snapshot<Session> snapshot) =>
        new(snapshot.Version, snapshot.State is Session.Opened opened ? opened.Timeline.Count : 0);
}

/// <summary>Prices a session without opening it. Stateless: it reads the kitchen's menu and stock.</summary>
public interface ISessionPreview
{
    Task<Reply<Quote>> Preview(OpenSession command);
}
