using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Shifts;
using static JikoXpress.Domain.Sessions.Payments.PaymentExceptionRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>The way by which mobile money was given back.</summary>
public enum RefundWay
{
    /// <summary>By the aggregator, to the phone that paid.</summary>
    Phone = 1,

    /// <summary>By people, in the aggregator's dashboard.</summary>
    Dashboard,

    /// <summary>By an aggregator, to a phone that people named.</summary>
    AnotherPhone,

    /// <summary>As cash, out of the drawer of an open shift.</summary>
    Cash,

    /// <summary>Onto a balance of the customer.</summary>
    Balance,
}

/// <summary>What people decided about a refund that the aggregator refused.</summary>
/// <param name="Number">For another phone: counts the phones that were named, from 1.</param>
/// <param name="PhoneNumber">For another phone: in E.164.</param>
/// <param name="ShiftId">For cash: the shift whose drawer gave it.</param>
/// <param name="KitchenCustomerId">For a balance at the kitchen.</param>
/// <param name="AccountId">For the balance of an app user.</param>
public sealed record RefundDecision(
    RefundWay Way, Caller By, DateTimeOffset At, int Number = 0, string? PhoneNumber = null, Guid? ShiftId = null,
    Guid? KitchenCustomerId = null, Guid? AccountId = null)
{
    /// <summary>The same person has decided the same, with the same values.</summary>
    internal bool IsThatOf(SettleRefund command) =>
        command.Way == Way && command.By.Id == By.Id && command.PhoneNumber == PhoneNumber
        && command.ShiftId == ShiftId
        && (command.KitchenCustomerId is null || command.KitchenCustomerId == KitchenCustomerId);
}

/// <summary>A person decides how the money of a refused refund goes back instead.</summary>
/// <param name="Reference">The reference of the refund that was refused.</param>
/// <param name="PhoneNumber">For another phone: in E.164.</param>
/// <param name="ShiftId">For cash: an open shift of the kitchen.</param>
/// <param name="KitchenCustomerId">
/// For a balance: the customer of the kitchen; null for the app user who opened the session, or else for the customer
/// whose phone has paid.
/// </param>
public sealed record SettleRefund(
    Caller By, string Reference, RefundWay Way, string? PhoneNumber = null, Guid? ShiftId = null,
    Guid? KitchenCustomerId = null, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. FieldRules.Phone(PhoneNumber, "/phoneNumber"),
        .. (Way, PhoneNumber, ShiftId) switch
        {
            (RefundWay.AnotherPhone, null, _) => [PhoneRequired],
            (RefundWay.Cash, _, null) => [ShiftRequired],
            _ => Array.Empty<Refusal>(),
        },
    ];
}

/// <summary>What the rules need to know to settle a refund.</summary>
/// <param name="IsRefused">
/// The aggregator's answer to the last try was a certain no, and no try is under way: the money cannot arrive any more.
/// </param>
/// <param name="PayoutAdapter">The account that pays out to any phone; null when none does.</param>
/// <param name="Drawer">The drawer of the shift that was named; null when no such shift of the kitchen is open.</param>
/// <param name="KitchenCustomerId">The customer whose balance gets the money; null when there is none.</param>
/// <param name="Country">The kitchen's: another phone is one of it.</param>
/// <param name="IsOnPlatform">
/// The money is on an account of the installation. What a kitchen's own account or till has received cannot go onto a
/// balance that other kitchens are paid with.
/// </param>
public sealed record RefundFacts(
    bool IsRefused, string? PayoutAdapter = null, OpenDrawer? Drawer = null, Guid? KitchenCustomerId = null,
    Country Country = Country.Tz, bool IsOnPlatform = true);

/// <summary>The drawer of an open shift.</summary>
/// <param name="Cash">What should be in it.</param>
public sealed record OpenDrawer(Guid ShiftId, Guid TillId, Money Cash);

/// <summary>Where a refund goes that does not go back the way the money came.</summary>
/// <param name="Reference">A reference of its own: the refused one is never used again.</param>
/// <param name="Adapter">The account that pays it.</param>
public sealed record RefundTarget(string Reference, string Adapter, string PhoneNumber);

