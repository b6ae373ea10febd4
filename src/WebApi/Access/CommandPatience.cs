namespace JikoXpress.WebApi.Access;

/// <summary>How long a request's command waits for its turn behind others of the same grain.</summary>
internal static class CommandPatience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    extension(HttpContext http)
    {
        /// <summary>
        /// Ends the waiting of a command that has not begun. From then on the request is answered as still in progress,
        /// where it has a key, else as one too many.
        /// </summary>
        public CancellationToken Patience
        {
            get
            {
                var clock = http.RequestServices.GetRequiredService<TimeProvider>();
                var source = new CancellationTokenSource(Longest, clock);
                http.Response.RegisterForDispose(source);
                http.Features.Set(new Waiting(source.Token));
                return source.Token;
            }
        }

        /// <summary>A command of this request waited for too long, and was not carried out.</summary>
        public bool HasLostPatience => http.Features.Get<Waiting>() is { Token.IsCancellationRequested: true };
    }

    private sealed record Waiting(CancellationToken Token);
}
