using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>Merchants, each with the kitchens that are its stores, and the API keys of their backends.</summary>
public interface IMerchants
{
    /// <summary>The newest 100.</summary>
    Task<IReadOnlyList<Merchant>> List();

    /// <summary>Refuses unless all its stores exist, are of one mode, and belong to no other merchant.</summary>
    Task<Reply<Merchant>> Add(MerchantPlan plan, Operation? operation = null);

    /// <summary>The merchant's newest 100 keys, revoked ones included; refuses if there is no such merchant.</summary>
    Task<Reply<MerchantKeys>> Keys(Guid merchantId);

    Task<Reply<NewMerchantKey>> AddKey(Guid merchantId, MerchantKeyPlan plan, SecretOperation? once = null);

    /// <summary>Makes another key with the same name and scopes; the old one works for some hours more.</summary>
    /// <param name="overlapHours">0 ends the old one at once.</param>
    Task<Reply<NewMerchantKey>> RotateKey(
        Guid merchantId, Guid keyId, int overlapHours, SecretOperation? once = null);

    /// <summary>Revokes the key, and all app tokens that were made with it.</summary>
    Task<Reply<MerchantKey>> RevokeKey(Guid merchantId, Guid keyId);

    /// <summary>Makes a token with some of the key's scopes, which ends with the key at the latest.</summary>
    Task<Reply<NewAppToken>> AddAppToken(Guid keyId, AppTokenPlan plan, SecretOperation? once = null);
}

/// <param name="LiveMode">The same as that of its stores.</param>
public sealed record Merchant(
    Guid Id, string Name, Sequence<Guid> StoreIds, bool LiveMode, DateTimeOffset CreatedAt);

/// <param name="ExpiresAt">When a key that was replaced ends; null for one that was not.</param>
/// <param name="LastUsedAt">To within five minutes; null while it was never used.</param>
/// <param name="Active">False once it was revoked.</param>
public sealed record MerchantKey(
    Guid Id, Guid MerchantId, string Name, Sequence<string> Scopes, bool LiveMode, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, bool Active);

public sealed record MerchantKeys(Sequence<MerchantKey> Keys);

/// <param name="Token">Shown this once.</param>
public sealed record NewAppToken(
    Guid Id, Sequence<string> Scopes, bool LiveMode, DateTimeOffset ExpiresAt, string Token);

/// <param name="Token">Shown this once.</param>
public sealed record NewMerchantKey(MerchantKey Key, string Token);