/// <summary>
/// A refund that the aggregator has refused goes back another way, once. The books have one place for each refund, so
/// that whichever way is booked first shuts the others.
/// </summary>
public static class RefundDecisions
{
    /// <summary>How many other phones can be named for one refund.</summary>
    public const int MostPhones = 5;

    /// <summary>The part of the platform's own side of a refund, so far behind the refund's.</summary>
    private const int PlatformPart = 1_000;

    extension(Session session)
    {
        public Decision SettleRefund(SettleRefund command, RefundFacts facts, DateTimeOffset now)
        {
            if (session.Precluded(command, SessionRefusals.NotFound, now) is { } answer) return answer;
            var opened = ((Session.Opened)session).Remembering(command.Operation);
            if (opened.FindRefund(command.Reference) is not var (payment, attempt, refund))
                return PaymentRefusals.PaymentNotFound;
            if (refund.Decided is { } decided && (refund.Done || refund.KnownAs != command.Reference))
                return decided.IsThatOf(command) ? new Decision.Unchanged() : Settled(decided);
            if (refund.Done) return Resolved;
            // What people have paid in the dashboard is paid, whatever the aggregator says of its own try.
            if (command.Way is not RefundWay.Dashboard && !facts.IsRefused) return RefundUnderWay;
            var place = new RefundPlace(opened, payment, attempt, refund);
            return command.Way switch
            {
                RefundWay.Dashboard => place.Give(
                    new RefundDecision(command.Way, command.By, now),
                    [attempt.Returned(payment, opened.Opening.KitchenId, refund)], tillId: null),
                RefundWay.AnotherPhone => place.Ring(command, facts, now),
                RefundWay.Cash => place.HandOut(command, facts, now),
                RefundWay.Balance => place.Credit(command, facts, now),
                RefundWay.Phone => DecisionNotAllowed,
            };
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>
        /// People decided that the refund goes another way than under this reference, by which it was tried.
        /// </summary>
        public bool GoesAnotherWay(string refundReference) => opened.FindRefund(refundReference) is var (_, _, refund)
            && (refund.Decided is { Way: not RefundWay.AnotherPhone } || refund.KnownAs != refundReference);

        /// <summary>
        /// The account of the app user who opened the session; null when somebody else did, such as staff.
        /// </summary>
        public Guid? AppAccount => opened.Opening.OpenedBy is { Kind: CallerKind.AppUser, Id: var account }
            ? account
            : null;

        /// <summary>The phone that paid what a refund gives back; null when it is not known.</summary>
        public string? PayerOf(string refundReference) =>
            opened.FindRefund(refundReference) is var (_, attempt, _) ? attempt.PhoneNumber : null;

        /// <summary>The account at the aggregator that got what a refund gives back; null for no refund.</summary>
        public string? AdapterOf(string refundReference) =>
            opened.FindRefund(refundReference) is var (_, attempt, _) ? attempt.Adapter : null;

        /// <summary>By the reference that it has, or had before another phone was named.</summary>
        internal (Payment Payment, PaymentAttempt Attempt, Refund Refund)? FindRefund(string reference)
        {
            foreach (var payment in opened.Payments)
            {
                foreach (var attempt in payment.Attempts ?? [])
                {
                    if (attempt.Refunds?.FirstOrDefault(refund => refund.IsKnownAs(reference)) is { } found)
                        return (payment.As(attempt), attempt, found);
                }
            }

            return null;
        }
    }

