using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Carts, and the sessions that they were checked out as.</summary>
internal static class GroupLaws
{
    /// <summary>22_groups.sql, its first half</summary>
    public static IEnumerable<string> Together(Universe world) =>
        from party in Parties(world)
        let statuses = party.Select(session => session.Status).Distinct().ToList()
        where statuses.Count != 1 || party.First().Opening.Group?.Sessions.Count != party.Count()
        select $"{world.Name(party.Key)}: {party.Count()} sessions, {string.Join(", ", statuses)}";

    /// <summary>22_groups.sql, its second half</summary>
    public static IEnumerable<string> Awaited(Universe world)
    {
        var pending = Parties(world)
            .Select(party => party.First())
            .Where(session => session.Status == SessionStatus.PendingPayment)
            .Select(session => (session.Opening.OpenedBy.Id, session.Opening.Group?.Id))
            .ToHashSet();
        var awaited = world.Database.Carts
            .Where(row => row.Cart.Pending is not null)
            .Select(row => (row.AccountId, row.Cart.Pending?.GroupId))
            .ToHashSet();
        return pending.Except(awaited).Select(group => $"no cart waits for {world.Name(group.Item2 ?? Guid.Empty)}")
            .Concat(awaited.Except(pending)
                .Select(group => $"a cart waits for {world.Name(group.Item2 ?? Guid.Empty)}, which is not pending"));
    }

    /// <summary>What followers got by phone is of one payment of the session that leads.</summary>
    public static IEnumerable<string> OnePayment(Universe world) =>
        from party in Parties(world)
        let attempts = party.SelectMany(PaymentLaws.AttemptsOf).ToList()
        let shared = attempts.Select(attempt => attempt.PaidAs).OfType<string>().Distinct().ToList()
        where shared.Count > 1
            || shared.Exists(paid => !attempts.Exists(attempt => attempt.Reference == paid && attempt.PaidAs is null))
        select $"{world.Name(party.Key)} was paid as {string.Join(", ", shared)}";

    private static IEnumerable<IGrouping<Guid, Session.Opened>> Parties(Universe world) =>
        from row in world.Database.Sessions
        let session = row.Session
        let party = session.Opening.Group
        where party is not null
        group session by party.Id;
}
