using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A kitchen with a till number, an own account and a method that cashiers attest.</summary>
internal static class Tills
{
    public const string Receipt = "9A12BC3DEF";

    public static KitchenPaymentMethod TillVoda { get; } = new(
        Id(53), "M-Pesa till", "VODACOM", Active: true, ChannelShape.Till, "5551234");

    public static KitchenPaymentMethod OwnAccount { get; } = new(
        Id(54), "Own account", "ClickPesa", Active: true, ChannelShape.Account, Account: "mama");

    public static KitchenPaymentMethod Strict { get; } = new(
        Id(55), "Lipa Airtel", "AIRTEL", Active: true, ReceiptRequired: true);

    public static string Till { get; } = TillNames.Of(MamaNtilie.Id, "VODACOM", "5551234");

    public static SessionFacts Facts { get; } = Fixtures.Facts with
    {
        PaymentMethods = new[] { LipaVoda, OldLipa, TillVoda, OwnAccount, Strict }
            .ToDictionary(method => method.Id),
        Accounts = new HashSet<string> { "mama" },
    };

    /// <summary>As the payments are when the method, and what is known of the receipt, are looked up.</summary>
    public static PaymentRequest By(
        KitchenPaymentMethod method, long amount, string? receipt = null, KnownReceipt? known = null,
        string? phone = null) =>
        new(
            PaymentMethod.KitchenChannel, new Money(amount), KitchenPaymentMethodId: method.Id, PhoneNumber: phone,
            Receipt: receipt, Channel: OwnChannel.Of(method, MamaNtilie.Id), Known: known);

    public static IReadOnlyList<Refusal> Refusals(params PaymentRequest[] payments) =>
        SessionQuotes.Price(PayNow(payments), Facts).Refusals;

    public static Decision<Session>.Commit Opened(params PaymentRequest[] payments)
    {
        var (quote, refusals) = SessionQuotes.Price(PayNow(payments), Facts);
        Assert.Empty(refusals);
        var ids = new OpeningIds(
            SessionId, OrderId, Ids(300), 147, new DateOnly(2026, 3, 12), "0123456789ABC",
            new Pushes(Adapter: null, Phones.Pushes.Ids));
        return Session.Initial.Open(PayNow(payments), quote, MamaNtilie, ids, Noon).Commit();
    }

    /// <summary>What the till says.</summary>
    public static PaymentReport Told(long amount, string receipt = Receipt, string reference = Phones.First) => new(
        reference, PaymentOutcome.Succeeded, Proof.Signed, new Money(amount), "TZS", PaidBy: "+255754000111",
        Receipt: receipt);
}
