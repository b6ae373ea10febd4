using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Merchants;

/// <summary>What a payment link may say, what its visitors may answer, and which sessions come of it.</summary>
public sealed class LinkTests
{
    private const string PageKey = "QUJDREVGR0hJSktMTU5PUA";
    private static readonly Guid Merchant = Id(71);
    private static readonly LinkTerms Fixed = new(Amount: new Money(5_000));
    private static readonly LinkLine Ticket = new("Ticket", new Money(10_000), 2, null, LeastQuantity: 1, MostQuantity: 4);
    private static readonly CustomField Size = new("size", "Size", "dropdown", Required: true, ["S", "M"]);
    private static readonly OpenAmount Gift = new(new Money(1_000), new Money(9_000), new Money(5_000));
    private static readonly string Long = new('a', 501);

    public static TheoryData<string, string, LinkTerms> WrongLinks => new()
    {
        { "amount-required", "/amount", new LinkTerms() },
        { "amount-not-allowed", "/amount", Fixed with { OpenAmount = Gift } },
        { "amount-not-allowed", "/amount", Fixed with { LineItems = [Ticket] } },
        { "amount-out-of-range", "/amount", new LinkTerms(Amount: Money.Zero) },
        { "amount-out-of-range", "/openAmount/min", Open(Gift with { Least = Money.Zero }) },
        { "amount-out-of-range", "/openAmount/max", Open(Gift with { Most = Money.Largest + new Money(1) }) },
        { "amount-out-of-range", "/openAmount/max", Open(Gift with { Most = new Money(999), Preset = null }) },
        { "amount-out-of-range", "/openAmount/preset", Open(Gift with { Preset = new Money(999) }) },
        { "amount-out-of-range", "/openAmount/preset", Open(Gift with { Preset = new Money(9_001) }) },
        { "items-required", "/lineItems", Lines() },
        { "quantity-out-of-range", "/lineItems/0/quantity", Lines(Ticket with { Quantity = 5 }) },
        { "quantity-out-of-range", "/lineItems/0/quantity", Lines(Ticket with { Quantity = 1, LeastQuantity = 2 }) },
        { "quantity-out-of-range", "/lineItems/0/maxQuantity", Lines(Ticket with { LeastQuantity = 0 }) },
        { "quantity-out-of-range", "/lineItems/0/maxQuantity", Lines(Ticket with { MostQuantity = 1_000 }) },
        { "quantity-out-of-range", "/lineItems/0/maxQuantity", Lines(Ticket with { LeastQuantity = 5 }) },
        { "field-required", "/lineItems/0/maxQuantity", Lines(Ticket with { MostQuantity = null }) },
        { "field-required", "/lineItems/0/minQuantity", Lines(Ticket with { LeastQuantity = null }) },
        { "amount-out-of-range", "/lineItems", Lines(Ticket with { UnitAmount = new Money(300_000_000_000) }) },
        { "invalid-text", "/description", Fixed with { Description = Long } },
        { "word-not-known", "/submitType", Fixed with { SubmitType = "buy" } },
        { "url-invalid", "/successUrl", Fixed with { SuccessUrl = "shop" } },
        { "too-many-items", "/metadata", Fixed with { Metadata = Notes(6) } },
        { "invalid-text", "/successMessage", Fixed with { SuccessMessage = Long } },
        {
            "message-not-allowed", "/successMessage",
            Fixed with { SuccessMessage = "Thanks", SuccessUrl = "https://shop.example" }
        },
        { "too-many-items", "/customFields", Fixed with { CustomFields = [Size, Key("b"), Key("c"), Key("d")] } },
        { "invalid-text", "/customFields/1/key", Fixed with { CustomFields = [Size, Key("size")] } },
        { "invalid-text", "/customFields/0/key", Fixed with { CustomFields = [Key("")] } },
        { "invalid-text", "/customFields/0/label", Fixed with { CustomFields = [Size with { Label = Long }] } },
        { "word-not-known", "/customFields/0/type", Fixed with { CustomFields = [Key("a") with { Kind = "date" }] } },
        { "unknown-field", "/customFields/0/options", Fixed with { CustomFields = [Key("a") with { Options = ["S"] }] } },
        { "field-required", "/customFields/0/options", Fixed with { CustomFields = [Size with { Options = null }] } },
        { "field-required", "/customFields/0/options", Fixed with { CustomFields = [Size with { Options = [] }] } },
        { "too-many-items", "/customFields/0/options", Fixed with { CustomFields = [Size with { Options = Words(51) }] } },
        { "invalid-text", "/customFields/0/options/1", Fixed with { CustomFields = [Size with { Options = ["S", Long] }] } },
        { "quantity-out-of-range", "/maxPayments", Fixed with { MostPayments = 0 } },
        { "quantity-out-of-range", "/maxPayments", Fixed with { MostPayments = 1_000_001 } },
        { "expiry-out-of-range", "/sessionExpiresIn", Fixed with { SessionSeconds = 59 } },
        { "expiry-out-of-range", "/sessionExpiresIn", Fixed with { SessionSeconds = 86_401 } },
    };

