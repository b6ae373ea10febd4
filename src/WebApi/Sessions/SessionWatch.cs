using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Waits for changes of a session, even if its silo is lost and it moves to another silo.</summary>
internal static class SessionWatch
{
    /// <summary>The pause before a retry when a silo was lost.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    extension(SessionsInMemory inMemory)
    {
        /// <summary>
        /// As below, without a call of the grain while the session waits in this process's memory: ten thousand kiosks
        /// wait at the same time.
        /// </summary>
        /// <param name="stopping">The process stops, which ends the wait at once.</param>
        public async Task<Snapshot<Session>?> Changed(
            ICheckoutSessionGrain session, Guid id, SessionMark known, TimeSpan patience, TimeProvider clock,
            CancellationToken disconnected, CancellationToken stopping)
        {
            var until = clock.GetUtcNow() + patience;
            while (inMemory.Change(id, known, until) is { } change)
            {
                await change.WaitAsync(disconnected).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (disconnected.IsCancellationRequested) return null;
                var seen = inMemory.Find(id) ?? await session.Read();
                if (SessionMark.Of(seen) != known) return seen;
                if (clock.GetUtcNow() >= until) return null;
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(disconnected, stopping);
            return await session.Changed(known, until - clock.GetUtcNow(), clock, end.Token);
        }
    }

    extension(ICheckoutSessionGrain session)
    {
        /// <summary>The session after its next change; null after the timeout, or if the caller disconnects.</summary>
        public async Task<Snapshot<Session>?> Changed(
            SessionMark known, TimeSpan patience, TimeProvider clock, CancellationToken end)
        {
            var until = clock.GetUtcNow() + patience;
            try
            {
                while (until - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
                {
                    if (await session.Watched(known, left, end) is { } seen) return seen;
                    // A stopping silo ends all waits at once; a lost silo is noticed only after a while.
                    if (clock.GetUtcNow() < until) await Task.Delay(Pause, clock, end);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The caller has disconnected.
            }

            return null;
        }

        private async Task<Snapshot<Session>?> Watched(SessionMark known, TimeSpan patience, CancellationToken end)
        {
            try
            {
                var seen = await session.Watch(known, patience).WaitAsync(end);
                return SessionMark.Of(seen) == known ? null : seen;
            }
            catch (Exception lost) when (lost is OrleansException or TimeoutException)
            {
                return null;
            }
        }
    }
}
