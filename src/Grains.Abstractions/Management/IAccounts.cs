using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The users of the app, and their balances at the platform.</summary>
public interface IAccounts
{
    /// <summary>Adds an account with an empty balance; refuses a phone number that has one already.</summary>
    Task<Reply<AccountWallet>> Add(NewAccount account, Operation? operation);

    Task<Reply<AccountWallet>> Find(Guid accountId);

    /// <summary>Issues another token for the app; earlier tokens stay valid.</summary>
    Task<Reply<IssuedToken>> IssueToken(Guid accountId, SecretOperation? once = null);

    /// <summary>Ends every token of the account at once, as after a lost phone.</summary>
    Task<Reply<AccountWallet>> RevokeTokens(Guid accountId);

    /// <summary>
    /// A code with which a till may take one payment from the balance within two minutes. A new code ends the one
    /// before.
    /// </summary>
    /// <param name="limit">The largest payment; null where the balance is the only limit.</param>
    Task<Reply<WalletCode>> Authorize(Guid accountId, bool liveMode, Money? limit);

    /// <summary>Credits the balance with money that the platform's bank account received.</summary>
    Task<Reply<WalletTopUp>> TopUp(Guid accountId, Money amount, Caller by, Operation? operation);
}

public sealed record AccountWallet(AppAccount Account, WalletBalance Wallet);

/// <param name="Code">Shown this once.</param>
public sealed record WalletCode(string Code, Money? Limit, DateTimeOffset ExpiresAt);

/// <param name="Token">Shown this once.</param>
public sealed record IssuedToken(string Token, DateTimeOffset? ExpiresAt);

/// <summary>The keys of the platform's operators.</summary>
public interface IOperatorKeys
{
    /// <summary>Newest first, revoked keys included; the key in the configuration is not listed.</summary>
    Task<IReadOnlyList<OperatorKey>> List();

    Task<Reply<NewOperatorKey>> Add(string name, SecretOperation? once = null);

    Task<Reply<OperatorKey>> Revoke(Guid keyId);
}

public sealed record OperatorKey(Guid Id, string Name, DateTimeOffset CreatedAt, bool Active);

/// <param name="Token">Shown this once.</param>
public sealed record NewOperatorKey(OperatorKey Key, string Token);
