using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Waits for changes of a session, even if its silo is lost and it moves to another silo.</summary>
internal static class SessionWatch
{
    /// <summary>The pause before a retry when a silo was lost.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

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
