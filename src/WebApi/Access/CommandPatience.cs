namespace JikoXpress.WebApi.Access;

/// <summary>Limits how long a request's command waits in the grain's request queue.</summary>
internal static class CommandPatience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    extension(HttpContext http)
    {
        /// <summary>
        /// Cancelled when a command that has not begun has waited too long. The request is then answered as still in
        /// progress if it has an Idempotency-Key, else as refused for load.
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

        /// <summary>Whether a command of this request waited too long, and was not carried out.</summary>
        public bool HasLostPatience => http.Features.Get<Waiting>() is { Token.IsCancellationRequested: true };
    }

    private sealed record Waiting(CancellationToken Token);
}
