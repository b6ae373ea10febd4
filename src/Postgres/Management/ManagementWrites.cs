using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Postgres.Audit;
using JikoXpress.Postgres.Caches;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Management;

/// <summary>
/// Changes of the catalogue, each in one transaction. A refused change writes nothing, and a committed one invalidates
/// the caches of every process. A change with an operation (Idempotency-Key) is done once, and a repeated request
/// gets the stored answer.
/// </summary>
internal sealed class ManagementWrites(JikoDatabase database, CacheInvalidation news, TimeProvider clock)
{
    private static readonly Dictionary<string, Refusal> Clashes = new()
    {
        ["menu_item_name"] = KitchenRefusals.NameTaken,
        ["kitchen_payment_method_name"] = KitchenRefusals.NameTaken,
        ["kitchen_payment_method_till"] = KitchenRefusals.TillNumberTaken,
        ["dining_table_number"] = KitchenRefusals.TableTaken,
        ["kitchen_customer_phone"] = KitchenRefusals.PhoneTaken,
        ["app_account_phone"] = KitchenRefusals.PhoneTaken,
        ["payment_account_name_once"] = PaymentAccountRefusals.NameTaken,
        ["merchant_store_once"] = MerchantRefusals.StoreTaken,
        ["settlement_wallet_name"] = KitchenRefusals.NameTaken,
        ["payout_reference"] = RegisterRefusals.PayoutRecorded,
        ["shift_running"] = ShiftRefusals.ShiftAlreadyOpen,
    };

    /// <param name="subject">The id of the new row, stored with the operation.</param>
    /// <param name="kept">The answer as it is stored, if it has a secret in it.</param>
    /// <param name="again">The stored answer as it is given again.</param>
    public async Task<Reply<T>> Once<T>(
        Operation? operation, Guid subject, Func<ManagementWrite, Task<Reply<T>>> change,
        Func<T, T>? kept = null, Func<T, T>? again = null)
    {
        if (operation is null) return await Do(change);
        try
        {
            return await Do<T>(async write =>
            {
                if (!await KeptAnswers.Claim(write.Connection, operation, subject, write.At))
                    return Again(await KeptAnswers.Replay<T>(write.Connection, operation));
                var answer = await change(write);
                if (answer is Reply<T>.Accepted(var value, _, _))
                    await KeptAnswers.Keep(write.Connection, operation, kept is null ? value : kept(value));
                return answer;
            });
        }
        catch (PostgresException waiting) when (waiting.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return SessionRefusals.RequestInProgress;
        }

        Reply<T> Again(Reply<T> stored) => again is not null && stored is Reply<T>.Accepted accepted
            ? accepted with { State = again(accepted.State) }
            : stored;
    }

    public async Task<Reply<T>> Do<T>(Func<ManagementWrite, Task<Reply<T>>> change)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var write = new ManagementWrite(connection, clock.GetUtcNow());
        await AuditTrail.Sign(connection, write.At);
        try
        {
            var answer = await change(write);
            if (answer is not Reply<T>.Accepted { Replayed: false }) return answer;
            foreach (var notice in write.Notices) await CacheInvalidation.Announce(connection, notice);
            await transaction.CommitAsync();
            return answer;
        }
        catch (PostgresException clash) when (Clashes.GetValueOrDefault(clash.ConstraintName ?? "") is { } refusal)
        {
            return refusal;
        }
        finally
        {
            // Also if the commit's answer was lost: the change may have been committed.
            foreach (var notice in write.Notices) news.Made(notice);
        }
    }
}

/// <summary>One change in progress. Triggers write the audit trail for every row that changes.</summary>
/// <param name="At">The time of the change, used for all its rows.</param>
internal sealed record ManagementWrite(NpgsqlConnection Connection, DateTimeOffset At)
{
    private readonly HashSet<Notice> notices = [];

    public IReadOnlyCollection<Notice> Notices => notices;

    /// <summary>Marks the kitchen's cache entries as outdated.</summary>
    public void Changes(Guid kitchenId) => notices.Add(new Notice(kitchenId));

    /// <summary>Has every process read the accounts at aggregators again.</summary>
    public void ChangesAccounts() => notices.Add(Notice.Accounts);

    /// <summary>Marks the cached credentials as outdated.</summary>
    public void ChangesCredentials() => notices.Add(Notice.Credentials);

    /// <summary>
    /// Locks the kitchen's row for this transaction, so that changes that count or number its rows run one at a time.
    /// False if there is no such kitchen.
    /// </summary>
    public async Task<bool> Lock(Guid kitchenId) => await Row(
        "SELECT id FROM jiko.kitchen WHERE id = $1 FOR NO KEY UPDATE", row => row.GetGuid(0).ToString(),
        Sql.Of(kitchenId)) is not null;

    public Task<int> Run(string text, params NpgsqlParameter[] parameters) => Connection.Run(text, parameters);

    public Task<T?> Row<T>(string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
        where T : class => Connection.Row(text, read, parameters);
}
