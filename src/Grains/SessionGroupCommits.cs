using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// The leading session of a group takes the payment and confirms or ends the whole group. Its commit includes the
/// changes to the other sessions and to the cart, so a group is never half confirmed.
/// </summary>
internal static class SessionGroupCommits
{
    extension(SessionServices services)
    {
        /// <summary>
        /// For a session that takes a payment for a bill: the effects that change the bill in the same commit.
        /// </summary>
        public async ValueTask<Sequence<Effect>> HeardByItsBill(Session.Opened session, DateTimeOffset now)
        {
            if (session.Opening is not { BillId: { } billId, Pays: not null }) return [];
            var known = await services.Grains.Bill(billId).Read();
            var decision = ((Bill.Opened)known.State).Hear(session, now);
            return decision is Decision<Bill>.Commit(Bill.Opened heard, var effects)
                ? [new Effect.KeepBill(heard, known.Version), .. effects]
                : [];
        }

        public async ValueTask<Sequence<Effect>> HeardByItsGroup(Session before, Session.Opened after)
        {
            if (before is not Session.Pending { Leads: true } || after is Session.Pending
                || after.Opening.Group is not { } group)
                return [];

            var account = after.Opening.OpenedBy.Id;
            var cart = await services.Grains.Cart(account).Read();
            Sequence<Effect> effects = cart.State.Hear(after) is Decision<Cart>.Commit heard
                ? [new Effect.KeepCart(account, heard.Next, cart.Version)]
                : [];
            foreach (var follower in group.Followers)
            {
                var stored = await services.Reads.Load(GrainKind.Session, follower)
                    ?? throw new InvalidOperationException("A session of the group is missing.");
                // A follower that is not pending was changed by an earlier commit of this session. So this commit was
                // decided on an old state, and the version check will refuse it.
                if (StateJson.Read<Session>(stored.State) is not Session.Pending pending) continue;
                var ids = new FollowerIds(services.Ids.Next(), services.Ids.Push());
                effects = [.. effects, .. pending.Follow(after, ids).InCompany(stored.Version)];
            }

            return effects;
        }

        /// <summary>
        /// Tells the kitchen's stock and other sessions what was committed. The commit stands where they cannot be
        /// told.
        /// </summary>
        public async Task TellOf(
            Session before, Session.Opened after, HoldOutcome? outcome, Sequence<Effect> committed)
        {
            if (outcome is not null || (after.Deadline is not null && after.Deadline != before.Deadline))
                await services.Inventories.ResolveHold(after.Opening.KitchenId, after.Id, outcome, after.Deadline);
            await services.Grains.Tell(committed, services.Log);
            foreach (var kept in committed.OfType<Effect.KeepSession>())
                CheckoutMetrics.Committed(Session.Initial, kept.Session);
        }
    }
}
