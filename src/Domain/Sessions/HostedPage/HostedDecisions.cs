using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.HostedPage.HostedRefusals;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>
/// A session that a web shop opens and its customer pays on the hosted page. It sells no item of the menu: as a session
/// that pays a bill, it takes an amount, keeps no stock, has no order and fires no kitchen.
/// </summary>
public static class HostedDecisions
{
    /// <summary>The caller at the page, who is nobody but the holder of its address.</summary>
    public static Caller PageOf(Guid sessionId) => new(CallerKind.HostedPage, sessionId);

    extension(Session session)
    {
        /// <param name="register">The register that the command names; null if there is none.</param>
        /// <param name="link">The payment link that the command names; null when there is none.</param>
        public Decision OpenHosted(
            OpenHosted command, SessionFacts facts, HostedIds ids, DateTimeOffset now, KnownRegister? register = null,
            PaymentLink? link = null)
        {
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (session is not Session.NotOpened)
                throw new InvalidOperationException(
                    "Only an operation that is repeated can meet a session that is open.");
            var (asked, against) = command.From(link, now);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(facts.Kitchen.Settings.TimeZone);
            Sequence<Refusal> broken =
            [
                .. command.Broken(), .. HostedRules.AgainstStore(asked, facts),
                .. SubscriptionRules.BrokenAt(asked, zone, now), .. against,
            ];
            if (broken.Count > 0) return broken;
            if (command.CheckoutId is not null && register is null) return RegisterRefusals.CheckoutNotFound;
            if (register is { Active: false }) return RegisterRefusals.CheckoutNotActive;

            if (asked.Plan is { } plan)
                asked = asked with { Subscription = SubscriptionOrigin.OfFirst(ids.SessionId, plan, zone, now) };
            var opening = OpeningOf(asked, facts, ids, now, register);
            return new Decision.Commit(
                new Session.Pending(
                    ids.SessionId, opening,
                    command.DeferPayment ? [] : [ChargeOf(ids.ChargeId, opening)],
                    command.Operation is { } operation ? [operation.Kept] : [],
                    [new TimelineEntry(TimelineEntryKind.Opened, now, command.By)],
                    ExpiryOf(asked, now),
                    Attempt: null),
                BegunBy(asked, opening, ids.SessionId, now));
        }

        /// <summary>
        /// Rings the customer's phone, or has a card gateway make a page. A customer who refuses, or mistypes, may try
        /// again: a session of the page ends by time or by its shop only. A phone whose network stays silent does not
        /// lock the page for longer than a payment may take here; should both tries pay, the second one's money goes
        /// back.
        /// </summary>
        /// <param name="pushes">By an account for the method; null when there is none.</param>
        public Decision PayHosted(PayHosted command, Kitchen kitchen, Pushes? pushes, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = command.Broken();
            if (session is not Session.Opened { Opening.Hosted: { } terms } opened || !terms.IsOpenedBy(command))
                return broken.Count > 0 ? broken : SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (terms.Link is { } link)
            {
                var known = opened.Payments is [{ Collected: { } before }, ..] ? before : link.Entered;
                command = command with { Collected = known?.With(command.Collected) ?? command.Collected };
            }

            broken =
            [
                .. broken,
                .. terms.Link is { } asks
                    ? LinkRules.Entered(
                        asks, command.Collected, "/collected/customFields", "/collected/customerDetails")
                    : [],
                .. opened.AgainstPaying(terms, command, kitchen),
            ];
            if (broken.Count > 0) return broken;
            return opened.Remembering(command.Operation) switch
            {
                Session.Pending pending when now >= pending.ExpiresAt => Expired,
                Session.Pending pending => pending.Ring(command, terms, kitchen, pushes, now),
                Session.Confirmed => SessionRefusals.AlreadyConfirmed(orderId: null),
                _ => Expired,
            };
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>What stands against paying on the page as the command says, however the session stands.</summary>
        internal IEnumerable<Refusal> AgainstPaying(HostedTerms terms, PayHosted command, Kitchen kitchen) =>
        [
            .. command.Amount is { } shown && shown != opened.Opening.Total
                ? [CollectedAmountMismatch(opened.Opening.Total)]
                : Array.Empty<Refusal>(),
            .. HostedRules.OfItsCountry(
                kitchen.Settings, command.Country, "/paymentMethod/mobileMoney/country", command.PhoneNumber,
                "/paymentMethod/mobileMoney/phoneNumber"),
            .. kitchen.Settings.Country is Country.Tz ? HostedRules.Operator(command) : [],
            .. !terms.Methods.Contains(command.Method)
                ? [MethodNotAllowed("/paymentMethod/type")]
                : Array.Empty<Refusal>(),
            .. !command.IsByCard && (command.PhoneNumber ?? opened.Opening.CustomerPhone) is null
                ? [PhoneRequired]
                : Array.Empty<Refusal>(),
        ];
    }

