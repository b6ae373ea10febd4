using System.Collections.Concurrent;
using JikoXpress.Domain.Kitchens;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Notices when an account is down: after three pushes in a row that could not be sent or had no answer, for half a
/// minute; then one payment tries it, and its answer brings it back. It is not Polly's circuit breaker, which can only
/// be asked by calling, and counts shares of a time instead of what comes in a row: a restaurant has few pushes a
/// minute. Each process learns for itself. It decides where new payments go, and nothing about those under way.
/// </summary>
public sealed class AccountHealth(TimeProvider clock, ILogger<AccountHealth>? log = null)
{
    private const int Most = 3;

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, State> states = new();

    public AccountCondition Of(string account) => states.TryGetValue(account, out var state)
        ? state.Failures >= Most ? AccountCondition.Down : AccountCondition.Degraded
        : AccountCondition.Available;

    /// <summary>
    /// Whether a new payment may go to the account. Where it was down for half a minute, true once in each half minute.
    /// </summary>
    public bool Admits(string account)
    {
        if (!states.TryGetValue(account, out var state) || state.Failures < Most) return true;
        var now = clock.GetUtcNow();
        return now >= state.Until && states.TryUpdate(account, state with { Until = now + Break }, state);
    }

    /// <summary>The account is there; true when it had been in trouble.</summary>
    internal bool Answered(string account)
    {
        if (!states.TryRemove(account, out var state)) return false;
        if (state.Failures >= Most && log is not null) Log.AccountIsBack(log, account);
        return true;
    }

    internal void NotAnswered(string account)
    {
        var until = clock.GetUtcNow() + Break;
        var state = states.AddOrUpdate(
            account, _ => new State(1, until), (_, known) => new State(Math.Min(known.Failures + 1, Most + 1), until));
        if (state.Failures == Most && log is not null) Log.AccountIsDown(log, account);
    }

    /// <param name="Failures">Pushes without an answer, in a row.</param>
    /// <param name="Until">When one payment may try it again.</param>
    private sealed record State(int Failures, DateTimeOffset Until);
}
