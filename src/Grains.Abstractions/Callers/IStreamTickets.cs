namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>
/// Tickets for the event streams of browsers, which cannot send an Authorization header with them. A ticket goes into
/// the address, where tokens never go: it opens one stream, once, within a minute.
/// </summary>
public interface IStreamTickets
{
    /// <summary>A ticket for the stream at this path.</summary>
    /// <param name="holder">The token of the caller, for whom the ticket stands.</param>
    Task<StreamTicket> Issue(BearerToken holder, string path);

    /// <summary>
    /// Uses a ticket up. It is unknown if it was used before, is of another path or has expired, and as good as the
    /// token of the caller who asked for it: revoked or expired with that.
    /// </summary>
    ValueTask<CredentialAnswer> Spend(string ticket, string path);
}

/// <param name="Ticket">Shown this once.</param>
public sealed record StreamTicket(string Ticket, DateTimeOffset ExpiresAt);
