using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Management;

/// <summary>A user of the app.</summary>
internal sealed record AccountView(Guid Id, string Name, string Phone, bool Livemode, WalletView Wallet)
{
    public string Object { get; } = "account";

    public static AccountView Of(AccountWallet account) => new(
        account.Account.Id, account.Account.Name, account.Account.Phone, account.Account.LiveMode,
        WalletView.Of(account.Wallet, Currencies.OfThePlatform));
}

/// <summary>A code that pays at a till, once.</summary>
/// <param name="Code">Eight characters; case, spaces and hyphens do not matter. Shown only once.</param>
/// <param name="Limit">The largest payment, in whole shillings; absent if only the balance limits it.</param>
internal sealed record WalletCodeView(string Code, Money? Limit, DateTimeOffset ExpiresAt)
{
    public string Object { get; } = "wallet_authorization";

    public static WalletCodeView Of(WalletCode code) => new(code.Code, code.Limit, code.ExpiresAt);
}

/// <param name="Token">The account's bearer token. Shown only once.</param>
internal sealed record AccountTokenView(string Token)
{
    public string Object { get; } = "account_token";

    public static AccountTokenView Of(IssuedToken token) => new(token.Token);
}

/// <summary>A key of an operator.</summary>
/// <param name="Active">False once it was revoked.</param>
internal sealed record OperatorKeyView(Guid Id, string Name, DateTimeOffset CreatedAt, bool Active)
{
    public string Object { get; } = "operator_key";

    /// <summary>The bearer token. Shown once, when the key is made.</summary>
    public string? Token { get; init; }

    public static OperatorKeyView Of(OperatorKey key) => new(key.Id, key.Name, key.CreatedAt, key.Active);

    public static OperatorKeyView Of(NewOperatorKey key) => Of(key.Key) with { Token = key.Token };
}

/// <summary>A key of a WhatsApp bot.</summary>
/// <param name="KitchenIds">The kitchens whose orders the bot takes.</param>
/// <param name="Active">False once it was revoked.</param>
internal sealed record BotKeyView(
    Guid Id, string Name, IReadOnlyList<Guid> KitchenIds, bool Livemode, DateTimeOffset CreatedAt, bool Active)
{
    public string Object { get; } = "bot_key";

    /// <summary>The bearer token. Shown once, when the key is made.</summary>
    public string? Token { get; init; }

    public static BotKeyView Of(BotKey key) =>
        new(key.Id, key.Name, key.KitchenIds, key.LiveMode, key.CreatedAt, key.Active);

    public static BotKeyView Of(NewBotKey key) => Of(key.Key) with { Token = key.Token };
}

/// <summary>The balance of one ledger account.</summary>
/// <param name="KitchenId">All zeros for the platform's own accounts.</param>
/// <param name="OwnerId">The owner: a device, customer, payment method, kitchen or app account.</param>
/// <param name="Balance">Debits less credits, in whole shillings.</param>
internal sealed record BalanceView(
    Guid KitchenId, AccountKind Account, Guid OwnerId, PaymentMethod PaymentMethod, Money Debits, Money Credits,
    Money Balance)
{
    public static BalanceView Of(TrialBalanceRow row) => new(
        row.KitchenId, row.Account, row.Owner, row.Method, row.Debits, row.Credits, row.Balance);
}

/// <summary>The balances of all ledger accounts in one currency.</summary>
/// <param name="Debits">The sum of all debits; always equal to the sum of all credits.</param>
internal sealed record TrialBalanceView(Money Debits, Money Credits, IReadOnlyList<BalanceView> Data)
{
    public string Object { get; } = "trial_balance";

    public required string Currency { get; init; }

    public static TrialBalanceView Of(IReadOnlyList<TrialBalanceRow> rows, Currency currency) => new(
        rows.Sum(row => row.Debits), rows.Sum(row => row.Credits), [.. rows.Select(BalanceView.Of)])
    {
        Currency = currency.WireName,
    };
}

/// <summary>The result of the invariants over all money and stock.</summary>
/// <param name="Holds">True if all money and all items are accounted for.</param>
/// <param name="Findings">The violations that were found.</param>
internal sealed record ConservationView(bool Holds, IReadOnlyList<ConservationFinding> Findings)
{
    public string Object { get; } = "conservation";

    public static ConservationView Of(IReadOnlyList<ConservationFinding> findings) =>
        new(findings.Count == 0, findings);
}
