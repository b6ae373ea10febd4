using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests;

/// <summary>One kitchen at noon: its people, its menu, what they ask for, and what is decided.</summary>
internal static class Fixtures
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 12, 9, 0, 0, TimeSpan.Zero);

    public static Kitchen MamaNtilie { get; } = new(Id(1), "Mama Ntilie", LiveMode: true, KitchenSettings.Default);

    public static MenuItem Pilau { get; } = new(Id(11), "Pilau", new Money(4_000), "Rice", Available: true);
    public static MenuItem Chai { get; } = new(Id(12), "Chai", new Money(1_500), "Drinks", Available: true);
    public static MenuItem Samaki { get; } = new(Id(13), "Samaki", new Money(4_000), "Fish", Available: false);

    public static Guid Till { get; } = Id(21);
    public static Guid OtherTill { get; } = Id(22);
    public static Caller Cashier { get; } = new(CallerKind.Staff, Id(31), MamaNtilie.Id, Till);
    public static Caller SecondCashier { get; } = new(CallerKind.Staff, Id(32), MamaNtilie.Id, OtherTill);
    public static Caller Stranger { get; } = new(CallerKind.Staff, Id(33), Id(2), Id(23));
    public static Caller KioskOne { get; } = new(CallerKind.Kiosk, Id(34), MamaNtilie.Id, Id(34));
    public static Caller Neema { get; } = new(CallerKind.AppUser, Id(35));
    public static Caller Bot { get; } = new(CallerKind.Bot, Id(36));

    public static Guid Fatuma { get; } = Id(41);
    public static Money FatumasBalance { get; } = new(3_000);
    public static KitchenPaymentMethod LipaVoda { get; } = new(Id(51), "Lipa Voda", "VODACOM", Active: true);
    public static KitchenPaymentMethod OldLipa { get; } = new(Id(52), "Old Lipa", "HALOTEL", Active: false);

    public static SessionFacts Facts { get; } = new(
        MamaNtilie,
        new[] { Pilau, Chai, Samaki }.ToDictionary(item => item.Id),
        new Dictionary<Guid, Money> { [Fatuma] = FatumasBalance },
        new[] { LipaVoda, OldLipa }.ToDictionary(method => method.Id));

    public static Guid SessionId { get; } = Id(100);
    public static Guid OrderId { get; } = Id(200);
    public static DeliveryAddress GreenGate { get; } = new("Lumumba St", "Mbeya", "Mbeya", "Green gate", -8.9, 33.4);

    /// <summary>Two items of pilau, 8,000 shillings.</summary>
    public static Sequence<LineRequest> PilauForTwo { get; } = [new(Pilau.Id, 2)];

    public static Money Total { get; } = new(8_000);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Operation Op(int number) => new(Id(1_000 + number), Id(2_000 + number));

    // What they pay with.

    public static PaymentRequest Cash(long amount) => new(PaymentMethod.Cash, new Money(amount));
    public static PaymentRequest Card(long amount) => new(PaymentMethod.Card, new Money(amount));
    public static PaymentRequest AppWallet(long amount) => new(PaymentMethod.PlatformWallet, new Money(amount));

    public static PaymentRequest Mobile(long amount, string phone = "+255700000000") =>
        new(PaymentMethod.MobileMoney, new Money(amount), PhoneNumber: phone, Provider: "VODACOM");

    /// <summary>By another phone.</summary>
    public static PaymentRequest OtherMobile(long amount) => Mobile(amount, "+255700000001");

    public static PaymentRequest Wallet(long amount, Guid? customer = null) =>
        new(PaymentMethod.KitchenWallet, new Money(amount), KitchenCustomerId: customer ?? Fatuma);

    public static PaymentRequest Lipa(long amount, Guid? method = null) =>
        new(PaymentMethod.KitchenChannel, new Money(amount), KitchenPaymentMethodId: method ?? LipaVoda.Id);

    // What they ask for.

    public static OpenSession PayNow(params PaymentRequest[] payments) => new(
        Cashier, SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup, PilauForTwo, payments.ToSequence(),
        Tag: "John");

    public static OpenSession AskForSlip { get; } = new(
        Cashier, SessionType.Slip, Channel.Pos, FulfillmentType.Pickup, PilauForTwo, Payments: null, Tag: "John");

    public static OpenSession OnTheApp(params PaymentRequest[] payments) => new(
        Neema, SessionType.Immediate, Channel.App, FulfillmentType.Delivery, PilauForTwo, payments.ToSequence(),
        DeliveryAddress: GreenGate, KitchenId: MamaNtilie.Id);

    public static OpenSession OnWhatsapp { get; } = new(
        Bot, SessionType.Immediate, Channel.Whatsapp, FulfillmentType.Delivery, PilauForTwo, [Mobile(8_000)],
        CustomerPhone: "+255700000000", DeliveryAddress: GreenGate, KitchenId: MamaNtilie.Id);

    public static ConfirmSlip PaySlip(params PaymentRequest[] payments) => new(Cashier, payments.ToSequence());

    // What is decided.

    public static Decision<Session> Open(OpenSession command, DateTimeOffset? at = null)
    {
        var (quote, refusals) = SessionQuotes.Price(command, Facts);
        Assert.Empty(refusals);
        var now = at ?? Noon;
        var ids = new OpeningIds(
            SessionId, OrderId, Ids(300), 147, MamaNtilie.Settings.BusinessDateOf(now), "0123456789ABC");
        return Session.Initial.Open(command, quote, MamaNtilie, ids, now);
    }

    public static Decision<Session> Pay(Session slip, ConfirmSlip command, DateTimeOffset at, int attempt = 1) =>
        slip.ConfirmSlip(command, Facts, new PaymentIds(Id(200 + attempt), Ids(300 + 20 * attempt)), at);

    public static Sequence<Guid> Ids(int from) => Enumerable.Range(from, 12).Select(Id).ToSequence();

    /// <summary>A slip for two items of pilau, issued at noon and valid until 12:15.</summary>
    public static Session Slip { get; } = Open(AskForSlip).Next();

    /// <summary>The slip, with 3,000 in cash taken at 12:02 and 5,000 of mobile money awaited until 12:07.</summary>
    public static Session SlipBeingPaid { get; } =
        Pay(Slip, PaySlip(Cash(3_000), Mobile(5_000)), Noon + 2.Minutes).Next();

    /// <summary>
    /// Money that moved from the account debited to the one credited; what staff have in their hands, at the till.
    /// </summary>
    public static Effect.Transfer Moved(
        Guid payment, LedgerStep step, PaymentMethod method, Account debit, Account credit, long amount, int part = 0,
        Guid? till = null) =>
        new(new LedgerTransfer(
            payment, step, part, MamaNtilie.Id, method, debit, credit, new Money(amount),
            IsInHand(debit.Kind) || IsInHand(credit.Kind) ? till ?? Till : null));

    private static bool IsInHand(AccountKind account) =>
        account is AccountKind.Drawer or AccountKind.CardTerminal or AccountKind.KitchenChannel;

    extension(int count)
    {
        public TimeSpan Minutes => TimeSpan.FromMinutes(count);
        public TimeSpan Seconds => TimeSpan.FromSeconds(count);
    }

    extension<TState>(Decision<TState> decision)
    {
        public Decision<TState>.Commit Commit() => Assert.IsType<Decision<TState>.Commit>(decision);

        public TState Next() => decision.Commit().Next;

        public IReadOnlyList<Refusal> Refusals() => Assert.IsType<Decision<TState>.Refuse>(decision).Refusals;

        public string Code() => decision.Refusals()[0].Code;
    }

    extension(Session session)
    {
        public IEnumerable<PaymentStatus> PaymentStatuses =>
            Assert.IsAssignableFrom<Session.Opened>(session).Payments.Select(payment => payment.Status);

        public IEnumerable<TimelineEntryKind> Story =>
            Assert.IsAssignableFrom<Session.Opened>(session).Timeline.Select(entry => entry.What);
    }
}
