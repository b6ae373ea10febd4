using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Store;

/// <summary>One host's way to the shared rows of payment links and subscriptions.</summary>
internal sealed class MerchantDoor(StoreDoor door, Host host, Universe world) : ISubscriptionWork, IPaymentLinkReads
{
    private MemoryDatabase Rows => world.Database;

    private DateTimeOffset Now => host.Place.Clock.GetUtcNow();

    public Task<PaymentLink?> Find(Guid id) => door.Call(
        Act.FindLink, () => Rows.FindLink(id),
        link => $"{world.Name(id)} active {link?.Active}, {link?.Use.Open} open, {link?.Use.Paid} paid");

    public Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit) => door.Write(
        Act.ClaimSubscriptions, () => Rows.ClaimSubscriptions(now, lease, limit),
        due => $"{due.Count}: {string.Join(' ', due.Select(one => world.Name(one.Subscription.Id)))}");

    public Task<ClaimedSubscription?> Store(
        ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) => door.Write(
        ActOf(claimed.Subscription, next), () => Rows.StoreSubscription(claimed, next, dueAt, now),
        stored => $"{Told(next)}, due {dueAt:dd HH:mm:ss}{(stored is null ? ": changed or woken meanwhile" : "")}");

    /// <summary>A merchant switches a link on or off.</summary>
    public Task<PaymentLink> Switch(Guid id, bool active) => door.Write(
        Act.ChangeLink,
        () => Rows.ChangeLink(id, new ChangePaymentLink(active))
            ?? throw new InvalidOperationException("Nobody takes a link away."),
        link => $"{world.Name(id)} active {link.Active}");

    /// <summary>A merchant pauses, resumes or cancels a subscription.</summary>
    public Task<Decided> Change(
        Guid id, Func<Subscription, DateTimeOffset, (Subscription? Next, Refusal? Refusal)> decide)
    {
        var now = Now;
        return door.Write(
            Act.ChangeSubscription,
            () =>
            {
                var (next, refusal) = Rows.ChangeSubscription(id, now, subscription => decide(subscription, now));
                return new Decided(next, refusal);
            },
            decided => decided.Next is { } next ? Told(next) : $"{world.Name(id)} {decided.Refusal?.Code}");
    }

    private string Told(Subscription next) =>
        $"{world.Name(next.Id)} {next.Status} period {next.Number} {next.Period}, asked {next.Asked}";

    private static Act ActOf(Subscription before, Subscription next) =>
        next.Number != before.Number ? Act.CountPeriod
        : next.Asked != before.Asked ? Act.NoteAsking
        : Act.StoreSubscription;
}

/// <summary>What became of a merchant's wish.</summary>
internal sealed record Decided(Subscription? Next, Refusal? Refusal);
