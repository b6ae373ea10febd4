using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>What <c>jiko.link_places</c> does for the sessions of a batch, in the order of its statement.</summary>
internal static class LinkPlaces
{
    /// <exception cref="PostgresException">A link is switched off, or has no place left.</exception>
    public static void Check(MemoryDatabase database, IReadOnlyList<GrainCommit> winners)
    {
        var counts = Of(winners);
        if (counts.Count > 0)
            Count(database, counts, database.LinkRows.ToDictionary(), database.LinkSessionRows.ToDictionary());
    }

    public static void Apply(MemoryDatabase database, IReadOnlyList<GrainCommit> winners) =>
        Count(database, Of(winners), database.LinkRows, database.LinkSessionRows);

    private static IReadOnlyList<Effect.CountLinkSession> Of(IReadOnlyList<GrainCommit> winners) =>
    [
        .. winners.SelectMany(winner => winner.Effects).OfType<Effect.CountLinkSession>()
            .OrderBy(count => count.LinkId)
            .ThenBy(count => count.SessionId),
    ];

    private static void Count(
        MemoryDatabase database, IReadOnlyList<Effect.CountLinkSession> counts, Dictionary<Guid, PaymentLink> links,
        Dictionary<Guid, LinkSessionInRows> sessions)
    {
        foreach (var count in counts)
        {
            if (!links.TryGetValue(count.LinkId, out var link))
                throw Constraints.Broken(
                    "payment_link_session", "payment_link_session_link_id_fkey",
                    PostgresErrorCodes.ForeignKeyViolation);
            var use = link.Use;
            if (!sessions.TryGetValue(count.SessionId, out var known))
            {
                if (!link.Active && database.Keeps(Guard.LinkClosed)) throw Refused("payment_link", "closed");
                if (use.Open + use.Paid >= link.Terms.MostPayments && database.Keeps(Guard.LinkPlaces))
                    throw Refused("payment_link_use", "full");
                use = use with { Open = use.Open + 1 };
            }
            else if (known.State is LinkSessionState.Open && count.State is not LinkSessionState.Open)
            {
                use = new LinkUse(use.Open - 1, use.Paid + (count.State is LinkSessionState.Paid ? 1 : 0));
                if (use.Open < 0) throw Constraints.Broken("payment_link_use", "payment_link_use_open_check");
            }

            links[count.LinkId] = link with { Use = use };
            sessions[count.SessionId] = new LinkSessionInRows(count.LinkId, count.State);
        }
    }

    private static PostgresException Refused(string table, string why) =>
        Constraints.Broken(table, $"payment_link_{why}", PostgresErrorCodes.UniqueViolation);
}
