using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// Changes of the catalogue, each one transaction: what is refused changes nothing, what is done is told to every host,
/// and what was asked for with an operation is done once and answered alike ever after.
/// </summary>
internal sealed class CatalogueWrites(JikoDatabase database, CatalogueNews news, TimeProvider clock)
{
    private static readonly Dictionary<string, Refusal> Clashes = new()
    {
        ["menu_item_name"] = KitchenRefusals.NameTaken,
        ["kitchen_payment_method_name"] = KitchenRefusals.NameTaken,
        ["dining_table_number"] = KitchenRefusals.TableTaken,
        ["kitchen_customer_phone"] = KitchenRefusals.PhoneTaken,
        ["app_account_phone"] = KitchenRefusals.PhoneTaken,
        ["shift_running"] = ShiftRefusals.ShiftAlreadyOpen,
    };

    /// <param name="subject">The id of what is made, kept with the operation.</param>
    public async Task<Outcome<T>> Once<T>(
        Operation? operation, Guid subject, Func<CatalogueWrite, Task<Outcome<T>>> change)
    {
        if (operation is null) return await Do(change);
        try
        {
            return await Do<T>(async write =>
            {
                if (!await KeptAnswers.Claim(write.Connection, operation, subject, write.At))
                    return await KeptAnswers.Replay<T>(write.Connection, operation);
                var answer = await change(write);
                if (answer is Outcome<T>.Done(var value, _)) await KeptAnswers.Keep(write.Connection, operation, value);
                return answer;
            });
        }
        catch (PostgresException waiting) when (waiting.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return SessionRefusals.RequestInProgress;
        }
    }

    public async Task<Outcome<T>> Do<T>(Func<CatalogueWrite, Task<Outcome<T>>> change)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var write = new CatalogueWrite(connection, clock.GetUtcNow());
        await AuditTrail.Sign(connection, write.At);
        try
        {
            var answer = await change(write);
            if (answer is not Outcome<T>.Done { Replayed: false }) return answer;
            foreach (var notice in write.Notices) await CatalogueNews.Announce(connection, notice);
            await transaction.CommitAsync();
            return answer;
        }
        catch (PostgresException clash) when (Clashes.GetValueOrDefault(clash.ConstraintName ?? "") is { } refusal)
        {
            return refusal;
        }
        finally
        {
            // Also where the commit's answer was lost: it may have happened.
            foreach (var notice in write.Notices) news.Made(notice);
        }
    }
}

/// <summary>One change under way; the audit trail is written by the database, with every row that changes.</summary>
/// <param name="At">The moment of the change, for all its rows.</param>
internal sealed record CatalogueWrite(NpgsqlConnection Connection, DateTimeOffset At)
{
    private readonly HashSet<Notice> notices = [];

    public IReadOnlyCollection<Notice> Notices => notices;

    /// <summary>What hosts remember of the kitchen is no longer so.</summary>
    public void Changes(Guid kitchenId) => notices.Add(new Notice(kitchenId));

    /// <summary>What hosts remember of callers is no longer so.</summary>
    public void ChangesCredentials() => notices.Add(Notice.Credentials);

    /// <summary>
    /// Keeps the kitchen for this change, so that what belongs to it is counted and numbered one at a time. False where
    /// there is no such kitchen.
    /// </summary>
    public async Task<bool> Lock(Guid kitchenId) => await Row(
        "SELECT id FROM jiko.kitchen WHERE id = $1 FOR NO KEY UPDATE", row => row.GetGuid(0).ToString(),
        Sql.Of(kitchenId)) is not null;

    public Task<int> Run(string text, params NpgsqlParameter[] parameters) => Connection.Run(text, parameters);

    public Task<T?> Row<T>(string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
        where T : class => Connection.Row(text, read, parameters);
}
