namespace JikoXpress.Domain.Ledger;

/// <summary>Why money moved. With the payment's id it names a movement that may happen once.</summary>
public enum LedgerStep
{
    /// <summary>A payment paid and applied to its order at once.</summary>
    Pay = 1,

    /// <summary>A payment taken, or a wallet held, while the session waits for its other payments.</summary>
    Hold,

    /// <summary>What was held is applied to the order.</summary>
    Settle,

    /// <summary>What was held goes free: back to the wallet, or to what has to be handed back.</summary>
    Release,

    /// <summary>Money handed back to the guest.</summary>
    Return,

    /// <summary>Money put on a wallet.</summary>
    TopUp,

    /// <summary>Mobile money that no order can have is put in suspense.</summary>
    Park,

    /// <summary>Mobile money paid back to the phone it came from.</summary>
    Refund,

    /// <summary>Mobile money that no order can have is put on a customer's balance.</summary>
    Credit,

    /// <summary>What was applied to an order is taken out of the sales again.</summary>
    Reverse,

    /// <summary>A shift begins with cash to give change from.</summary>
    Float,

    /// <summary>Cash put into a drawer for another reason than a sale.</summary>
    PayIn,

    /// <summary>Cash taken out of a drawer for another reason than handing it back.</summary>
    PayOut,

    /// <summary>What was counted in a drawer beyond what should have been there, or below it.</summary>
    OverShort,

    /// <summary>A counted drawer is emptied into the safe.</summary>
    Deposit,
}

/// <summary>
/// One movement of money: the debited account receives what the credited account gives, so the books always balance.
/// A movement is unique by (payment, step, part); posting it twice is impossible.
/// </summary>
/// <param name="PaymentId">The payment, push to a phone, or top-up that this belongs to.</param>
/// <param name="Part">Distinguishes the movements of one step: 0, and 1 for the platform's own side.</param>
/// <param name="KitchenId">The kitchen whose business it is; empty for the platform's own.</param>
/// <param name="TillId">The till at which staff took it or handed it out; null where no hand has touched it.</param>
/// <param name="SessionId">Whose payment it is, where that is not the session that commits.</param>
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
