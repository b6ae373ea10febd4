using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Wallets;
using Npgsql;

namespace JikoXpress.Postgres.Customers;

internal sealed class AppAccounts(
    JikoDatabase database, ManagementWrites writes, WalletTopUps topUps, IIds ids, TimeProvider clock) : IAccounts
{
    private const string Select = """
        SELECT a.id, a.name, a.phone, a.live_mode, w.available, w.held
        FROM jiko.app_account a JOIN jiko.wallet w ON w.owner = a.id
        WHERE a.id = $1
        """;

    /// <summary>Long enough to show the code on a screen and read it.</summary>
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(2);

    private const string Authorization = """
        INSERT INTO jiko.wallet_authorization (id, code_hash, account_id, live_mode, largest_amount, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string Insert =
        "INSERT INTO jiko.app_account (id, name, phone, live_mode, created_at) VALUES ($1, $2, $3, $4, $5)";

    public async Task<Reply<AccountWallet>> Add(NewAccount account, Operation? operation)
    {
        if (WalletRules.Broken(account) is { Count: > 0 } broken) return broken;
        var added = new AccountWallet(
            new AppAccount(ids.Next(), account.Name, account.Phone, account.LiveMode),
            new WalletBalance(Money.Zero, Money.Zero));
        return await writes.Once<AccountWallet>(operation, added.Account.Id, async write =>
        {
            await write.Run(
                Insert, Sql.Of(added.Account.Id), Sql.Of(account.Name), Sql.Of(account.Phone), Sql.Of(account.LiveMode),
                Sql.Of(write.At));
            await write.Run(
                "INSERT INTO jiko.wallet (owner, kind) VALUES ($1, 'PLATFORM')", Sql.Of(added.Account.Id));
            return added;
        });
    }

    public async Task<Reply<AccountWallet>> Find(Guid accountId) =>
        await database.Source.Row(Select, ReadWallet, Sql.Of(accountId)) is { } account
            ? account
            : KitchenRefusals.NotFound;

    public async Task<Reply<IssuedToken>> IssueToken(Guid accountId, SecretOperation? once)
    {
        var id = ids.Next();
        return await writes.Once<IssuedToken>(
            once?.Operation, id,
            async write =>
            {
                if (await write.Row(Select, ReadWallet, Sql.Of(accountId)) is not { Account: var account })
                    return KitchenRefusals.NotFound;
                var credential = new NewCredential(Tokens.App, CallerKind.AppUser, account.Id, account.LiveMode);
                return new IssuedToken(await write.Issue(credential, Derived(id)), ExpiresAt: null);
            },
            // What is kept names what the token is derived from.
            kept: made => made with { Token = $"{id}" },
            again: made => made with { Token = Derived(Guid.Parse(made.Token)) ?? "" });

        string? Derived(Guid row) => once is null ? null : Tokens.Of(Tokens.App, once.Seed, row);
    }

    public Task<Reply<AccountWallet>> RevokeTokens(Guid accountId) => writes.Do<AccountWallet>(async write =>
    {
        if (await write.Row(Select, ReadWallet, Sql.Of(accountId)) is not { } account) return KitchenRefusals.NotFound;
        await write.RevokeAll(accountId);
        return account;
    });

    public async Task<Reply<WalletCode>> Authorize(Guid accountId, bool liveMode, Money? limit)
    {
        if (limit is { } largest && WalletRules.BrokenAmount(largest) is { Count: > 0 } broken) return broken;
        var code = Codes.New();
        return await writes.Do<WalletCode>(async write =>
        {
            await write.Run("DELETE FROM jiko.wallet_authorization WHERE account_id = $1", Sql.Of(accountId));
            var end = write.At + CodeLife;
            await write.Run(
                Authorization, Sql.Of(ids.Next()), Sql.Of(Codes.Hash(code)), Sql.Of(accountId), Sql.Of(liveMode),
                Sql.Of(limit?.Shillings), Sql.Of(end));
            return new WalletCode(code, limit, end);
        });
    }

    public async Task<Reply<WalletTopUp>> TopUp(Guid accountId, Money amount, Caller by, Operation? operation)
    {
        if (WalletRules.BrokenAmount(amount) is { Count: > 0 } broken) return broken;
        if (await Find(accountId) is Reply<AccountWallet>.Refused(var missing)) return missing;
        var posted = new WalletTopUp(
            operation?.Id ?? ids.Next(), accountId, PaymentMethod.PlatformWallet, KitchenPaymentMethodId: null, amount,
            by.Id, clock.GetUtcNow());
        return await topUps.Post(posted, WalletRules.PlatformMovement(posted.Id, accountId, amount), operation);
    }

    private static AccountWallet ReadWallet(NpgsqlDataReader row) => new(
        new AppAccount(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
        new WalletBalance(new Money(row.GetInt64(4)), new Money(row.GetInt64(5))));
}