    /// <summary>A refund and what it belongs to.</summary>
    private sealed record RefundPlace(
        Session.Opened Session, Payment Payment, PaymentAttempt Attempt, Refund Refund)
    {
        private Guid Kitchen => Session.Opening.KitchenId;

        private Account Suspense => new(AccountKind.Suspense, Kitchen);

        /// <summary>The money is sent to a phone that was named, with a reference of its own.</summary>
        public Decision Ring(SettleRefund command, RefundFacts facts, DateTimeOffset now)
        {
            if (facts.PayoutAdapter is not { } adapter) return PayoutUnavailable;
            if (command.PhoneNumber is not { } phone) return PhoneRequired;
            if (!PhoneNumber.IsOf(phone, facts.Country))
                return SessionRefusals.PhoneInvalid("/phoneNumber", facts.Country);
            var number = (Refund.Decided?.Number ?? 0) + 1;
            if (number > MostPhones) return TooManyPhones;
            var decided = Refund with
            {
                Decided = new RefundDecision(command.Way, command.By, now, number, phone),
            };
            return new Decision.Commit(
                Changed(decided, Payment) with
                {
                    Timeline = Session.Timeline.With(
                        new TimelineEntry(TimelineEntryKind.RefundDecided, now, command.By)),
                },
                [
                    new Effect.SettleRefund(Refund.KnownAs, command.Way, Kitchen),
                    new Effect.StartRefund(Kitchen, Session.Id, Attempt, Refund)
                    {
                        To = new RefundTarget(decided.KnownAs, adapter, phone),
                    },
                ]);
        }

        /// <summary>Cash out of the drawer, which then holds less; never more than it has.</summary>
        public Decision HandOut(SettleRefund command, RefundFacts facts, DateTimeOffset now)
        {
            if (command.By.Kind is not CallerKind.Staff) return CashNeedsManager;
            if (facts.Drawer is not { } drawer) return ShiftRefusals.ShiftNotOpen;
            if (drawer.Cash < Refund.Amount) return ShiftRefusals.DrawerHoldsLess;
            return Give(
                new RefundDecision(command.Way, command.By, now, ShiftId: drawer.ShiftId),
                [
                    new Effect.Transfer(new LedgerTransfer(
                        Attempt.Id, LedgerStep.Refund, Refund.Part, Kitchen, PaymentMethod.Cash, Suspense,
                        new Account(AccountKind.Drawer, drawer.TillId), Refund.Amount, drawer.TillId)),
                ],
                drawer.TillId);
        }

        /// <summary>
        /// Onto the customer's balance at the kitchen, or onto the app user's: then the platform has it, which owed the
        /// kitchen as much.
        /// </summary>
        public Decision Credit(SettleRefund command, RefundFacts facts, DateTimeOffset now)
        {
            if (command.KitchenCustomerId is null && Session.AppAccount is { } account
                && Session.Opening.Currency is Currency.Tzs && facts.IsOnPlatform)
                return Give(
                    new RefundDecision(command.Way, command.By, now, AccountId: account),
                    [
                        Move(Refund.Part, Suspense, new Account(AccountKind.PlatformReceivable, Kitchen)),
                        Move(
                            PlatformPart + Refund.Part, new Account(AccountKind.KitchenPayable, Kitchen),
                            new Account(AccountKind.PlatformWallet, account)),
                    ],
                    tillId: null);
            return facts.KitchenCustomerId is { } customer
                ? Give(
                    new RefundDecision(command.Way, command.By, now, KitchenCustomerId: customer),
                    [Move(Refund.Part, Suspense, new Account(AccountKind.KitchenWallet, customer))], tillId: null)
                : PaymentRefusals.CustomerNotFound;
        }

        /// <summary>The guest has it, and the refund is not tried again.</summary>
        public Decision Give(RefundDecision decision, Sequence<Effect> booked, Guid? tillId) => new Decision.Commit(
            Changed(Refund with { Done = true, Decided = decision }, Payment.AfterRefund(Refund)) with
            {
                Timeline = Session.Timeline.With(
                    new TimelineEntry(TimelineEntryKind.MoneyRefunded, decision.At, decision.By)),
            },
            [
                .. booked,
                new Effect.SettleRefund(Refund.KnownAs, decision.Way, Kitchen, decision.ShiftId, tillId),
                new Effect.Publish(
                    Kitchen,
                    new KitchenEvent.PaymentRefunded(Session.Id, Attempt.Reference, Refund.Amount, decision.Way)),
            ]);

        private Effect.Transfer Move(int part, Account debit, Account credit) => new(new LedgerTransfer(
            Attempt.Id, LedgerStep.Refund, part, Kitchen, Payment.Method, debit, credit, Refund.Amount));

        private Session.Opened Changed(Refund refund, Payment payment) => Session.With(payment, Attempt.With(refund));
    }
}
