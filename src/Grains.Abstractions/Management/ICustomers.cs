using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>A kitchen's registered customers and their prepaid balances.</summary>
public interface ICustomers
{
    /// <summary>Newest first; with a phone number, the one customer who has it.</summary>
    Task<Page<Stamped<CustomerWallet>>> List(Guid kitchenId, string? phone, PageRequest page);

    /// <summary>Adds a customer with an empty balance; refuses a phone number that the kitchen knows already.</summary>
    Task<Reply<CustomerWallet>> Add(Guid kitchenId, NewCustomer customer, Operation? operation);

    Task<Reply<CustomerWallet>> Find(Guid kitchenId, Guid customerId);

    /// <summary>Credits the balance with money that staff took from the customer.</summary>
    Task<Reply<WalletTopUp>> TopUp(Guid kitchenId, Guid customerId, TopUp topUp, Caller by, Operation? operation);

    /// <summary>What moved on the balance, newest first.</summary>
    Task<Reply<Page<WalletMovement>>> Movements(Guid kitchenId, Guid customerId, PageRequest page);
}

public sealed record CustomerWallet(KitchenCustomer Customer, WalletBalance Wallet);

/// <param name="Owner">The kitchen's customer or the app account.</param>
/// <param name="By">The caller who took the money.</param>
public sealed record WalletTopUp(
    Guid Id, Guid Owner, PaymentMethod PaymentMethod, Guid? KitchenPaymentMethodId, Money Amount, Guid By,
    DateTimeOffset At);

/// <summary>One movement of the ledger, as the wallet's owner sees it.</summary>
/// <param name="Amount">The change of the spendable balance: positive in, negative out.</param>
/// <param name="SessionId">The session that the money was spent on or held for; null for top-ups.</param>
public sealed record WalletMovement(
    Guid Id, LedgerStep Step, PaymentMethod PaymentMethod, Money Amount, Guid? SessionId, DateTimeOffset At);
