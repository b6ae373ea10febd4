using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Waits for changes of a session, though its silo may go meanwhile and it comes back on another.</summary>
internal static class SessionWatch
{
    /// <summary>What a lost silo is given before it is asked for the session again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    extension(ICheckoutSessionGrain session)
    {
        /// <summary>The session once it has changed; null when patience ends first, or nobody waits any more.</summary>
        public async Task<Snapshot<Session>?> Changed(
            SessionMark known, TimeSpan patience, TimeProvider clock, CancellationToken end)
        {
            var until = clock.GetUtcNow() + patience;
            try
            {
                while (until - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
                {
                    if (await session.Watched(known, left, end) is { } seen) return seen;
                    // A silo that ends lets everybody go who waits, and one that is lost takes a while to be missed.
                    if (clock.GetUtcNow() < until) await Task.Delay(Pause, clock, end);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Nobody waits any more.
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
