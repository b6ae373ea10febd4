namespace JikoXpress.Domain.Ledger;

/// <summary>The accounts of the books. Assets grow by debits, liabilities and revenue by credits.</summary>
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

    /// <summary>Asset: what the mobile-money aggregator owes. Owner: the kitchen.</summary>
    MobileMoney,

    /// <summary>Asset: what the platform owes the kitchen for app wallets spent there. Owner: the kitchen.</summary>
    PlatformReceivable,

    /// <summary>Asset of the platform: the bank account behind the app wallets. Owner: the platform.</summary>
    PlatformBank,

    /// <summary>
    /// Liability of the platform towards a kitchen, the other side of its receivable. Owner: the kitchen.
    /// </summary>
    KitchenPayable,

    /// <summary>
    /// Liability: a kitchen customer's prepaid balance that is free to spend. Never negative. Owner: the customer.
    /// </summary>
    KitchenWallet,

    /// <summary>
    /// Liability: the part of that balance held for pending sessions. Never negative. Owner: the customer.
    /// </summary>
    KitchenWalletHold,

    /// <summary>
    /// Liability: an app user's balance that is free to spend. Never negative. Owner: the app account.
    /// </summary>
    PlatformWallet,

    /// <summary>
    /// Liability: the part of that balance held for pending sessions. Never negative. Owner: the app account.
    /// </summary>
    PlatformWalletHold,

    /// <summary>Liability: money already taken for sessions that still wait for the rest. Owner: the kitchen.</summary>
    Pending,

    /// <summary>
    /// Liability: money taken for a session that came to nothing, to be handed back. Owner: the kitchen.
    /// </summary>
    ToReturn,

    /// <summary>Liability: mobile money that no order can have, until it has gone back. Owner: the kitchen.</summary>
    Suspense,

    /// <summary>Revenue: what guests paid for orders. Owner: the kitchen.</summary>
    Sales,

    /// <summary>
    /// Asset: the kitchen's cash outside its drawers, where floats come from and takings go. Owner: the kitchen.
    /// </summary>
    Safe,

    /// <summary>
    /// Cost: what drawers held less than they should have; what they held more makes it smaller. Owner: the kitchen.
    /// </summary>
    OverShort,
}

/// <summary>One account: its kind and whose it is.</summary>
public readonly record struct Account(AccountKind Kind, Guid Owner);
