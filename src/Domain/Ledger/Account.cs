namespace JikoXpress.Domain.Ledger;

/// <summary>The ledger's accounts. Debits increase assets; credits increase liabilities and revenue.</summary>
public enum AccountKind
{
    /// <summary>Asset: cash in the drawer of a till. Owner: the device.</summary>
    Drawer = 1,

    /// <summary>Asset: card payments taken on the kitchen's terminal. Owner: the kitchen.</summary>
    CardTerminal,

    /// <summary>
    /// Asset: money on the kitchen's own channel, such as a Lipa number. Owner: the kitchen's payment method.
    /// </summary>
    KitchenChannel,

    /// <summary>Asset: money that the mobile-money aggregator owes the kitchen. Owner: the kitchen.</summary>
    MobileMoney,

    /// <summary>
    /// Asset: money that the platform owes the kitchen for app wallets spent there, less its commission; below zero,
    /// the kitchen owes the platform. Owner: the kitchen.
    /// </summary>
    PlatformReceivable,

    /// <summary>Asset of the platform: the bank account behind the app wallets. Owner: the platform.</summary>
    PlatformBank,

    /// <summary>
    /// Liability of the platform towards a kitchen, the other side of its receivable. Owner: the kitchen.
    /// </summary>
    KitchenPayable,

    /// <summary>
    /// Liability: a kitchen customer's spendable prepaid balance. Never negative. Owner: the customer.
    /// </summary>
    KitchenWallet,

    /// <summary>
    /// Liability: the part of that balance held for pending sessions. Never negative. Owner: the customer.
    /// </summary>
    KitchenWalletHold,

    /// <summary>
    /// Liability: an app user's spendable balance. Never negative. Owner: the app account.
    /// </summary>
    PlatformWallet,

    /// <summary>
    /// Liability: the part of that balance held for pending sessions. Never negative. Owner: the app account.
    /// </summary>
    PlatformWalletHold,

    /// <summary>Liability: money taken for sessions that wait for their other payments. Owner: the kitchen.</summary>
    Pending,

    /// <summary>
    /// Liability: money that staff took and have to hand back to the guest. Owner: the kitchen.
    /// </summary>
    ToReturn,

    /// <summary>Liability: mobile money that no order can use, until it goes elsewhere. Owner: the kitchen.</summary>
    Suspense,

    /// <summary>Revenue: what guests paid for orders. Owner: the kitchen.</summary>
    Sales,

    /// <summary>
    /// Asset: the kitchen's cash outside its drawers. Floats come from it and takings go to it. Owner: the kitchen.
    /// </summary>
    Safe,

    /// <summary>
    /// Cost: cash that was missing from drawers; cash that was over reduces it. Owner: the kitchen.
    /// </summary>
    OverShort,

    /// <summary>
    /// Asset: the kitchen's claim for mobile money that the network took back after it was paid. Owner: the kitchen.
    /// </summary>
    ChargedBack,

    /// <summary>Asset: money that a card gateway owes the kitchen. Owner: the kitchen.</summary>
    CardGateway,

    /// <summary>
    /// Asset: money of a register's sales that waits to be paid out to its merchant. A payout never takes more than
    /// there is; money that the network takes back later can. Owner: the merchant's wallet.
    /// </summary>
    SettlementWallet,

    /// <summary>Asset: what was paid out to a merchant's own account. Owner: the merchant's wallet.</summary>
    PaidOut,

    /// <summary>Cost: the platform's commission on the kitchen's sales. Owner: the kitchen.</summary>
    Commission,

    /// <summary>Revenue of the platform: its commission on a kitchen's sales. Owner: the kitchen.</summary>
    PlatformCommission,

    /// <summary>
    /// Asset of the platform: commission that it has kept out of merchants' wallets. Owner: the kitchen.
    /// </summary>
    CommissionKept,
}

/// <summary>One account: its kind and its owner.</summary>
public readonly record struct Account(AccountKind Kind, Guid Owner);
