using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Grains;

/// <summary>Finds the bill that a round or a command of another bill names.</summary>
internal static class KnownBills
{
    extension(IGrainFactory grains)
    {
        /// <summary>The kitchen's bill; null where it has none of this id.</summary>
        public async ValueTask<KnownBill?> KnownBill(Guid? billId, Guid? kitchenId)
        {
            if (billId is not { } id) return null;
            var read = await grains.BillAsOfNow(id);
            return read.State is Bill.Opened bill && bill.Opening.KitchenId == kitchenId
                ? new KnownBill(bill, read.Version)
                : null;
        }

        /// <summary>
        /// The bill as of now. If its pending payment has expired, the session is expired first, which changes the
        /// bill.
        /// </summary>
        public async ValueTask<Snapshot<Bill>> BillAsOfNow(Guid billId)
        {
            var bill = grains.Bill(billId);
            var read = await bill.Read();
            if (read.State is not Bill.Opened { Pending: { } payment }) return read;
            var session = grains.Session(payment.SessionId);
            if ((await session.Read()).State is Session.Pending) return read;
            await session.Expire();
            return await bill.Read();
        }
    }
}
