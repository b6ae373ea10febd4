using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// One bill. A round is added by the commit of the round's session, and a payment by the commit of the session that
/// takes it; all other changes are commands here. A command's token cancels only its wait in the grain's queue.
/// </summary>
[Alias("jiko.bill")]
[Version(ContractVersion.Current)]
public interface IBillGrain : IGrainWithGuidKey
{
    [Alias("pay")]
    Task<Reply<Bill>> Pay(PayBill command, CancellationToken cancellation = default);

    [Alias("split")]
    Task<Reply<Bill>> Split(SplitBill command, CancellationToken cancellation = default);

    [Alias("transfer")]
    Task<Reply<Bill>> Transfer(TransferBill command, CancellationToken cancellation = default);

    [Alias("merge")]
    Task<Reply<Bill>> Merge(MergeBill command, CancellationToken cancellation = default);

    [Alias("void-line")]
    Task<Reply<Bill>> VoidLine(VoidBillLine command, CancellationToken cancellation = default);

    [Alias("write-off")]
    Task<Reply<Bill>> WriteOff(WriteOffBill command, CancellationToken cancellation = default);

    /// <summary>Gives back money that has paid the bill; answers the session that took it.</summary>
    [Alias("refund")]
    Task<Reply<Session>> Refund(RefundBillPayment command, CancellationToken cancellation = default);

    /// <summary>The bill as it is now.</summary>
    [AlwaysInterleave]
    [Alias("read")]
    ValueTask<Snapshot<Bill>> Read();
}