    public static TheoryData<LinkTerms> RightLinks =>
    [
        Fixed, Open(Gift), Open(new OpenAmount(new Money(1), Money.Largest)), Lines(Ticket),
        Open(new OpenAmount(new Money(5), new Money(5), new Money(5))),
        Open(Gift with { Preset = Gift.Least }), Open(Gift with { Preset = Gift.Most }),
        Lines(Ticket with { LeastQuantity = 2, MostQuantity = 2 }), Lines(Ticket with { MostQuantity = 999 }),
        Fixed with { CustomFields = [Size, Key("b"), Key("c") with { Kind = "number" }], CollectsName = true },
        Fixed with { CustomFields = [Size with { Options = Words(50) }], Metadata = Notes(5) },
        Fixed with { MostPayments = 1, SessionSeconds = 60, SuccessMessage = "Thanks\nand bye" },
        Fixed with { MostPayments = 1_000_000, SessionSeconds = 86_400, SuccessUrl = "https://shop.example" },
    ];

    [Theory, MemberData(nameof(WrongLinks))]
    public void What_is_wrong_with_a_link_is_said_where_it_stands(string code, string pointer, LinkTerms terms) =>
        Assert.Contains((code, pointer), Make(terms).Broken().Select(refusal => (refusal.Code, refusal.Pointer)));

    [Theory, MemberData(nameof(RightLinks))]
    public void A_link_may_say_what_is_within_the_limits(LinkTerms terms) => Assert.Empty(Make(terms).Broken());

    [Fact]
    public void A_link_is_of_one_store_and_ends_later_than_it_begins()
    {
        Assert.Equal("store-required", Assert.Single((Make(Fixed) with { StoreId = null }).Broken()).Code);
        Assert.Empty(LinkRules.Broken(Make(Fixed with { ExpiresAt = Noon + 1.Seconds }), Noon));
        Assert.Equal(
            "/expiresAt", Assert.Single(LinkRules.Broken(Make(Fixed with { ExpiresAt = Noon }), Noon)).Pointer);
    }

    [Fact]
    public void A_change_changes_what_it_names()
    {
        var link = Link(Fixed with { Description = "Old", SuccessMessage = "Thanks" });
        Assert.Equal(link with { Active = false }, link.With(new ChangePaymentLink(Active: false)));
        var renamed = link.With(new ChangePaymentLink(Description: "New"));
        Assert.Equal(("New", "Thanks", true), (renamed.Terms.Description, renamed.Terms.SuccessMessage, renamed.Active));
        Assert.Equal("Bye", link.With(new ChangePaymentLink(SuccessMessage: "Bye")).Terms.SuccessMessage);

        Assert.Equal("field-required", Assert.Single(new ChangePaymentLink().Broken()).Code);
        Assert.Equal("/description", Assert.Single(new ChangePaymentLink(Description: Long).Broken()).Pointer);
        Assert.Equal("/successMessage", Assert.Single(new ChangePaymentLink(SuccessMessage: Long).Broken()).Pointer);
        var message = new ChangePaymentLink(SuccessMessage: "Bye");
        Assert.Empty(LinkRules.Broken(message, link));
        Assert.Equal(
            "message-not-allowed",
            Assert.Single(LinkRules.Broken(message, Link(Fixed with { SuccessUrl = "https://shop.example" }))).Code);
    }

