using System.Runtime.CompilerServices;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.InProcess;
using JikoXpress.Silo.Grains;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// A session's door through the cluster, with a span for each command, and waits of any length.
/// </summary>
internal sealed class SessionDoor(Guid id, ICheckoutSessionGrain grain, TimeProvider clock) : ICheckoutSession
{
    /// <summary>Well under the time after which Orleans gives a call up.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(6);

    public Task<Reply<Session>> Open(OpenSession command) => Command(grain => grain.Open(command));

    public Task<Reply<Session>> ConfirmSlip(ConfirmSlip command) => Command(grain => grain.ConfirmSlip(command));

    public Task<Reply<Session>> Cancel(CancelSession command) => Command(grain => grain.Cancel(command));

    public Task<Reply<Session>> Expire(ExpireSession command) => Command(grain => grain.Expire(command));

    public Task<Reply<Session>> ReturnMoney(ReturnMoney command) => Command(grain => grain.ReturnMoney(command));

    public Task<Reply<Session>> Initiate(InitiatePayment command) => Command(grain => grain.Initiate(command));

    public Task<Reply<Session>> Authorize(AuthorizePayment command) => Command(grain => grain.Authorize(command));

    public Task<Reply<Session>> Report(PaymentReport report) => Command(grain => grain.Report(report));

    public Task<Reply<Session>> DecideParked(DecideParked command) => Command(grain => grain.DecideParked(command));

    public Task<Reply<Session>> Refund(RefundOrder command) => Command(grain => grain.Refund(command));

    public Task<Reply<Session>> Approve(ApproveOrder command) => Command(grain => grain.Approve(command));

    public Task<Reply<Session>> Reject(RejectOrder command) => Command(grain => grain.Reject(command));

    public Task<Reply<Session>> MoveTicket(MoveTicket command) => Command(grain => grain.MoveTicket(command));

    public Task<Reply<Session>> Refunded(string refundReference) => Command(grain => grain.Refunded(refundReference));

    public Task Lapse() => grain.Lapse();

    public ValueTask LookAgain() => grain.LookAgain();

    public ValueTask<Snapshot<Session>> Read() => grain.Read();

    public async Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience)
    {
        var until = clock.GetUtcNow() + patience;
        while (true)
        {
            var left = until - clock.GetUtcNow();
            var seen = await grain.Watch(known, left < LongestCall ? left : LongestCall);
            if (left <= LongestCall || SessionMark.Of(seen) != known) return seen;
        }
    }

    private async Task<Reply<Session>> Command(
        Func<ICheckoutSessionGrain, Task<Reply<Session>>> command, [CallerMemberName] string name = "")
    {
        using var span = HostMetrics.Command(name, id);
        CommandSpan.Send(span);
        var reply = await command(grain);
        HostMetrics.Replied(span, reply);
        return reply;
    }
}
