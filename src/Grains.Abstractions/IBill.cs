using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The door of one bill. Rounds come onto it with the commits of their sessions, and what is paid with those of the
/// sessions that take the money; all else that changes it is a command here.
/// </summary>
public interface IBill
{
    Task<Reply<Bill>> Pay(PayBill command);

    Task<Reply<Bill>> Split(SplitBill command);

    Task<Reply<Bill>> Transfer(TransferBill command);

    Task<Reply<Bill>> Merge(MergeBill command);

    Task<Reply<Bill>> VoidLine(VoidBillLine command);

    Task<Reply<Bill>> WriteOff(WriteOffBill command);

    /// <summary>Gives back money that has paid the bill; answers the session that took it.</summary>
    Task<Reply<Session>> Refund(RefundBillPayment command);

    /// <summary>The bill as it stands now.</summary>
    ValueTask<Snapshot<Bill>> Read();
}
