using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// The platform's commission on a sale, at the rate of its opening. It is taken with the confirmation; a refund gives
/// back what is too much then, so that the commission is always that on what the sale has kept.
/// </summary>
public static class Commissions
{
    /// <summary>A step has two transfers: the kitchen's side, and the platform's.</summary>
    private const int PartsOfOneStep = 2;

    /// <summary>In whole units of the currency, rounded half up.</summary>
    /// <param name="basisPoints">1,000 are 10 %.</param>
    public static Money Of(Money amount, int basisPoints) => new(
        (amount.Shillings * basisPoints + CommissionRates.Whole / 2) / CommissionRates.Whole);

    extension(Session.Opened sale)
    {
        /// <summary>Takes the commission on the whole sale.</summary>
        internal IEnumerable<Effect> TakeCommission() =>
            sale.Booked(step: 0, sale.CommissionOn(sale.Opening.Total), isBack: false);

        /// <summary>Gives back the commission on what a refund gives back.</summary>
        /// <param name="refund">The index of the refund within the sale, from 0.</param>
        internal IEnumerable<Effect> GiveBackCommission(int refund, Money amount)
        {
            var kept = sale.Opening.Total - sale.Payments.Sum(payment => payment.Refunded ?? Money.Zero);
            return sale.Booked(
                refund + 1, sale.CommissionOn(kept) - sale.CommissionOn(kept - amount), isBack: true);
        }

        private Money CommissionOn(Money amount) => Of(amount, sale.Opening.CommissionRate ?? 0);

        /// <summary>
        /// The kitchen's cost comes out of what the platform owes it; that of a register's sale, out of the wallet that
        /// the sale has settled into, where the platform keeps it.
        /// </summary>
        private IEnumerable<Effect> Booked(int step, Money amount, bool isBack)
        {
            if (amount == Money.Zero) return [];
            var kitchen = sale.Opening.KitchenId;
            var wallet = sale.WalletOfRegister;
            return
            [
                Transfer(
                    0, new Account(Commission, kitchen), wallet ?? new Account(PlatformReceivable, kitchen)),
                Transfer(
                    1, new Account(wallet is null ? KitchenPayable : CommissionKept, kitchen),
                    new Account(PlatformCommission, kitchen)),
            ];

            Effect Transfer(int side, Account debit, Account credit) => new Effect.Transfer(new LedgerTransfer(
                sale.Payments[0].Id, LedgerStep.Commission, step * PartsOfOneStep + side, kitchen,
                sale.Payments[0].Method, isBack ? credit : debit, isBack ? debit : credit, amount));
        }
    }
}
