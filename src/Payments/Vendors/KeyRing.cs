using System.Security.Cryptography;

namespace JikoXpress.Payments.Vendors;

/// <summary>
/// The public keys of an aggregator, by name. They are fetched when a webhook does not verify with the known ones, and
/// at most once a minute, so that forged webhooks do not become requests to the aggregator.
/// </summary>
internal sealed class KeyRing<TKey>(
    Func<CancellationToken, Task<IReadOnlyDictionary<string, TKey>?>> fetch, TimeProvider clock)
    where TKey : AsymmetricAlgorithm
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(1);

    /// <summary>
    /// So many webhooks wait for one fetch. More are told at once that they are not proven, and come again: a flood of
    /// forged ones must not take all places while an aggregator is slow.
    /// </summary>
    private const int MostWaiting = 8;

    private readonly SemaphoreSlim turn = new(1);
    private DateTimeOffset? fetchedAt;
    private int waiting;

    public IReadOnlyDictionary<string, TKey> Keys { get; private set; } = new Dictionary<string, TKey>();

    /// <returns>True when keys were fetched.</returns>
    public async Task<bool> Refresh(CancellationToken cancellation)
    {
        var asked = Keys;
        try
        {
            return Interlocked.Increment(ref waiting) <= MostWaiting && await Refresh(asked, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task<bool> Refresh(IReadOnlyDictionary<string, TKey> asked, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (!ReferenceEquals(asked, Keys)) return true;
            if (fetchedAt is { } last && clock.GetUtcNow() - last < BetweenFetches) return false;
            fetchedAt = clock.GetUtcNow();
            if (await fetch(cancellation) is not { Count: > 0 } fetched) return false;
            Keys = fetched;
            return true;
        }
        finally
        {
            turn.Release();
        }
    }
}
