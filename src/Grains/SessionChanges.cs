using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Grains;

/// <summary>The commands that change a session by its state, and by facts that are read with each try.</summary>
internal sealed partial class CheckoutSessionGrain
{
    public Task<Reply<Session>> CorrectPayment(CorrectPayment command, CancellationToken cancellation) =>
        Decide(command.Operation, async (session, now) => session.CorrectPayment(
            command, services.Ids.Next(), await services.Facts.Correction(session, command), now));

    public Task<Reply<Session>> SettleRefund(SettleRefund command, CancellationToken cancellation) =>
        Decide(command.Operation, async (session, now) => session.SettleRefund(
            command, await services.Facts.OfRefund(session, command), now));

    public Task<Reply<Session>> ReturnMoney(ReturnMoney command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.ReturnMoney(command, now));

    public Task<Reply<Session>> Authorize(AuthorizePayment command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.Authorize(command, services.Ids.Next(), now));

    public Task<Reply<Session>> Attest(AttestPayment command, CancellationToken cancellation) =>
        Decide(command.Operation, async (session, now) => session.Attest(
            command, await services.Facts.Known(session, command), services.Ids.Next(), now));

    public Task<Reply<Session>> Refund(RefundOrder command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.RefundOrder(command, now));

    public Task<Reply<Session>> Approve(ApproveOrder command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.Approve(command, now));

    public Task<Reply<Session>> Reject(RejectOrder command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.Reject(command, now));

    public Task<Reply<Session>> MoveTicket(MoveTicket command, CancellationToken cancellation) =>
        Decide(command.Operation, (session, now) => session.Move(command, now));

    public Task<Reply<Session>> Refunded(string refundReference) =>
        Decide(operation: null, (session, now) => session.Refunded(refundReference, now));
}
