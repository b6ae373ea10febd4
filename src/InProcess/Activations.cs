using System.Collections.Concurrent;

namespace JikoXpress.InProcess;

/// <summary>The grains of one kind that are in memory: one activation a key, made when it is first asked for.</summary>
/// <param name="isAtRest">Nothing more is awaited of the grain, and nobody waits for it.</param>
internal sealed class Activations<TGrain>(Func<Guid, TGrain> create, Func<TGrain, bool> isAtRest, TimeProvider clock)
    where TGrain : class
{
    /// <summary>
    /// How many of those at rest stay for whoever asks again soon, a kiosk or a till. The collector copies them, and
    /// stops the host meanwhile: with 2,000 for twice as long as with a few dozen.
    /// </summary>
    private const int MostAtRest = 256;

    private readonly ConcurrentDictionary<Guid, Activation> live = new();

    /// <summary>In the order in which they came to rest; one may be there more than once.</summary>
    private readonly ConcurrentQueue<Activation> atRest = new();

    public int Count => live.Count;

    /// <summary>Those in memory. To look at them is not to use them.</summary>
    public IEnumerable<KeyValuePair<Guid, TGrain>> Live =>
        live.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Grain));

    /// <summary>The grain if it is in memory, else null; to look at it is not to use it.</summary>
    public TGrain? Find(Guid key) => live.GetValueOrDefault(key)?.Grain;

    /// <summary>The grain, for a read or for calls that may interleave.</summary>
    public TGrain Beside(Guid key) => Use(key).Grain;

    /// <summary>Waits for the grain's turn; null when it did not come in time. Dispose the turn to end it.</summary>
    public async ValueTask<Turn?> Enter(Guid key, TimeSpan patience)
    {
        while (true)
        {
            var activation = Use(key);
            if (!await activation.Gate.Enter(patience)) return null;
            if (!activation.LetGo) return new Turn(this, activation);
            activation.Gate.Leave();
        }
    }

    /// <summary>Forgets the grains that nobody asked for since a moment. Their state is in the store.</summary>
    public int LetGoOfIdle(DateTimeOffset unusedSince)
    {
        var count = 0;
        foreach (var (_, activation) in live)
        {
            if (activation.LastUsed < unusedSince && LetGo(activation)) count++;
        }

        return count;
    }

    /// <summary>Somebody who was beside a grain has gone: it may be at rest now.</summary>
    public void Rest(Guid key)
    {
        if (live.GetValueOrDefault(key) is { } activation) Rest(activation);
    }

    private void Rest(Activation activation)
    {
        if (!isAtRest(activation.Grain)) return;
        atRest.Enqueue(activation);
        if (atRest.Count > MostAtRest && atRest.TryDequeue(out var oldest) && isAtRest(oldest.Grain)) LetGo(oldest);
    }

    /// <summary>False where somebody is at it.</summary>
    private bool LetGo(Activation activation)
    {
        if (!activation.Gate.TryEnter()) return false;
        activation.LetGo = true;
        live.TryRemove(new KeyValuePair<Guid, Activation>(activation.Key, activation));
        activation.Gate.Leave();
        return true;
    }

    private Activation Use(Guid key)
    {
        var activation = live.GetOrAdd(
            key, static (missing, all) => new Activation(missing, all.create(missing), all.clock), (create, clock));
        activation.LastUsed = clock.GetUtcNow();
        return activation;
    }

    internal sealed class Activation(Guid key, TGrain grain, TimeProvider clock)
    {
        public Guid Key => key;
        public TGrain Grain => grain;
        public Gate Gate { get; } = new(clock);
        public DateTimeOffset LastUsed { get; set; }

        /// <summary>
        /// Set under the gate; whoever comes through the gate later looks for the key's next activation.
        /// </summary>
        public bool LetGo { get; set; }
    }

    internal sealed class Turn(Activations<TGrain> all, Activation activation) : IDisposable
    {
        public TGrain Grain => activation.Grain;

        public void Dispose()
        {
            activation.Gate.Leave();
            all.Rest(activation);
        }
    }
}
