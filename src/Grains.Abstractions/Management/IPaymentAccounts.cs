using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// A kitchen's own accounts at aggregators, of the kitchen's mode. Without any, those of the installation are used.
/// </summary>
public interface IPaymentAccounts
{
    /// <summary>In the order of preference, then the removed ones.</summary>
    Task<IReadOnlyList<PaymentAccount>> List(Guid kitchenId);

    /// <summary>Adds an account at the end of the order.</summary>
    Task<Reply<PaymentAccount>> Add(Guid kitchenId, NewPaymentAccount account, Operation? operation);

    Task<Reply<PaymentAccount>> Change(Guid kitchenId, Guid accountId, PaymentAccountChange change);

    /// <summary>Ends it for new payments. Again, it changes nothing.</summary>
    Task<Reply<PaymentAccount>> Remove(Guid kitchenId, Guid accountId);

    /// <summary>All live kitchens, with the accounts of their own that take new payments.</summary>
    Task<IReadOnlyList<AccountsOfKitchen>> OfLiveKitchens();
}

/// <summary>How accounts at aggregators have answered lately, as all processes have noticed.</summary>
public interface IAccountConditions
{
    /// <summary>The accounts that were in trouble when it was last noted; others answer, or are not used.</summary>
    Task<IReadOnlyDictionary<string, AccountCondition>> Troubled(DateTimeOffset since);
}
