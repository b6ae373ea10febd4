using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// The kitchens' own accounts, as this process uses them. They are read again when news of a change arrives, when one
/// is asked for that is not known yet, and every half minute.
/// </summary>
public sealed class KitchenAccounts(
    IStoredAccounts stored, IHttpClientFactory clients, TimeProvider clock, ILogger<KitchenAccounts> log)
{
    /// <summary>
    /// At most so often for accounts that are not known: anybody may name one in the path of a webhook.
    /// </summary>
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1);
    private volatile Dictionary<string, Known> known = [];
    private long readAt;

    /// <summary>The account of this name as it was last read; null when there is none that can be used.</summary>
    public IMobileMoneyAdapter? Find(string name) => known.GetValueOrDefault(name)?.Adapter;

    /// <summary>Whether there is such an account, be it one that this process cannot use.</summary>
    public bool Has(string name) => known.ContainsKey(name);

    public AggregatorVendor? VendorOf(string name) => known.GetValueOrDefault(name)?.Vendor;

    /// <summary>Looks for an account that is not known yet.</summary>
    public async ValueTask<IMobileMoneyAdapter?> Look(string name)
    {
        if (Has(name)) return Find(name);
        var before = known;
        await turn.WaitAsync();
        try
        {
            var isReadSince = !ReferenceEquals(before, known);
            if (!isReadSince && clock.GetUtcNow().Ticks - Volatile.Read(ref readAt) >= BetweenReads.Ticks) await Read();
        }
        finally
        {
            turn.Release();
        }

        return Find(name);
    }

    /// <summary>Reads all accounts again. An account that has not changed keeps its tokens and keys.</summary>
    public async Task ReadAgain()
    {
        await turn.WaitAsync();
        try
        {
            await Read();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Read()
    {
        var now = clock.GetUtcNow();
        var rows = await stored.All();
        var before = known;
        known = rows.ToDictionary(
            row => row.Name,
            row => before.TryGetValue(row.Name, out var same) && same.Version == row.Version && same.Adapter is not null
                ? same
                : Made(row, isNew: same?.Version != row.Version));
        Volatile.Write(ref readAt, now.Ticks);
    }

    private Known Made(StoredAccount row, bool isNew)
    {
        var account = VendorAccounts.Of(row);
        if (account is null && isNew) Log.AccountUnusable(log, row.Name);
        return new Known(row.Version, row.Vendor, account?.Adapter(clients.CreateClient(Registration.Client), clock));
    }

    /// <param name="Adapter">Null when its secrets cannot be read.</param>
    private sealed record Known(int Version, AggregatorVendor Vendor, IMobileMoneyAdapter? Adapter);
}
