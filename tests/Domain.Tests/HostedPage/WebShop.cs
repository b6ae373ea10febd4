using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>A web shop of Mama Ntilie's, and a customer of it at noon.</summary>
internal static class WebShop
{
    public const string Phone = "+255754000001";
    public const string PageKey = "QUJDREVGR0hJSktMTU5PUA";
    public const string PageUrl = "https://pay.example/pay/token";

    public static Caller Shop { get; } = new(CallerKind.Merchant, Id(71));

    public static OpenHosted Ask { get; } = new(Shop, LiveMode: true, MamaNtilie.Id, Amount: new Money(50_000));

    public static PayHosted Paying { get; } =
        new(HostedDecisions.PageOf(SessionId), PageKey, HostedWords.MobileMoney, Phone);

    public static PayHosted ByCard { get; } =
        new(HostedDecisions.PageOf(SessionId), PageKey, HostedWords.Card, ReturnUrl: PageUrl);

    public static HostedIds ShopIds { get; } = new(
        SessionId, Id(500), 147, MamaNtilie.Settings.BusinessDateOf(Noon), "CR0123456789ABC", PageKey, "client");

    public static string Reference(int push) => $"JX{push:D18}";

    public static MetadataEntry Note(int number) => new($"key_{number}", "value");

    public static Decision<Session> Open(OpenHosted command, SessionFacts? facts = null) =>
        Session.Initial.OpenHosted(command, facts ?? Facts, ShopIds, Noon);

    public static Decision<Session> Pay(
        Session session, PayHosted? command = null, DateTimeOffset? at = null, int push = 1) => session.PayHosted(
        command ?? Paying, MamaNtilie,
        new Pushes(command?.IsByCard is true ? "cards" : "simulator", [new PushId(Id(600 + push), Reference(push))]),
        at ?? Noon);

    public static Decision<Session> Report(Session session, PaymentOutcome outcome, int push = 1) => session.Report(
        new PaymentReport(
            Reference(push), outcome, Proof.Signed, new Money(50_000), "TZS", $"SIM-{push}", Reason: "Wrong PIN"),
        OrderId, LateMoney.GoesBack, Noon + 6.Minutes);
}
