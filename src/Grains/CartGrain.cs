using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>The services that cart grains use.</summary>
public sealed record CartServices(
    ICommits Commits, IStateReads Reads, ICatalogue Catalogue, SessionFactsSource Facts, IGrainFactory Grains,
    IAggregators Aggregators, IIds Ids, TimeProvider Clock);

/// <summary>
/// The grain of one app user's cart. The commit of the session that takes the payment for a checkout changes the cart
/// too, so this grain reads the rows before each decision. When two commits collide, the version check fails one of
/// them, and it retries.
/// </summary>
[GrainType("cart")]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class CartGrain(IGrainContext context, CartServices services) : ICartGrain, IGrainBase
{
    private const int MostTries = 20;

    private readonly Guid accountId = context.GrainId.GetGuidKey();

    private readonly Actor<Cart> actor = new(
        GrainKind.Cart, context.GrainId.GetGuidKey(), Cart.Initial, services.Commits, services.Reads, services.Clock);

    public IGrainContext GrainContext => context;

    public ValueTask<Snapshot<Cart>> Read()
    {
        if (actor.InMemory is { } held) actor.Forget(held);
        return actor.Current();
    }

    public async Task<Reply<Cart>> Put(PutCartItem command, bool liveMode, CancellationToken cancellation)
    {
        var dish = await Dish(command.MenuId);
        return await Decide(cart => cart.Put(command, dish?.Kitchen.LiveMode == liveMode ? dish : null));
    }

    public Task<Reply<Cart>> Remove(Guid menuId, CancellationToken cancellation) =>
        Decide(cart => cart.Remove(menuId));

    public Task<Reply<Cart>> Clear(CancellationToken cancellation) => Decide(cart => cart.Clear());

    public async Task<Reply<CheckoutGroup>> CheckOut(OpenSession command, CancellationToken cancellation)
    {
        // The cart is empty after any checkout. Only the operation shows whether it was this command's commit.
        var operation = command.Operation ?? new Operation(services.Ids.Next(), Guid.Empty);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await services.Reads.Answered(operation.Id) is { } answer) return Again(answer, operation);
            var current = await CurrentAsOfNow();
            var facts = await Facts(current.State);
            var (quotes, refusals) = current.State.Price(command, facts);
            if (refusals.Count > 0) return Refused(refusals);
            if (await CheckOut(command, operation, current, new PricedKitchens(facts, quotes)) is { } reply)
                return reply;
        }

        return Refused([CartRefusals.Overloaded]);
    }

    /// <summary>
    /// Holds the items of all kitchens, then commits; null when memory was older than the rows and the caller must
    /// retry.
    /// </summary>
    private async Task<Reply<CheckoutGroup>?> CheckOut(
        OpenSession command, Operation operation, Snapshot<Cart> current, PricedKitchens kitchens)
    {
        var now = services.Clock.GetUtcNow();
        var sessions = services.Ids.Several(kitchens.Facts.Count);
        HoldOutcome outcome = new HoldOutcome.Freed();
        Sequence<Effect> effects = [];
        try
        {
            var (ids, shortages) = await Hold(command, sessions, kitchens, now);
            if (shortages.Count > 0) return Refused([SessionRefusals.InsufficientStock(shortages)]);

            CallerPatience.Check(now, services.Clock.GetUtcNow());
            outcome = new HoldOutcome.Mistaken();
            var decision = current.State.CheckOut(command, kitchens.Facts, kitchens.Quotes, ids, now);
            if (decision is not Decision<Cart>.Commit commit)
                throw new InvalidOperationException("The cart was priced but cannot be checked out.");
            var group = GroupOf(commit.Effects);
            var answer = await Commit(current, commit, operation, now, StateJson.Write(group));
            switch (answer)
            {
                case CommitAnswer.Committed:
                    effects = commit.Effects;
                    foreach (var session in group.Sessions) CheckoutMetrics.Committed(Session.Initial, session);
                    return new Reply<CheckoutGroup>.Accepted(group, 1);
                case CommitAnswer.InsufficientFunds(_, var available):
                    outcome = new HoldOutcome.Freed();
                    return Refused([SessionRefusals.InsufficientWalletBalance(available)]);
                case CommitAnswer.PhoneBusy or CommitAnswer.PhoneAskedTooOften:
                    outcome = new HoldOutcome.Freed();
                    return Refused([Actor<Cart>.OfPhone(answer, now)]);
                default:
                    return null;
            }
        }
        finally
        {
            foreach (var (place, session) in sessions.Index())
                await services.Grains.Inventory(kitchens.Facts[place].Kitchen.Id)
                    .ResolveHold(
                        session, SessionRows.OutcomeOf(session, effects) ?? outcome,
                        SessionRows.DeadlineOf(session, effects));
        }
    }

    /// <summary>
    /// Holds the items of each session and gets its number of the day; also returns all shortages.
    /// </summary>
    private async Task<(Sequence<OpeningIds> Ids, Sequence<StockShortage> Shortages)> Hold(
        OpenSession command, Sequence<Guid> sessions, PricedKitchens kitchens, DateTimeOffset now)
    {
        Sequence<OpeningIds> ids = [];
        Sequence<StockShortage> shortages = [];
        var payments = command.Payments?.Count ?? 0;
        foreach (var (place, facts) in kitchens.Facts.Index())
        {
            var kitchen = facts.Kitchen;
            var today = kitchen.Settings.BusinessDateOf(now);
            var items = kitchens.Quotes[place].Items;
            switch (await services.Grains.Inventory(kitchen.Id).Hold(sessions[place], items, today))
            {
                case HoldReply.Short(var missing):
                    shortages = [.. shortages, .. missing];
                    break;
                case HoldReply.Held(var number):
                    ids = ids.With(new OpeningIds(
                        sessions[place], services.Ids.Next(), services.Ids.Several(payments), number, today,
                        SlipCode: "",
                        await services.Ids.Pushes(services.Aggregators, facts, command.Payments)));
                    break;
            }
        }

        return (ids, shortages);
    }

    private async Task<Reply<Cart>> Decide(Func<Cart, Decision<Cart>> decide)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var current = await Read();
            if (decide(current.State) is not Decision<Cart>.Commit commit)
                return await actor.Answer(decide(current.State), current);
            if (await Commit(current, commit, operation: null, services.Clock.GetUtcNow()) is CommitAnswer.Committed)
                return new Reply<Cart>.Accepted(commit.Next, current.Version + 1);
        }

        return Actor<Cart>.Refused([CartRefusals.Overloaded]);
    }

    private Task<CommitAnswer> Commit(
        Snapshot<Cart> current, Decision<Cart>.Commit commit, Operation? operation, DateTimeOffset now,
        string? reply = null)
    {
        var keep = new Effect.KeepCart(accountId, commit.Next, current.Version);
        return actor.Commit(
            current, commit with { Effects = [keep, .. commit.Effects] }, kitchenId: Guid.Empty, row: null, operation,
            now, reply);
    }

    /// <summary>
    /// The cart as of now. If its pending payment has expired, the session is expired first, which changes the cart.
    /// </summary>
    private async ValueTask<Snapshot<Cart>> CurrentAsOfNow()
    {
        var read = await Read();
        if (read.State.Pending is not { GroupId: var group }) return read;
        var leading = services.Grains.Session(group);
        if ((await leading.Read()).State is Session.Pending) return read;
        await leading.Expire();
        return await Read();
    }

    private async ValueTask<KnownDish?> Dish(Guid menuId) =>
        await services.Catalogue.KitchenOf(menuId) is { } id
        && await services.Catalogue.Kitchen(id) is { } known
        && known.Menu.TryGetValue(menuId, out var item)
            ? new KnownDish(known.Kitchen, item)
            : null;

    private async ValueTask<Sequence<SessionFacts>> Facts(Cart cart)
    {
        Sequence<SessionFacts> facts = [];
        foreach (var kitchen in cart.Kitchens)
        {
            var known = await services.Facts.Gather(kitchen.Key, payments: null)
                ?? throw new InvalidOperationException("The kitchen of a sale is missing; none is ever deleted.");
            facts = facts.With(cart.Kitchens.Count() > 1 ? await services.Facts.InCompany(known) : known);
        }

        return facts;
    }

    private static CheckoutGroup GroupOf(Sequence<Effect> effects) => new(effects
        .OfType<Effect.KeepSession>()
        .Select(keep => new GroupMember(keep.Session, 1))
        .ToSequence());

    private static Reply<CheckoutGroup> Again(StoredAnswer answer, Operation operation) =>
        operation.IsThatOf(answer.Fingerprint)
            ? new Reply<CheckoutGroup>.Accepted(StateJson.Read<CheckoutGroup>(answer.State), 1, Replayed: true)
            : Refused([SessionRefusals.IdempotencyKeyReused]);

    private static Reply<CheckoutGroup>.Refused Refused(Sequence<Refusal> refusals) =>
        Actor<CheckoutGroup>.Refused(refusals);

    /// <summary>The kitchens of a cart with a quote for each, in the same order.</summary>
    private sealed record PricedKitchens(Sequence<SessionFacts> Facts, Sequence<Quote> Quotes);
}
