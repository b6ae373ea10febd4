using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Payment links, and the sessions that were opened from them.</summary>
internal static class LinkLaws
{
    public static IEnumerable<string> Places(Universe world) =>
        from visitors in Visitors(world)
        let link = world.Database.Links.GetValueOrDefault(visitors.Key)
        let taken = visitors.Count(status => status is SessionStatus.PendingPayment or SessionStatus.Confirmed)
        where link is null || taken > link.Terms.MostPayments
        select $"{taken} pay or have paid at {world.Name(visitors.Key)}, which has {link?.Terms.MostPayments} places";

    public static IEnumerable<string> Counts(Universe world)
    {
        var visitors = Visitors(world).ToDictionary(
            link => link.Key,
            link => new LinkUse(
                link.Count(status => status is SessionStatus.PendingPayment),
                link.Count(status => status is SessionStatus.Confirmed)));
        return world.Database.Links.Values
            .Where(link => link.Use != visitors.GetValueOrDefault(link.Id, new LinkUse(0, 0)))
            .Select(link =>
                $"{world.Name(link.Id)} counts {link.Use}; its sessions: {visitors.GetValueOrDefault(link.Id)}");
    }

    private static IEnumerable<IGrouping<Guid, SessionStatus>> Visitors(Universe world) =>
        from row in world.Database.Sessions
        where row.Row.Channel is Channel.Hosted
        let link = row.Session.Opening.Hosted?.Link
        where link is not null
        group row.Status by link.Id;
}