    [Theory]
    [InlineData(2, 0, 0, LinkStatus.Open)]
    [InlineData(2, 1, 0, LinkStatus.Open)]
    [InlineData(2, 1, 1, LinkStatus.Full)]
    [InlineData(2, 2, 0, LinkStatus.Full)]
    [InlineData(2, 0, 2, LinkStatus.Complete)]
    [InlineData(null, 900, 9_000, LinkStatus.Open)]
    public void A_session_that_is_open_holds_a_place(int? most, int open, int paid, LinkStatus status)
    {
        var link = Link(Fixed with { MostPayments = most }) with { Use = new LinkUse(open, paid) };
        Assert.Equal(status, link.StatusAt(Noon));
        var opened = Visit(link);
        switch (status)
        {
            case LinkStatus.Open: Assert.IsType<Decision<Session>.Commit>(opened); break;
            case LinkStatus.Full: Assert.Equal("payment-link-full", opened.Code()); break;
            default: Assert.Equal("payment-link-closed", opened.Code()); break;
        }
    }

    [Fact]
    public void A_link_ends_at_its_moment_and_when_it_is_switched_off()
    {
        var link = Link(Fixed with { ExpiresAt = Noon });
        Assert.Equal(LinkStatus.Open, link.StatusAt(Noon - 1.Seconds));
        Assert.Equal(LinkStatus.Expired, link.StatusAt(Noon));
        Assert.Equal("payment-link-closed", Visit(link).Code());
        Assert.Equal(LinkStatus.Inactive, (link with { Active = false }).StatusAt(Noon - 1.Seconds));
        Assert.Equal("payment-link-closed", Visit(Link(Fixed) with { Active = false }).Code());
    }

    [Fact]
    public void A_session_has_what_the_link_says()
    {
        var link = Link(new LinkTerms(
            LineItems: [Ticket], Description: "Concert", SubmitType: "book", SuccessMessage: "Thanks",
            CancelUrl: "https://shop.example/back", CallbackUrl: "https://shop.example/hook", Metadata: Notes(1),
            CustomFields: [Size]));
        var entered = new CollectedDetails("Juma", "juma@example.com", "+255754000009", [new("size", "M")]);
        var session = (Session.Opened)Visit(link, Ask(link) with { Quantities = [4], Entered = entered }).Next();
        var terms = session.Opening.Hosted!;
        Assert.Equal(new Money(40_000), session.Opening.Total);
        Assert.Equal([new ShopLine("Ticket", new Money(10_000), 4)], terms.LineItems);
        Assert.Equal(
            ("Concert", "book", "https://shop.example/back", "https://shop.example/hook"),
            (terms.Description, terms.SubmitType, terms.CancelUrl, terms.CallbackUrl));
        Assert.Equal((Notes(1), "juma@example.com"), (terms.Metadata, terms.CustomerEmail));
        Assert.Equal("+255754000009", session.Opening.CustomerPhone);
        Assert.Equal(Noon + 30.Minutes, terms.ExpiresAt);
        Assert.Equal(
            new LinkOrigin(link.Id, [Size], CollectsName: false, CollectsPhone: false, entered, "Thanks"), terms.Link);
        Assert.Equal(new Money(20_000), Total(Visit(link, Ask(link) with { Entered = entered })));
        var hasty = Link(Fixed with { SessionSeconds = 90 });
        Assert.Equal(Noon + 90.Seconds, ((Session.Pending)Visit(hasty).Next()).ExpiresAt);
    }

    [Theory]
    [InlineData(null, "amount-required")]
    [InlineData(999L, "amount-out-of-range")]
    [InlineData(1_000L, null)]
    [InlineData(9_000L, null)]
    [InlineData(9_001L, "amount-out-of-range")]
    public void A_visitor_chooses_an_open_amount(long? amount, string? code)
    {
        var link = Link(Open(Gift));
        var opened = Visit(link, Ask(link) with { Amount = amount is { } chosen ? new Money(chosen) : null });
        Assert.Equal(code, opened is Decision<Session>.Refuse ? opened.Code() : null);
        if (code is null) Assert.Equal(new Money(amount!.Value), Total(opened));
    }

