using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.SessionOpeningDecision;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// Sessions that are paid together. The first one takes the payment. The commit that confirms or ends it also confirms
/// or ends the others, each with its own items, order and share of the money.
/// </summary>
public static class SessionGroups
{
    /// <summary>
    /// Divides payments among amounts with the same sum. The amounts are filled in order, each from what is left.
    /// </summary>
    public static Sequence<Sequence<PaymentRequest>> Shares(
        Sequence<PaymentRequest> payments, IEnumerable<Money> amounts)
    {
        var (place, left) = (0, payments[0].Amount);
        return amounts.Select(amount =>
        {
            Sequence<PaymentRequest> shares = [];
            while (amount > Money.Zero)
            {
                var share = amount < left ? amount : left;
                shares = shares.With(payments[place] with { Amount = share });
                amount -= share;
                left -= share;
                if (left == Money.Zero && place + 1 < payments.Count) left = payments[++place].Amount;
            }

            return shares;
        }).ToSequence();
    }

    /// <summary>Opens the sessions of a group. The first one takes the payment for all.</summary>
    internal static Sequence<Decision.Commit> Open(
        OpenSession command, Sequence<GroupPart> parts, DateTimeOffset now)
    {
        var asked = (command.Payments ?? []).FirstOrDefault(payment =>
            payment.PaymentMethod is PaymentMethod.MobileMoney);
        var group = new SessionGroup(parts.Select(part => part.Ids.SessionId).ToSequence());
        var expiresAt = now + parts.Min(part => part.Kitchen.Settings.PaymentTimeout);
        return parts.Select(part =>
        {
            var leads = part.Ids.SessionId == group.Id;
            return new Session.Pending(
                part.Ids.SessionId, OpeningOf(command, part.Quote, part.Kitchen, part.Ids, now) with { Group = group },
                PaymentsOf(part.Payments, part.Ids.Payments, command.By)
                    .Select(payment =>
                        leads && payment.Method is PaymentMethod.MobileMoney && payment.Amount != asked?.Amount
                        ? payment with { Asked = asked?.Amount }
                        : payment)
                    .ToSequence(),
                [], [new TimelineEntry(TimelineEntryKind.Opened, now, command.By)], expiresAt, Attempt: null)
                // Only the leading session sends a push, for all of them.
                .Begun(
                    part.Payments, leads ? part.Ids : part.Ids with { Pushes = null }, now,
                    othersWait: asked is not null);
        }).ToSequence();
    }

    extension(Session.Pending follower)
    {
        /// <summary>Confirms or ends a follower as the leading session was.</summary>
        public Decision.Commit Follow(Session.Opened leading, FollowerIds ids) => leading switch
        {
            Session.Confirmed confirmed => follower.ConfirmedWith(confirmed, ids),
            Session.Ended ended => follower.End(ended.EndedAs, ended.Reason, ended.At, ended.Timeline[^1].By),
            _ => throw new InvalidOperationException("The leading session of a group must be decided first."),
        };

        private Decision.Commit ConfirmedWith(Session.Confirmed leading, FollowerIds ids)
        {
            var (kitchen, by) = (follower.Opening.KitchenId, leading.Timeline[^1].By);
            var shared = follower with
            {
                Payments = follower.Payments
                    .Select(payment =>
                        payment.Status is PaymentStatus.Pending ? payment.Sharing(leading, ids.Share) : payment)
                    .ToSequence(),
            };
            return new Decision.Commit(
                shared.ConfirmedAs(ids.OrderId, leading.At, by),
                [
                    new Effect.SellReserved(follower.Id),
                    .. shared.Payments.SelectMany(payment => payment.Status is PaymentStatus.Held
                        ? payment.Capture(kitchen)
                        : payment.Pay(kitchen)),
                    .. shared.Payments
                        .Where(payment => payment.Method is PaymentMethod.MobileMoney)
                        .Select(payment => shared.Start(payment, by)),
                    .. shared.Birth(ids.OrderId, leading.At, by),
                ]);
        }
    }

    extension(Decision.Commit member)
    {
        /// <summary>The effects that write this session of a group in the commit of another grain.</summary>
        /// <param name="version">The version that the session was read at; 0 for a new one.</param>
        public Sequence<Effect> InCompany(long version)
        {
            var session = (Session.Opened)member.Next;
            return
            [
                new Effect.KeepSession(session, version),
                .. member.Effects.Select(effect => effect is Effect.Transfer(var movement)
                    ? new Effect.Transfer(movement with { SessionId = session.Id })
                    : effect),
            ];
        }
    }

    extension(Payment payment)
    {
        /// <summary>The payment, paid with its share of the money that the phone paid for the whole group.</summary>
        private Payment Sharing(Session.Opened leading, PushId share)
        {
            var paid = leading.Payments
                .SelectMany(other => other.Attempts ?? [])
                .Last(attempt => attempt.HasPaidThePayment);
            return payment with
            {
                Attempts =
                [
                    paid with
                    {
                        Id = share.Id, Reference = share.Reference, PaidAs = paid.Reference, Received = payment.Amount,
                        Refunds = null,
                    },
                ],
            };
        }
    }
}

/// <summary>One kitchen's part of a cart, with its share of the payments.</summary>
internal sealed record GroupPart(
    Kitchen Kitchen, Quote Quote, Sequence<PaymentRequest> Payments, OpeningIds Ids);

/// <summary>Ids for a follower's order, and for its share of the money that the phone paid.</summary>
public sealed record FollowerIds(Guid OrderId, PushId Share);
