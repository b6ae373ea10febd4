using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Access;

/// <summary>The tickets are rows, so that any host takes what any other gave. Only hashes are stored.</summary>
internal sealed class StreamTickets(JikoDatabase database, Credentials credentials, TimeProvider clock) : IStreamTickets
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private const string Insert = """
        WITH old AS (
            DELETE FROM jiko.stream_ticket t USING (
                SELECT ticket_hash FROM jiko.stream_ticket WHERE expires_at <= $5
                ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED) gone
            WHERE t.ticket_hash = gone.ticket_hash)
        INSERT INTO jiko.stream_ticket (ticket_hash, holder_hash, path, expires_at) VALUES ($1, $2, $3, $4)
        """;

    private const string Delete = """
        DELETE FROM jiko.stream_ticket WHERE ticket_hash = $1 AND path = $2 AND expires_at > $3 RETURNING holder_hash
        """;

    public async Task<StreamTicket> Issue(BearerToken holder, string path)
    {
        var now = clock.GetUtcNow();
        var ticket = new StreamTicket(Tokens.New(Tokens.Stream), now + Life);
        await database.Source.Run(
            Insert, Sql.Of(Tokens.Hash(ticket.Ticket)), Sql.Of(holder.Hash), Sql.Of(path), Sql.Of(ticket.ExpiresAt),
            Sql.Of(now));
        return ticket;
    }

    public async ValueTask<CredentialAnswer> Spend(string ticket, string path)
    {
        if (!Tokens.IsWellFormed(ticket)) return new CredentialAnswer.Unknown();
        var holder = await database.Source.Row(
            Delete, row => row.GetFieldValue<byte[]>(0), Sql.Of(Tokens.Hash(ticket)), Sql.Of(path),
            Sql.Of(clock.GetUtcNow()));
        return holder is null ? new CredentialAnswer.Unknown() : await credentials.Of(holder);
    }
}
