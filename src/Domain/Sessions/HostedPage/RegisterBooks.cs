using JikoXpress.Domain.Ledger;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>
/// Where the money of a register's sale settles. What was paid is a claim on whoever took it; once the session
/// is confirmed, the claim is in the register's wallet, until it is paid out. Sales are not touched by it.
/// </summary>
internal static class RegisterBooks
{
    /// <summary>Part 0 of the payment is what came into the wallet; its refunds follow.</summary>
    private const int FirstRefund = 1;

    extension(Session.Opened session)
    {
        /// <summary>Puts what was paid into the wallet; nothing where no register was named.</summary>
        public IEnumerable<Effect> IntoWallet() => session.WalletOfRegister is { } wallet
            ?
            [
                session.Assigned(
                    session.Payments[0].Id, part: 0, wallet, session.Claim, session.Opening.Total),
            ]
            : [];

        /// <summary>Takes out of the wallet what a refund gives back to the customer.</summary>
        /// <param name="refund">The index of the refund within the sale, from 0.</param>
        public IEnumerable<Effect> RefundedFromWallet(int refund, Money amount) =>
            session.WalletOfRegister is { } wallet
                ? [session.Assigned(session.Payments[0].Id, FirstRefund + refund, session.Claim, wallet, amount)]
                : [];

        /// <summary>Takes out of the wallet what the network took back of this push.</summary>
        public IEnumerable<Effect> ChargedBackFromWallet(Guid attemptId, Money amount) =>
            session.WalletOfRegister is { } wallet
                ? [session.Assigned(attemptId, part: 0, session.Claim, wallet, amount)]
                : [];

        internal Account? WalletOfRegister => session.Opening.Hosted?.Register is { } register
            ? new Account(AccountKind.SettlementWallet, register.WalletId)
            : null;

        /// <summary>On the aggregator, or on the card gateway.</summary>
        private Account Claim => session.Payments[0].PhoneMoney(session.Opening.KitchenId);

        private Effect.Transfer Assigned(Guid paymentId, int part, Account debit, Account credit, Money amount) =>
            new(new LedgerTransfer(
                paymentId, LedgerStep.Assign, part, session.Opening.KitchenId, session.Payments[0].Method, debit,
                credit, amount));
    }
}
