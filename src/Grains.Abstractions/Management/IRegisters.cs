using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The registers of merchants' stores. Each settles into one of its merchant's wallets.</summary>
public interface IRegisters
{
    /// <summary>All registers of the store, in the order of their numbers.</summary>
    Task<Sequence<Register>> List(Guid storeId);

    /// <summary>Refuses a wallet that is missing, another merchant's, or of another currency than the store.</summary>
    Task<Reply<Register>> Add(Guid storeId, RegisterPlan plan, Operation? operation = null);

    /// <summary>A session that is open keeps the wallet that it was opened with.</summary>
    Task<Reply<Register>> Change(Guid storeId, int number, RegisterChange change);

    Task<Reply<Register>> Find(Guid storeId, int number);

    /// <summary>The register whose QR code says this; refuses if there is none.</summary>
    Task<Reply<Register>> Find(string code);
}

/// <param name="Number">Counted within the store, from 1; merchants' APIs call it checkoutId.</param>
/// <param name="Code">What its QR code says: nobody can guess it.</param>
public sealed record Register(
    Guid Id, Guid MerchantId, Guid StoreId, int Number, string Description, Guid WalletId, string Code, bool Active);
