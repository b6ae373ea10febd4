using System.Threading.RateLimiting;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each table. Anybody can photograph the table's code, and each phone that scans it gets its own
/// token. So all phones of a table share one limit for visits and one for orders, at the rate of one table's guests.
/// </summary>
internal sealed class TableRates(LoadOptions options) : IAsyncDisposable
{
    /// <summary>No table's code is longer; longer texts are refused anyhow, and must not take memory here.</summary>
    private const int LongestCode = 100;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        table => RateLimitPartition.Get(table, _ => Buckets.Full(options.Table)));

    /// <summary>429 if this code was scanned more often than the guests of one table would.</summary>
    public Problem? TooManyVisits(string code) =>
        code.Length > LongestCode ? null : Take($"visit {code.ToUpperInvariant()}");

    /// <summary>429 if the guest's table has sent too many orders in a short time.</summary>
    public Problem? TooManyOrders(HttpContext http) =>
        http.Principal is { TableNumber: not null, DeviceId: { } table } ? Take($"order {table}") : null;

    public ValueTask DisposeAsync() => limiter.DisposeAsync();

    private Problem? Take(string table)
    {
        using var taken = limiter.AttemptAcquire(table);
        return taken.IsAcquired ? null : LoadLimits.RateLimited(taken);
    }
}
