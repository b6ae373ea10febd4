using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Caches;

/// <summary>
/// Invalidates the caches of every process: this one directly, the others by a PostgreSQL notification, which is sent
/// when the change is committed.
/// </summary>
internal sealed class CacheInvalidation(
    JikoDatabase database, CatalogueMemory kitchens, Credentials credentials, CatalogueChanges changes, NewsLine line,
    AccountNews accounts, TimeProvider clock, ILogger<CacheInvalidation> log)
    : BackgroundService
{
    private const string Channel = "jiko_catalogue";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Sends the notification as part of the change's transaction.</summary>
    public static Task Announce(NpgsqlConnection connection, Notice notice) =>
        connection.Run($"SELECT pg_notify('{Channel}', $1)", Sql.Of(notice.Text));

    /// <summary>Invalidates the caches of this process after its own change.</summary>
    public void Made(Notice notice)
    {
        Heard(notice);
        if (notice.KitchenId is { } kitchenId) changes.Made(kitchenId);
    }

    public void Heard(Notice notice)
    {
        if (notice.IsOfAccounts) accounts.Signal.Set();
        else if (notice.KitchenId is { } kitchenId) kitchens.Forget(kitchenId);
        else credentials.ForgetAll();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                Log.CatalogueLineFailed(log, failure);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task Listen(CancellationToken stopping)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stopping);
        connection.Notification += (_, told) => Heard(Notice.Parse(told.Payload));
        await connection.Run($"LISTEN {Channel}");
        // Notifications that were sent while this process did not listen are lost.
        kitchens.ForgetAll();
        credentials.ForgetAll();
        accounts.Signal.Set();
        while (true)
        {
            var now = clock.GetUtcNow();
            await connection.Run("SELECT 1 AS listening");
            line.Heard(now);
            await connection.WaitAsync(Pause, stopping);
        }
    }
}

/// <summary>
/// What has changed: a kitchen's settings, menu or payment methods, or, without a kitchen, credentials of a caller.
/// </summary>
/// <param name="IsOfAccounts">An account at an aggregator; builds that do not know it forget credentials.</param>
internal readonly record struct Notice(Guid? KitchenId, bool IsOfAccounts = false)
{
    private const string OfAccounts = "accounts";

    public static Notice Credentials { get; }

    public static Notice Accounts { get; } = new(null, IsOfAccounts: true);

    public string Text => IsOfAccounts ? OfAccounts : KitchenId?.ToString() ?? "";

    public static Notice Parse(string text) => text is OfAccounts
        ? Accounts
        : new(Guid.TryParse(text, out var kitchenId) ? kitchenId : null);
}
