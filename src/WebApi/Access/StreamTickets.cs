using System.Text.Json.Serialization;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Access;

/// <summary>An event stream that opens by a ticket, too.</summary>
internal sealed record OpenByTicket
{
    public static OpenByTicket Instance { get; } = new();
}

/// <summary>
/// Tickets for browsers: the script asks for one with its token, and opens the stream with it. No log, metric or span
/// holds the query of a request.
/// </summary>
internal static class StreamTickets
{
    public const string Description =
        "A browser's `EventSource` cannot send a token. It opens `url` instead, which holds a ticket for this caller "
        + "and this stream: good for one minute, and for one use. When the stream has ended ask for another, and open "
        + "that with `&lastEventId=` and the last id that came.";

    public const string Repeated = "Repeated, it gives another ticket, and the first one stays good.";

    private const string Parameter = "ticket";
    private const string LastEventId = "lastEventId";

    /// <summary>Lets callers of the endpoint's kinds open it by a ticket, too.</summary>
    public static TBuilder OrTicket<TBuilder>(this TBuilder stream) where TBuilder : IEndpointConventionBuilder =>
        stream.WithMetadata(OpenByTicket.Instance);

    extension(HttpContext http)
    {
        /// <summary>The request's ticket, where the endpoint opens by one; null if there is none.</summary>
        public string? TicketOfStream =>
            http.GetEndpoint()?.Metadata.GetMetadata<OpenByTicket>() is not null
            && http.Request.Query[Parameter] is [{ Length: > 0 } ticket]
                ? ticket
                : null;

        /// <summary>
        /// The id of the last event that the caller has seen, empty if none: of the header, which a browser sends when
        /// it reconnects by itself, or of the query, since it cannot send one of its own.
        /// </summary>
        public string LastEvent(Query query)
        {
            // Checked before, where the caller was.
            query.Text(Parameter);
            var asked = query.Text(LastEventId);
            var sent = http.Request.Headers["Last-Event-ID"].ToString();
            return sent.Length > 0 ? sent : asked ?? "";
        }

        /// <summary>201 with a ticket of the caller for the stream at this path.</summary>
        public async Task<IResult> StreamTicket(string path, IStreamTickets tickets)
        {
            var holder = http.BearerToken
                ?? throw new InvalidOperationException("Only a caller with a token asks for a ticket.");
            var (ticket, expiresAt) = await tickets.Issue(holder, path);
            return new Answer<StreamTicketView>(
                StatusCodes.Status201Created,
                new StreamTicketView(ticket, $"{path}?{Parameter}={ticket}", expiresAt),
                SessionJson.Default.StreamTicketView)
            {
                Secret = true,
            };
        }
    }
}

/// <summary>A ticket that opens one event stream.</summary>
/// <param name="Ticket">Shown this once.</param>
/// <param name="Url">What to open, on this server: the stream's path with the ticket.</param>
/// <param name="ExpiresAt">The stream has to be opened before.</param>
internal sealed record StreamTicketView(string Ticket, string Url, DateTimeOffset ExpiresAt)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "stream_ticket";
}

/// <param name="Ticket">Instead of a token: from the stream's <c>stream-tickets</c>.</param>
/// <param name="LastEventId">As the header Last-Event-ID, for browsers, which cannot send it.</param>
internal sealed record StreamQuery(string? Ticket, string? LastEventId);