    [Fact]
    public void A_visitor_chooses_nothing_that_the_link_has_fixed()
    {
        Assert.Equal("amount-not-allowed", Code(Link(Fixed), visit => visit with { Amount = new Money(5_000) }));
        Assert.Equal("quantities-mismatch", Code(Link(Fixed), visit => visit with { Quantities = [1] }));
        var lines = Link(Lines(Ticket, Ticket with { LeastQuantity = null, MostQuantity = null }));
        Assert.Equal("quantities-mismatch", Code(lines, visit => visit with { Quantities = [1] }));
        Assert.Equal("quantity-out-of-range", Code(lines, visit => visit with { Quantities = [0, 2] }));
        Assert.Equal("quantity-out-of-range", Code(lines, visit => visit with { Quantities = [5, 2] }));
        Assert.Equal("quantity-out-of-range", Code(lines, visit => visit with { Quantities = [1, 1] }));
        Assert.Equal(new Money(30_000), Total(Visit(lines, Ask(lines) with { Quantities = [1, 2] })));
        foreach (var said in (OpenHosted[])
        [
            Ask(lines) with { LineItems = [] }, Ask(lines) with { Description = "a" },
            Ask(lines) with { SubmitType = "pay" }, Ask(lines) with { SuccessUrl = "https://shop.example" },
            Ask(lines) with { CancelUrl = "https://shop.example" },
            Ask(lines) with { CallbackUrl = "https://shop.example" }, Ask(lines) with { StoreId = Id(1) },
        ])
        {
            Assert.Equal("set-by-payment-link", Visit(lines, said).Code());
        }
    }

    [Fact]
    public void A_visitor_answers_what_the_link_asks()
    {
        var asks = Fixed with
        {
            CustomFields = [Size, new("age", "Age", "number"), Key("note")],
            CollectsName = true,
            CollectsPhone = true,
        };
        var link = Link(asks);
        Assert.Equal(
            ["/customerDetails/name", "/customerDetails/phoneNumber", "/customFields/size"], Pointers(null));
        var right = new CollectedDetails("Juma", null, "+255754000009", [new("size", "S")]);
        Assert.Empty(Pointers(right));
        Assert.Empty(Pointers(right with { CustomFields = [new("size", "S"), new("age", "-1.5"), new("note", "a b")] }));
        Assert.Equal(["/customFields/size"], Pointers(right with { CustomFields = [new("size", "L")] }));
        Assert.Equal(
            ["/customFields/age"], Pointers(right with { CustomFields = [new("size", "S"), new("age", "ten")] }));
        Assert.Equal(
            ["/customFields/note"],
            Pointers(right with { CustomFields = [new("size", "S"), new("note", new string('a', 256))] }));
        Assert.Empty(Pointers(right with { CustomFields = [new("size", "S"), new("note", new string('a', 255))] }));
        Assert.Equal(
            ["/customFields/shoe"], Pointers(right with { CustomFields = [new("size", "S"), new("shoe", "43")] }));

        IEnumerable<string> Pointers(CollectedDetails? entered) =>
            Visit(link, Ask(link) with { Entered = entered }) is Decision<Session>.Refuse(var refusals)
                ? refusals.Select(refusal => refusal.Pointer)
                : [];
    }

    [Fact]
    public void What_a_backend_leaves_open_the_page_asks()
    {
        var link = Link(Fixed with { CustomFields = [Size], CollectsName = true });
        var session = Visit(link, Ask(link) with { IsVisitor = false }).Next();
        Assert.Equal("field-required", Pay(session, null).Code());
        Assert.Equal("field-required", Pay(session, new CollectedDetails("Juma")).Code());
        Assert.Equal("word-not-known", Pay(session, new CollectedDetails("Juma", null, null, [new("size", "L")])).Code());
        var all = new CollectedDetails("Juma", null, null, [new("size", "S")]);
        Assert.Equal(all, Paid(Pay(session, all)));

        var partly = Visit(link, Ask(link) with { Entered = all }).Next();
        Assert.Equal(all, Paid(Pay(partly, null)));
        Assert.Equal(all with { Name = "Asha" }, Paid(Pay(partly, new CollectedDetails("Asha"))));
        Assert.Equal(
            new MetadataEntry("size", "M"),
            Assert.Single(Paid(Pay(partly, new CollectedDetails(CustomFields: [new("size", "M")])))!.CustomFields!));

        static CollectedDetails? Paid(Decision<Session> decision) =>
            Assert.Single(((Session.Opened)decision.Next()).Payments).Collected;
    }

