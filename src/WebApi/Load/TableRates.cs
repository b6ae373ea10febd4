using System.Threading.RateLimiting;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each table. Its code hangs there for everybody to photograph, and every phone that scans it has
/// a token of its own: all of them together may come and order as fast as the guests of one table do.
/// </summary>
internal sealed class TableRates(LoadOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        table => RateLimitPartition.Get(table, _ => Buckets.Full(options.Table)));

    /// <summary>429 once as many have scanned this code as sit at a table.</summary>
    public Problem? TooManyVisits(string code) => Take($"visit {code.ToUpperInvariant()}");

    /// <summary>429 once a guest's table has ordered too much too fast.</summary>
    public Problem? TooManyOrders(HttpContext http) =>
        http.Principal is { TableNumber: not null, DeviceId: { } table } ? Take($"order {table}") : null;

    public ValueTask DisposeAsync() => limiter.DisposeAsync();

    private Problem? Take(string table)
    {
        using var taken = limiter.AttemptAcquire(table);
        return taken.IsAcquired ? null : LoadLimits.RateLimited(taken);
    }
}