    extension(Session.Pending pending)
    {
        private Decision Ring(
            PayHosted command, HostedTerms terms, Kitchen kitchen, Pushes? pushes, DateTimeOffset now)
        {
            var known = pending.Payments is [var first, ..] ? first : null;
            var charge = known ?? ChargeOf(terms.ChargeId, pending.Opening);
            if (charge.Status is not PaymentStatus.Pending) return PaymentNotPending;
            if (pending.AskedPhone(kitchen.Settings.PaymentTimeout, now) is not null) return PaymentInProgress;
            // Whoever has left a gateway's page may come back to it, or pay by phone instead.
            if (command.IsByCard && pending.OpenCard(kitchen.Settings.PaymentTimeout, now) is not null)
                return new Decision.Unchanged();
            if (pushes is not { Adapter: { } adapter })
                return command.IsByCard ? MethodNotAllowed("/paymentMethod/type") : MobileMoneyUnavailable;

            var phone = command.IsByCard ? null : command.PhoneNumber ?? pending.Opening.CustomerPhone;
            var named = charge with
            {
                Method = MethodOf(command.Method),
                // What was said of another phone is not of this one.
                Provider = command.Provider ?? (phone == charge.PhoneNumber ? charge.Provider : null),
                Collected = command.Collected ?? charge.Collected,
            };
            var asking = phone is null
                ? named.Paging(adapter, pushes.Ids[0], command.BackFromCard, now)
                : named.Ringing(adapter, pushes.Ids[0], phone, now);
            var asked = pending with { Payments = [known is null ? asking : charge] };
            var next = asked.Replacing(asking) with
            {
                Timeline = pending.Timeline.With(new TimelineEntry(TimelineEntryKind.PaymentStarted, now, command.By)),
            };
            return new Decision.Commit(
                next,
                [
                    next.Start(asking, command.By),
                    new Effect.Publish(
                        pending.Opening.KitchenId, new KitchenEvent.PaymentStarted(pending.Id, charge.Id)),
                ]);
        }

        /// <summary>The phone's no, or the network's: the page may ask again.</summary>
        internal Decision.Commit Retryable(Guid paymentId, PaymentAttempt declined, DateTimeOffset now) => new(
            pending with
            {
                Timeline = pending.Timeline.With(
                    new TimelineEntry(TimelineEntryKind.PaymentDeclined, now, Caller.Aggregator)),
            },
            [
                new Effect.Publish(
                    pending.Opening.KitchenId,
                    new KitchenEvent.PaymentFailed(pending.Id, paymentId, declined.Reason)),
            ]);
    }

    extension(HostedTerms terms)
    {
        /// <summary>Whether the command comes from the page; takes as long for any other key.</summary>
        internal bool IsOpenedBy(PayHosted command) =>
            System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(terms.PageKey),
                System.Text.Encoding.UTF8.GetBytes(command.PageKey));
    }

    /// <summary>A first session begins its subscription; that of another period is announced.</summary>
    private static Sequence<Effect> BegunBy(
        OpenHosted command, SessionOpening opening, Guid sessionId, DateTimeOffset now)
    {
        if (command.Subscription is not { } origin) return [];
        return command.Plan is { } plan
            ?
            [
                new Effect.BeginSubscription(new Subscription(
                    origin.Id, command.By.Id, opening.KitchenId, opening.LiveMode, opening.Currency.WireName,
                    opening.Total, plan, sessionId, now)
                {
                    Status = origin.TrialEndsAt is null
                        ? SubscriptionStatus.Incomplete
                        : SubscriptionStatus.Trialing,
                    Phone = origin.TrialEndsAt is null ? null : command.CustomerPhone,
                    TrialEndsAt = origin.TrialEndsAt,
                }),
            ]
            :
            [
                new Effect.Publish(
                    opening.KitchenId, new KitchenEvent.SubscriptionDue(origin.Id, origin.Number, sessionId)),
            ];
    }

    private static DateTimeOffset ExpiryOf(OpenHosted command, DateTimeOffset now) => command switch
    {
        { Subscription.PaidUntil: { } until } => until,
        { ExpiresInSeconds: { } seconds } => now + TimeSpan.FromSeconds(seconds),
        _ => now + HostedRules.LongestLife,
    };

    /// <summary>By phone until the customer has chosen: with no attempt yet, a card would be a till's.</summary>
    private static Payment ChargeOf(Guid id, SessionOpening opening) => new(
        id, PaymentMethod.MobileMoney, opening.Total, PaymentStatus.Pending, KitchenCustomerId: null,
        KitchenPaymentMethodId: null, AccountId: null, DeviceId: null, PhoneNumber: null, Provider: null);

    private static PaymentMethod MethodOf(string method) =>
        method is HostedWords.Card ? PaymentMethod.Card : PaymentMethod.MobileMoney;

    private static SessionOpening OpeningOf(
        OpenHosted command, SessionFacts facts, HostedIds ids, DateTimeOffset now, KnownRegister? register) => new(
        facts.Kitchen.Id, command.By, now, ids.BusinessDate, ids.Number, SlipCode: null, facts.Kitchen.LiveMode,
        SessionType.Immediate, Channel.Hosted,
        command.Shipping is null ? FulfillmentType.Pickup : FulfillmentType.Delivery,
        TableNumber: null, LaneNumber: null, Tag: null, OrderInstructions: null, command.CustomerPhone,
        command.Shipping?.Address, command.ClientReferenceId ?? command.ExternalReference ?? ids.CheckoutRef,
        ReissueOf: null, Lines: [],
        Pays: command.Amount ?? HostedRules.SumOf(command.LineItems ?? []),
        OtherCurrency: facts.Kitchen.Settings.Currency.UnlessUsual,
        Hosted: new HostedTerms(
            ids.CheckoutRef, ids.PageKey, ids.ClientKey, ids.ChargeId, command.DeferPayment,
            facts.Kitchen.Settings.Currency.WireName, command.LineItems ?? [],
            HostedRules.Available(command, facts), command.SubmitType ?? HostedRules.Pay,
            ExpiryOf(command, now), command.Country, command.SuccessUrl, command.CancelUrl, command.CallbackUrl,
            command.CustomerEmail, command.Description, command.Source, command.Shipping, command.Metadata,
            register is { Number: var number, WalletId: var wallet }
                ? new RegisterTerms(number, wallet)
                : command.Settles,
            command.Link, command.Subscription),
        CommissionRate: facts.Kitchen.Commission.On(Channel.Hosted));
}
