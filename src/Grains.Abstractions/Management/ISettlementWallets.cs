using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>Merchants' wallets: what registers have taken, until it is paid out.</summary>
public interface ISettlementWallets
{
    /// <summary>All wallets of the merchant, the oldest first; refuses if there is no such merchant.</summary>
    Task<Reply<SettlementWallets>> List(Guid merchantId);

    Task<Reply<SettlementWallet>> Add(Guid merchantId, SettlementWalletPlan plan, Operation? operation = null);

    /// <param name="merchantId">Refuses another merchant's wallet as if it were not there; null for any.</param>
    Task<Reply<SettlementWallet>> Find(Guid walletId, Guid? merchantId);

    /// <param name="to">Null for today.</param>
    /// <param name="from">Null for 30 days before the last one.</param>
    Task<Reply<WalletStatement>> Statement(SettlementWallet wallet, DateOnly? from, DateOnly? to);

    /// <summary>What moved in the wallet, newest first.</summary>
    /// <param name="from">Days of the wallet's time zone, both ends included.</param>
    Task<Page<WalletEntry>> Entries(SettlementWallet wallet, DateOnly? from, DateOnly? to, PageRequest page);

    /// <summary>Records a payout that was made; refuses more than the wallet has.</summary>
    Task<Reply<Payout>> PayOut(Guid walletId, PayoutPlan plan, Operation? operation = null);

    /// <summary>The payouts of a wallet, newest first.</summary>
    Task<Page<Payout>> Payouts(Guid walletId, PageRequest page);
}

/// <param name="TimeZone">An IANA name: a statement has its days.</param>
/// <param name="Balance">Below zero only after the network took back money that was paid out already.</param>
public sealed record SettlementWallet(
    Guid Id, Guid MerchantId, string Name, Currency Currency, string TimeZone, bool LiveMode, Money Balance,
    DateTimeOffset CreatedAt);

public sealed record SettlementWallets(Sequence<SettlementWallet> Wallets);

/// <summary>One movement in a wallet.</summary>
/// <param name="Amount">Below zero for what left the wallet.</param>
/// <param name="PayoutId">Of what was paid out; a payout has an entry for each store.</param>
public sealed record WalletEntry(
    Guid Id, WalletEntryKind Kind, Money Amount, DateTimeOffset At, Guid StoreId, Guid? SessionId, Guid? PayoutId);

/// <param name="PaidAt">When the money was sent; the wallet's statement has it on the day it was recorded.</param>
public sealed record Payout(
    Guid Id, Guid WalletId, Money Amount, string Reference, DateTimeOffset PaidAt, DateTimeOffset RecordedAt);
