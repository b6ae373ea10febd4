using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>The attempts' rows, with what a planted bug does otherwise.</summary>
internal abstract class AlteredAttempts(IAttempts attempts) : IAttempts
{
    public virtual Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        attempts.Claim(now, lease, limit);

    public Task<AttemptWork?> Find(string reference) => attempts.Find(reference);

    public virtual Task<bool> BeginPush(AttemptWork claimed) => attempts.BeginPush(claimed);

    public virtual Task PushNotSent(AttemptWork claimed) => attempts.PushNotSent(claimed);

    public Task LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null) =>
        attempts.LookAgain(claimed, at, providerReference);

    public Task LookSoon(string reference, DateTimeOffset at) => attempts.LookSoon(reference, at);
}