    [Fact]
    public void Another_merchants_link_or_one_of_the_other_mode_is_not_there()
    {
        var link = Link(Fixed);
        Assert.Equal("not-found", Visit(null, Ask(link)).Code());
        Assert.Equal("not-found", Visit(link with { MerchantId = Id(72) }).Code());
        Assert.Equal("not-found", Visit(link with { LiveMode = false }, Ask(link)).Code());
        Assert.Equal("currency-not-supported", Visit(link with { Currency = "KES" }).Code());
    }

    [Fact]
    public void The_link_hears_when_a_session_is_opened_paid_and_over()
    {
        var link = Link(Fixed);
        var open = (Session.Opened)Visit(link).Next();
        Assert.Equal([Counted(LinkSessionState.Open)], open.HeardByItsLink(Session.Initial));
        Assert.Empty(open.HeardByItsLink(open));
        var over = (Session.Opened)open.Expire(Noon + 30.Minutes).Next();
        Assert.Equal([Counted(LinkSessionState.Ended)], over.HeardByItsLink(open));
        Assert.Empty(over.HeardByItsLink(over));
        var ringing = Pay(open, null).Next();
        var paid = (Session.Opened)ringing.Report(
            new PaymentReport("JX1", PaymentOutcome.Succeeded, Proof.Signed, new Money(5_000), "TZS", "SIM-1"), OrderId,
            LateMoney.GoesBack, Noon).Next();
        Assert.Equal([Counted(LinkSessionState.Paid)], paid.HeardByItsLink(ringing));
        var plain = Session.Initial.OpenHosted(
            new OpenHosted(Ask(link).By, LiveMode: true, MamaNtilie.Id, new Money(5)), Facts, Ids, Noon).Next();
        Assert.Empty(((Session.Opened)plain).HeardByItsLink(Session.Initial));

        Effect Counted(LinkSessionState state) => new Effect.CountLinkSession(link.Id, SessionId, state);
    }

    [Fact]
    public void The_terms_of_a_link_survive_storage()
    {
        var terms = new LinkTerms(
            null, Gift, [Ticket], "Concert", "book", null, "Thanks", "https://shop.example", null, Notes(2), [Size],
            CollectsName: true, CollectsPhone: true, MostPayments: 3, ExpiresAt: Noon, SessionSeconds: 60);
        Assert.Equal(terms, StateJson.Read<LinkTerms>(StateJson.Write(terms)));
    }

    private static HostedIds Ids { get; } = new(
        SessionId, Id(500), 147, MamaNtilie.Settings.BusinessDateOf(Noon), "CR0123456789ABC", PageKey, "client");

    private static LinkTerms Open(OpenAmount amount) => new(OpenAmount: amount);

    private static LinkTerms Lines(params LinkLine[] lines) => new(LineItems: lines.ToSequence());

    private static CustomField Key(string key) => new(key, "Label", "text");

    private static Sequence<string> Words(int count) => Enumerable.Range(0, count).Select(word => $"w{word}").ToSequence();

    private static Sequence<MetadataEntry> Notes(int count) =>
        Enumerable.Range(0, count).Select(note => new MetadataEntry($"k{note}", "v")).ToSequence();

    private static MakePaymentLink Make(LinkTerms terms) => new(Merchant, LiveMode: true, MamaNtilie.Id, terms);

    private static PaymentLink Link(LinkTerms terms) => new(
        Id(80), Merchant, MamaNtilie.Id, LiveMode: true, "TZS", PageKey, terms, Active: true, new LinkUse(0, 0), Noon);

    private static OpenHosted Ask(PaymentLink link) => new(
        new Caller(CallerKind.Merchant, Merchant), LiveMode: true, StoreId: null, PaymentLinkId: link.Id,
        IsVisitor: true);

    private static string Code(PaymentLink link, Func<OpenHosted, OpenHosted> asked) =>
        Visit(link, asked(Ask(link))).Code();

    private static Money Total(Decision<Session> opened) => ((Session.Opened)opened.Next()).Opening.Total;

    private static Decision<Session> Visit(PaymentLink? link, OpenHosted? command = null) =>
        Session.Initial.OpenHosted(command ?? Ask(link!), Facts, Ids, Noon, link: link);

    private static Decision<Session> Pay(Session session, CollectedDetails? collected) => session.PayHosted(
        new PayHosted(
            HostedDecisions.PageOf(SessionId), PageKey, "mobile_money", "+255754000001", Collected: collected),
        MamaNtilie, new Pushes("simulator", [new PushId(Id(601), "JX1")]), Noon);
}
