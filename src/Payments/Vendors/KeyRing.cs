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

    private readonly SemaphoreSlim turn = new(1);
    private DateTimeOffset? fetchedAt;

    public IReadOnlyDictionary<string, TKey> Keys { get; private set; } = new Dictionary<string, TKey>();

    /// <returns>True when keys were fetched.</returns>
    public async Task<bool> Refresh(CancellationToken cancellation)
    {
        var asked = Keys;
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
