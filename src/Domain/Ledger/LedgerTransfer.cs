namespace JikoXpress.Domain.Ledger;

/// <summary>Why money moved. With the payment's id it identifies a movement that may happen only once.</summary>
public enum LedgerStep
{
    /// <summary>A payment paid and applied to its order at once.</summary>
    Pay = 1,

    /// <summary>A payment taken, or a wallet held, while the session waits for its other payments.</summary>
    Hold,

    /// <summary>Capture: held money is applied to the order.</summary>
    Settle,

    /// <summary>Held money is released: to the wallet, to the money to hand back, or to suspense.</summary>
    Release,

    /// <summary>Money handed back to the guest.</summary>
    Return,

    /// <summary>Money put on a wallet.</summary>
    TopUp,

    /// <summary>Mobile money that no order can use is put in suspense.</summary>
    Park,

    /// <summary>Mobile money paid back to the phone it came from.</summary>
    Refund,

    /// <summary>Mobile money in suspense is put on a customer's balance.</summary>
    Credit,

    /// <summary>Money that was applied to an order is taken out of the sales again.</summary>
    Reverse,

    /// <summary>Cash for change is put into the drawer at the start of a shift.</summary>
    Float,

    /// <summary>Cash put into a drawer for another reason than a sale.</summary>
    PayIn,

    /// <summary>Cash taken out of a drawer for another reason than handing it back.</summary>
    PayOut,

    /// <summary>The difference between the counted and the expected cash of a drawer.</summary>
    OverShort,

    /// <summary>A counted drawer is emptied into the safe.</summary>
    Deposit,

    /// <summary>
    /// What was keyed wrongly: a payment leaves the wrong method and comes in by the right one, or a shift's count
    /// changes.
    /// </summary>
    Correct,

    /// <summary>Mobile money that the network took back after it was paid.</summary>
    ChargeBack,

    /// <summary>Mobile money of a register's sale is put into the register's wallet; of a refund, taken out.</summary>
    Assign,

    /// <summary>Money in a merchant's wallet is paid out to the merchant.</summary>
    Disburse,

    /// <summary>The platform's commission on a sale; of a refund, what it gives back of it.</summary>
    Commission,
}

/// <summary>
/// One movement of money: the debited account receives what the credited account gives, so the books always balance.
/// A movement is unique by (payment, step, part); posting it twice is impossible.
/// </summary>
/// <param name="PaymentId">The payment, push to a phone, or top-up that this belongs to.</param>
/// <param name="Part">
/// Distinguishes movements of the same step, from 0: the platform's own side and each refund have their own number.
/// </param>
/// <param name="KitchenId">The kitchen whose books it belongs to; empty for the platform's own.</param>
/// <param name="TillId">The till at which staff took the money or handed it out; null when staff did neither.</param>
/// <param name="SessionId">The session of the payment, when that is not the session that commits.</param>
public sealed record LedgerTransfer(
    Guid PaymentId,
    LedgerStep Step,
    int Part,
    Guid KitchenId,
    PaymentMethod Method,
    Account Debit,
    Account Credit,
    Money Amount,
    Guid? TillId = null,
    Guid? SessionId = null);
