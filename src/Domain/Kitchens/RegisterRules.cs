namespace JikoXpress.Domain.Kitchens;

/// <summary>A register to make in a merchant's store. Merchants' APIs call registers checkouts.</summary>
/// <param name="WalletId">The merchant's wallet into which its sales settle.</param>
public sealed record RegisterPlan(string Description, Guid WalletId);

/// <summary>What to change of a register; null leaves it as it is.</summary>
public sealed record RegisterChange(string? Description = null, Guid? WalletId = null, bool? Active = null);

/// <summary>A wallet to make for a merchant: money of its registers' sales is put there until it is paid out.</summary>
public sealed record SettlementWalletPlan(string Name, Currency Currency);

/// <summary>A payout that an operator has made, to be recorded.</summary>
/// <param name="Reference">The bank's, or the aggregator's; each counts once for a wallet.</param>
public sealed record PayoutPlan(Money Amount, string Reference, DateTimeOffset PaidAt);

/// <summary>The rules of registers, of the wallets they settle into, and of payouts.</summary>
public static class RegisterRules
{
    public const int LongestDescription = 100;
    public const int LongestReference = 100;
    public const int MostRegisters = 100;
    public const int MostWallets = 100;

    /// <summary>How many letters of Base64 for addresses 128 bits are.</summary>
    private const int LengthOfCode = 22;

    /// <summary>Whether any register could have this code; other words need no look into the database.</summary>
    public static bool IsCode(string code) =>
        code.Length is LengthOfCode && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public static Sequence<Refusal> Broken(RegisterPlan plan) =>
        [.. FieldRules.Text(plan.Description, "/checkoutDesc", LongestDescription)];

    public static Sequence<Refusal> Broken(RegisterChange change) =>
        [.. FieldRules.Text(change.Description, "/checkoutDesc", LongestDescription)];

    public static Sequence<Refusal> Broken(SettlementWalletPlan plan) => [.. FieldRules.Name(plan.Name)];

    public static Sequence<Refusal> Broken(PayoutPlan plan, DateTimeOffset now) =>
    [
        .. FieldRules.Amount(plan.Amount, "/amount"),
        .. FieldRules.Text(plan.Reference, "/reference", LongestReference, longNumbers: true),
        .. plan.PaidAt > now ? [RegisterRefusals.PaidInFuture] : Array.Empty<Refusal>(),
    ];

    /// <summary>
    /// Divides a payout among the stores whose sales are in the wallet, so that the books of each show what it was
    /// paid. Stores are taken in the given order, each as far as its money goes.
    /// </summary>
    /// <param name="balances">What the wallet has of each store; below zero after the network took money back.</param>
    /// <returns>The shares; or null when there is less in the wallet.</returns>
    public static Sequence<(Guid StoreId, Money Share)>? SharesOf(
        Sequence<(Guid StoreId, Money Balance)> balances, Money amount)
    {
        if (amount > balances.Sum(store => store.Balance)) return null;
        Sequence<(Guid, Money)> shares = [];
        foreach (var (store, balance) in balances)
        {
            var share = balance < amount ? balance : amount;
            if (share <= Money.Zero) continue;
            shares = shares.With((store, share));
            amount -= share;
        }

        return shares;
    }
}
